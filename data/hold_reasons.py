"""Why intake holds an order; the import itself reports these, with the lines and SKUs at fault."""

UNKNOWN_SKU = "unknown_sku"
AMBIGUOUS_SKU = "ambiguous_sku"
MISSING_BARCODE = "missing_barcode"
CURABLE = (UNKNOWN_SKU, AMBIGUOUS_SKU, MISSING_BARCODE)
"""A later import, or a lead's word, may take these away."""
VARIANT_UNPROVEN = "variant_unproven"
"""Units were checked while variants of their SKU were one product: nobody knows which variant they are."""
