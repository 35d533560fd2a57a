"""Variants that share a SKU in their source, and the product that each is here."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Variants that share a SKU in their source, and the product that each is here."""
    op.create_table(
        "variant",
        sa.Column("sku_text", sa.String(), nullable=False),
        sa.Column("handle", sa.String(), nullable=False),
        sa.Column("variant", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("barcode", sa.String(), nullable=False),
        sa.Column("sku", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["sku"], ["product.sku"], name=op.f("fk_variant_sku_product")),
        sa.PrimaryKeyConstraint("sku_text", "handle", "variant", "name", name=op.f("pk_variant")),
    )
    op.create_index(op.f("ix_variant_sku"), "variant", ["sku"])
