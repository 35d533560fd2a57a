"""The customs declaration CN 22, in English and French as every country's customs reads it."""

from printing.customs import NATURES, check
from printing.documents import CN22, CustomsItem
from printing.fonts import BOLD, REGULAR
from printing.media import Medium
from printing.render.picture import Picture
from printing.render.sheet import Sheet
from printing.words import kilograms, money

TITLE_TENTHS = 36
TEXT_TENTHS = 26
SMALL_TENTHS = 21
_NATURES = {
    "gift": "Gift / Cadeau",
    "documents": "Documents",
    "sample": "Commercial sample / Échantillon commercial",
    "sale": "Sale of goods / Vente de marchandises",
    "returned": "Returned goods / Retour de marchandise",
    "other": "Other / Autre",
}
_CERTIFIED = (
    "I, the undersigned, whose name and address are given on the item, certify that the particulars given in "
    "this declaration are correct and that this item does not contain any dangerous article or articles "
    "prohibited by legislation or by postal or customs regulations."
)


def render_cn22(form: CN22, medium: Medium) -> Picture:
    """The form with all that it asks for; raises `CustomsIncomplete` when something is missing."""
    check(form)
    sheet = Sheet(medium, "en")
    sheet.gap(15)
    sheet.columns([("CUSTOMS DECLARATION / DÉCLARATION EN DOUANE", 78), ("CN 22", 22)], 32, BOLD)
    sheet.text("May be opened officially / Peut être ouvert d'office", TEXT_TENTHS)
    if form.post.strip():
        sheet.text(f"Designated operator / Opérateur désigné: {form.post}", TEXT_TENTHS)
    sheet.rule()
    for nature in NATURES:
        sheet.text(f"[{'X' if nature == form.nature else ' '}] {_NATURES[nature]}", TEXT_TENTHS)
    _goods(sheet, form)
    _signed(sheet, form)
    return sheet.picture()


def _goods(sheet: Sheet, form: CN22) -> None:
    sheet.rule()
    sheet.text(
        "Quantity and detailed description of contents / Quantité et description détaillée", SMALL_TENTHS
    )
    _row(
        sheet,
        ("Net weight / Poids net", "Value / Valeur", "HS code / No tarifaire", "Origin / Origine"),
        BOLD,
    )
    for item in form.items:
        _item(sheet, form, item)
    sheet.rule()
    value = sum(item.quantity * (item.value_cents or 0) for item in form.items)
    sheet.text("Total weight and value / Poids total et valeur totale", SMALL_TENTHS)
    _row(
        sheet, (f"{kilograms(form.gross_g or 0)} kg", money(value, form.currency), "", ""), BOLD, TEXT_TENTHS
    )


def _item(sheet: Sheet, form: CN22, item: CustomsItem) -> None:
    sheet.gap(8)
    sheet.text(f"{item.quantity} × {item.description}", TEXT_TENTHS)
    weight = f"{kilograms(item.quantity * (item.net_g or 0))} kg"
    value = money(item.quantity * (item.value_cents or 0), form.currency)
    _row(sheet, (weight, value, item.hs_code, item.origin), REGULAR, TEXT_TENTHS)


def _row(sheet: Sheet, cells: tuple[str, str, str, str], weight: int, tenths: int = SMALL_TENTHS) -> None:
    shares = (24, 32, 28, 16)
    sheet.columns(list(zip(cells, shares, strict=True)), tenths, weight)


def _signed(sheet: Sheet, form: CN22) -> None:
    sheet.rule()
    sheet.text(_CERTIFIED, SMALL_TENTHS)
    sheet.gap(10)
    sheet.text(
        f"Sender / Expéditeur: {', '.join(line for line in form.sender.lines if line.strip())}", TEXT_TENTHS
    )
    sheet.text(f"Date and signature / Date et signature: {form.date}", TEXT_TENTHS)
    sheet.gap(100)
    sheet.code128(form.order, 60, 4)
    sheet.gap(15)
