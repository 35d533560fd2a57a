"""What a lead may write in a campaign, each with what it means: for screens and the command line."""

from picker.inserts.template import NAMES

KEYS = (
    ('who = "order == 1"', "who gets it, as below; empty for everybody"),
    ("starts = 2026-11-01", "from when; with a time: 2026-11-01T08:00:00"),
    ("ends = 2026-12-24", "until when; a day counts whole"),
    ("priority = 20", "of several campaigns for a parcel the one with the highest is printed"),
    ('once = "customer"', "at most once for a customer, an order or a parcel, or in so many days: days = 30"),
    ("budget = 500", "so many are printed in all"),
    ("control = 10", "percent of customers who don't get it, to compare with"),
    ('series = "autumn"', "its coupons"),
    ('broken = "warn"', "if it can't be made or printed, or has no coupon left: block, warn or skip"),
    ("marketing = false", "for customers without consent as well; it may ask nothing of their past"),
)
RULES = (
    ("order == 1", "the first order of this customer; order >= 2, every(5)"),
    ("spent >= 100", "what earlier orders cost in all, in the shop's currency"),
    ("value >= 49.90", "what this order costs"),
    ('bought("MUG-BLU") >= 2', 'units bought earlier; bought(category="tea", days=180)'),
    ("paid(days=365) > 50", 'what earlier purchases cost; paid("MUG-BLU"), paid(category="tea")'),
    (
        'since("TEA-GRN") > 60',
        "days since it was bought last, a million if only other goods were; nobody's if no date is known",
    ),
    ("since() > 60", "days since the last order or purchase"),
    ('in_box(category="tea")', 'units in this parcel; in_box("MUG-BLU") >= 2'),
    ('country in ("PL", "DE")', 'where it goes; country == "PL"'),
    ('language == "pl"', "the customer's language"),
    ('channel == "shopify"', "where the order comes from"),
    ('tag("vip")', "the customer has this tag"),
    ("birthday(7)", "the birthday is at most 7 days ago or ahead"),
    ('tier == "gold"', "the loyalty tier; points >= 500"),
    ("gift", "the order is a gift"),
    ("parcel == 1", "the order's first parcel"),
    ('order == 2 and (tag("vip") or not gift)', "and, or, not, brackets"),
)
"""Words are compared without regard to capitals; what isn't known of a customer is 0, "" or no."""

BLOCKS = (
    ("# Welcome, {{ customer }}!", "a heading"),
    ("Thank you for your order.", "a paragraph; lines that follow each other are one, a blank line ends it"),
    ("{% if points >= 100 %}You have {{ points }} points.{% endif %}", "words for some, within a paragraph"),
    ("![logo]", "a picture of the shop: picker campaign picture logo FILE"),
    ("[coupon: For your next order]", 'its code with words above; the campaign names its series = "…"'),
    ("[qr: https://example.com/r?o={{ order }} | How was it?]", "a square code with words below"),
    ("---", "a line across"),
)
PLACEHOLDERS = tuple(("{{ " + name + " }}", meaning) for name, meaning in NAMES.items())
