"""From the scale to the label on the box."""

from picker.flow.severity import ERROR, INFO, OK, STOP, WARNING, Sentences

SENTENCES: Sentences = {
    "reprint.ask": (INFO, "Print the label of parcel {parcel} again: why?"),
    "reprint.lead": (INFO, "Printing the label again needs a shift lead: scan a lead's badge, or BACK"),
    "reprint.no_lead": (ERROR, "NOT A LEAD'S BADGE: this is {what}. A shift lead scans a badge, or BACK"),
    "reprint.waits": (WARNING, "The label of parcel {parcel} is still on its way to the printer: {why}"),
    "reprint.done": (OK, "The label of parcel {parcel} goes to the printer again"),
    "reprint.down": (
        WARNING,
        "PRINTER {printer} IS NOT READY: the label of parcel {parcel} comes when it is",
    ),
    "weigh.bad": (ERROR, "NO WEIGHT: {text}. Enter grams, 1 to {most}, or kg"),
    "weigh.moving": (ERROR, "THE SCALE STILL MOVES: {text}. Let it come to rest, then send the weight again"),
    "weigh.beyond": (ERROR, "THE SCALE CAN'T WEIGH THIS: {text}. More or less lies on it than it can weigh"),
    "weigh.off": (
        WARNING,
        "{direction} by {delta} g: {gross} g, expected {expected} g. {guess}Same weight again to confirm",
    ),
    "weigh.no_skip": (ERROR, "NO SKIP: {gross} g looked wrong. Weigh again, or enter the same weight again"),
    "weigh.sealed": (OK, "{gross} g. Sealed, the label goes to the printer: stick it on and scan it"),
    "weigh.sealed_only": (OK, "{gross} g. Sealed, the label goes to the printer: stick it on"),
    "seal.done": (OK, "Sealed, the label goes to the printer: stick it on and scan it"),
    "seal.done_only": (OK, "Sealed, the label goes to the printer: stick it on"),
    "seal.waits": (WARNING, "Sealed. PRINTER {printer} IS NOT READY: the label comes when it is"),
    "seal.no_label": (
        ERROR,
        "NOT SEALED: the carrier's own label of {order}, parcel {parcel} is missing. PARK it or ask the shift lead",
    ),
    "seal.no_customs": (
        ERROR,
        "NOT SEALED: the customs declaration is incomplete: {lacks}. PARK it or ask the shift lead",
    ),
    "seal.without_customs": (
        WARNING,
        "Sealed WITHOUT a customs declaration, as the lead decided. Stick the label on",
    ),
    "claim.no_customs": (
        WARNING,
        "{order} goes abroad, its customs declaration lacks: {lacks}. Tell the shift lead now, then pick",
    ),
    "customs.of": (INFO, "{item}: {lacks}"),
    "customs.more": (INFO, "{first} (+{count})"),
    "customs.items": (INFO, "goods"),
    "customs.nature": (INFO, "nature of the goods"),
    "customs.currency": (INFO, "currency"),
    "customs.date": (INFO, "date"),
    "customs.sender": (INFO, "the sender's address"),
    "customs.gross_g": (INFO, "the parcel's weight"),
    "customs.description": (INFO, "description"),
    "customs.quantity": (INFO, "quantity"),
    "customs.net_g": (INFO, "net weight"),
    "customs.value_cents": (INFO, "value"),
    "customs.hs_code": (INFO, "HS code"),
    "customs.origin": (INFO, "country of origin"),
    "seal.cn23": (OK, "Sealed. {gross} g abroad: its CN 23 comes from the carrier. Stick the label on"),
    "seal.own_label": (WARNING, "Sealed with OUR label: the carrier's own has not come. Stick it on"),
    "insert.refused": (
        ERROR,
        "NOT SEALED: card {campaign} can't be made. PARK it or ask the shift lead",
    ),
    "insert.without": (WARNING, "Sealed WITHOUT card {campaign}, which can't be made. Stick the label on"),
    "insert.owed": (
        ERROR,
        "NOT CLOSED: card {campaign} of parcel {parcel} is not printed ({why}). Mend it, then scan the label again",
    ),
    "insert.missed": (
        WARNING,
        "Label of parcel {parcel} is right, but card {campaign} did not print ({why}). It goes without",
    ),
    "label.address_cut": (
        WARNING,
        "ADDRESS CUT OFF on the label: write the rest on the box and scan the label again, or PARK",
    ),
    "label.shared": (ERROR, "This code {code} is on several labels. Scan the parcel's own number"),
    "label.wanted": (
        ERROR,
        "NOT THE LABEL: this is {what}. Scan the SSCC barcode (00) of the label on the box",
    ),
    "label.wrong": (STOP, "WRONG LABEL: it belongs to {order}, parcel {parcel}. Take it off this box"),
    "label.printed": (OK, "The printer has confirmed the label of parcel {parcel}. Next parcel"),
    "label.not_printed": (
        WARNING,
        "The printer has not confirmed the label of parcel {parcel}: scan it on the box",
    ),
    "label.done": (OK, "Label of parcel {parcel} is right. Next parcel"),
    "label.closed": (OK, "{order} is closed. Well packed"),
}
