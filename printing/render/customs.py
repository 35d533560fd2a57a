"""Papers for customs, in English and French as every country's customs reads them."""

from printing.customs import NATURES, check, title
from printing.documents.customs import CommercialInvoice, CustomsItem, Declaration
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
    "this declaration are correct and that this item does not contain any "
)
_HARMLESS = "dangerous article or articles prohibited by legislation or by postal or customs regulations."
_ALLOWED = "articles prohibited by legislation or by postal or customs regulations."
_INVOICED = "I certify that the particulars given in this invoice are correct and that no other was made."


def render_customs(form: Declaration, medium: Medium) -> Picture:
    """A paper for customs; raises `CustomsIncomplete` when something is missing."""
    if isinstance(form, CommercialInvoice):
        return render_invoice(form, medium)
    return render_declaration(form, medium)


def render_declaration(form: Declaration, medium: Medium) -> Picture:
    """A CN 22 or CN 23 with all that it asks for; raises `CustomsIncomplete` when something is missing."""
    check(form)
    sheet = Sheet(medium, "en")
    sheet.gap(15)
    sheet.columns([("CUSTOMS DECLARATION / DÉCLARATION EN DOUANE", 78), (title(form), 22)], 32, BOLD)
    sheet.text("May be opened officially / Peut être ouvert d'office", TEXT_TENTHS)
    if form.post.strip():
        sheet.text(f"Designated operator / Opérateur désigné: {form.post}", TEXT_TENTHS)
    _parties(sheet, form)
    sheet.rule()
    for nature in NATURES:
        sheet.text(f"[{'X' if nature == form.nature else ' '}] {_NATURES[nature]}", TEXT_TENTHS)
    _goods(sheet, form)
    sheet.rule()
    dangers = dangers_of(form)
    sheet.text(_CERTIFIED + (_ALLOWED if dangers else _HARMLESS), SMALL_TENTHS)
    if dangers:
        sheet.text(
            f"Contains / Contient: {', '.join(dangers)}, lithium batteries in equipment", TEXT_TENTHS, BOLD
        )
    _signed(sheet, form)
    return sheet.picture()


def render_invoice(form: CommercialInvoice, medium: Medium) -> Picture:
    """A commercial invoice for customs; raises `CustomsIncomplete` when something is missing."""
    check(form)
    sheet = Sheet(medium, "en")
    sheet.gap(15)
    sheet.columns(
        [("COMMERCIAL INVOICE / FACTURE COMMERCIALE", 66), (f"{form.order}-{form.parcel}", 34)], 32, BOLD
    )
    sheet.text(f"Date: {form.date}", TEXT_TENTHS)
    _parties(sheet, form)
    sheet.text(f"Reason for export / Motif: {_NATURES[form.nature]}", TEXT_TENTHS)
    _goods(sheet, form)
    sheet.text(f"Net / Net: {kilograms(form.net_g)} kg", TEXT_TENTHS)
    sheet.rule()
    sheet.text(_INVOICED, SMALL_TENTHS)
    _signed(sheet, form)
    return sheet.picture()


def dangers_of(form: Declaration) -> tuple[str, ...]:
    """The UN numbers of the goods, each once."""
    return tuple(sorted({item.danger for item in form.items if item.danger}))


def _parties(sheet: Sheet, form: Declaration) -> None:
    """Sender and addressee with the numbers by which customs know them."""
    sheet.rule()
    sender = [*form.sender.lines, f"EORI: {form.exporter}" if form.exporter else ""]
    to = [
        *form.recipient.lines,
        f"Tel.: {form.phone}" if form.phone else "",
        f"Importer's reference / Référence de l'importateur: {form.importer}" if form.importer else "",
        f"IOSS: {form.ioss}" if form.ioss else "",
    ]
    for title_, lines in (("From / De", sender), ("To / À", to)):
        sheet.text(title_, SMALL_TENTHS, BOLD)
        for line in lines:
            if line.strip():
                sheet.text(line, TEXT_TENTHS)


def _goods(sheet: Sheet, form: Declaration) -> None:
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
    value = form.value_cents
    sheet.text("Total weight and value / Poids total et valeur totale", SMALL_TENTHS)
    _row(
        sheet,
        (f"{kilograms(form.gross_g or 0)} kg", money(value, form.currency, form.decimals), "", ""),
        BOLD,
        TEXT_TENTHS,
    )


def _item(sheet: Sheet, form: Declaration, item: CustomsItem) -> None:
    sheet.gap(8)
    each = (
        f" ({money(item.value_cents or 0, form.currency, form.decimals)})"
        if isinstance(form, CommercialInvoice)
        else ""
    )
    sheet.text(f"{item.quantity} × {item.description}{each}", TEXT_TENTHS)
    weight = f"{kilograms(item.quantity * (item.net_g or 0))} kg"
    value = money(item.quantity * (item.value_cents or 0), form.currency, form.decimals)
    _row(sheet, (weight, value, item.hs_code, item.origin), REGULAR, TEXT_TENTHS)


def _row(sheet: Sheet, cells: tuple[str, str, str, str], weight: int, tenths: int = SMALL_TENTHS) -> None:
    shares = (24, 32, 28, 16)
    sheet.columns(list(zip(cells, shares, strict=True)), tenths, weight)


def _signed(sheet: Sheet, form: Declaration) -> None:
    sheet.gap(10)
    sheet.text(f"Date and signature / Date et signature: {form.date}", TEXT_TENTHS)
    sheet.gap(100)
    sheet.code128(form.order, 60, 4)
    sheet.gap(15)
