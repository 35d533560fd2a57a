"""The demo warehouse's articles, as one readable list."""

from data.importers.records import PackCode, ProductIn

# GS1 keeps prefix 952 for demonstrations, so no real article has these numbers.
_PREFIX = "9520000"
_FLAGS: dict[str, dict[str, object]] = {
    "F1": {"fragility": 1},
    "F2": {"fragility": 2},
    "F3": {"fragility": 3},
    "U": {"rotation": "upright"},
    "L": {"liquid": True, "rotation": "upright"},
    "B": {"lot_wanted": True, "expiry_wanted": True},
    "S": {"serial_wanted": True},
    "M": {"mailer_ok": True},
    "O": {"own_box": True, "ships_alone": True},
    "H3": {"hazmat": "3", "un_number": "1266"},
}
_GROUPS = {"food": "food", "bath": "chemical", "paper": "paper", "books": "paper"}
# Harmonized System code and country of origin, for customs.
_CUSTOMS = {
    "kitchen": ("691200", "PL"),
    "textile": ("630790", "PT"),
    "food": ("210690", "DE"),
    "bath": ("330790", "FR"),
    "home": ("340600", "PL"),
    "electronics": ("854370", "CN"),
    "paper": ("482010", "DE"),
    "books": ("490199", "GB"),
    "toys": ("950300", "CZ"),
    "outdoor": ("630629", "CN"),
}

# SKU, name, sides in mm, weight in g, price in cents, category, flags as above; C6: sold in cases of 6 too; N18: one
# more adds 18 mm to a pile of them; W37: a lithium battery of 37 Wh by itself.
_GOODS = """
MUG-BLU|Stoneware mug, cobalt blue|120 95 105|380|1490|kitchen|F2 U C6
MUG-OCH|Stoneware mug, ochre|120 95 105|380|1490|kitchen|F2 U C6
MUG-WHT|Stoneware mug, chalk white|120 95 105|375|1490|kitchen|F2 U C6
PLT-27|Dinner plate 27 cm|270 270 28|720|1890|kitchen|F2
BWL-16|Cereal bowl 16 cm|160 160 70|460|1290|kitchen|F2 N18
TPT-08|Glass teapot 0.8 l|210 140 130|540|3490|kitchen|F3 U
WGL-2|Wine glasses, set of 2|190 95 230|410|2490|kitchen|F3 U
CRF-1|Water carafe 1 l|110 110 280|690|2990|kitchen|F3 U
PAN-24|Cast iron pan 24 cm|420 245 60|2350|5490|kitchen|
PAN-28|Cast iron pan 28 cm|470 290 65|3120|6990|kitchen|
KNF-20|Chef's knife 20 cm|345 60 30|290|6490|kitchen|F1
BRD-OAK|Oak cutting board|380 250 22|1180|3290|kitchen|
SPN-BCH|Beech cooking spoons, 3 pcs|310 60 25|115|990|kitchen|M
LIN-TWL|Linen tea towel|240 180 12|110|1190|textile|M C10
APR-NVY|Apron, navy|280 210 20|260|2490|textile|M
THR-GRY|Wool throw, grey|380 280 110|1150|7990|textile|
CSH-45|Cushion cover 45 cm|260 230 18|210|1990|textile|M
SCK-M|Merino socks, medium|190 90 30|70|1290|textile|M C12
SCK-L|Merino socks, large|190 90 30|75|1290|textile|M C12
TSH-S|Organic T-shirt S|250 200 20|150|2290|textile|M
TSH-M|Organic T-shirt M|250 200 20|160|2290|textile|M
TSH-L|Organic T-shirt L|250 200 22|170|2290|textile|M
BAG-TOT|Canvas tote bag|360 300 10|180|1490|textile|M
TEA-EGR|Earl Grey, loose leaf 100 g|95 95 130|140|890|food|B C12
TEA-SEN|Sencha, loose leaf 100 g|95 95 130|135|990|food|B C12
TEA-ROO|Rooibos, 20 bags|130 75 70|62|490|food|B C12
COF-ESP|Espresso beans 1 kg|150 90 320|1020|2190|food|B C6
COF-FLT|Filter coffee 250 g|85 55 190|265|990|food|B C12
CHO-70|Dark chocolate 70 %|160 80 11|105|390|food|B M C10
CHO-SEA|Milk chocolate, sea salt|160 80 11|105|390|food|B M C10
HNY-ACA|Acacia honey 500 g|85 85 105|790|1190|food|F2 U B L C6
OIL-OLV|Olive oil 500 ml|70 70 270|930|1590|food|F2 B L C6
JAM-RSP|Raspberry jam 340 g|75 75 95|560|590|food|F2 U B L C6
NUT-MIX|Roasted nut mix 200 g|170 120 45|215|690|food|B M
SYR-ELD|Elderflower syrup 0.7 l|80 80 300|1240|990|food|F2 B L C6
SOA-LAV|Lavender soap bar|85 58 30|125|590|bath|M C12
SHA-250|Shampoo 250 ml|65 45 190|290|1190|bath|L C6
CRM-HND|Hand cream 75 ml|150 50 35|95|790|bath|M C12
FRG-ROM|Room fragrance 200 ml|55 55 165|330|1690|bath|F2 L H3
CND-SOY|Soy candle, cedar|90 90 100|420|1990|home|F2 U C6
CND-TAP|Taper candles, 4 pcs|310 70 35|290|1290|home|F1
VAS-CER|Ceramic vase, tall|140 140 310|1280|4490|home|F3 U
FRM-A4|Picture frame A4|330 240 22|640|2490|home|F2
FRM-A3|Picture frame A3|450 330 24|1150|3690|home|F2
PST-COA|Poster, coastline 50x70|720 60 60|190|1990|home|
PST-MAP|Poster, city map 60x90|740 70 70|240|2490|home|
LMP-DSK|Desk lamp, brass|410 190 170|1850|8990|home|F2 S O
BLB-E27|LED bulb E27|65 65 115|55|590|home|F3 C10
CLK-WAL|Wall clock, oak|310 310 55|980|5990|home|F2 S
SPK-BT1|Bluetooth speaker|180 90 85|610|7990|electronics|F1 S W18
HDP-OVR|Headphones, over-ear|210 190 90|420|12900|electronics|F1 S W3
PWR-10K|Power bank 10 000 mAh|150 75 22|235|3990|electronics|S M W37
CBL-USC|USB-C cable 2 m|160 100 25|60|1490|electronics|M C10
CHG-65|USB-C charger 65 W|95 85 50|180|4490|electronics|S
NTB-A5|Notebook A5, dotted|212 150 15|285|1290|paper|M C10
PEN-FIN|Fineliner, black, 3 pcs|150 45 14|38|790|paper|M C12
CRD-GRT|Greeting cards, 8 pcs|170 125 18|140|990|paper|M
BKE-BRD|Baking book: Bread|255 200 32|1240|3490|books|F1
BKE-TEA|The tea atlas|260 200 28|1080|3290|books|F1
PZL-1000|Puzzle, 1000 pieces|370 270 55|890|2190|toys|
BLK-WOD|Wooden blocks, 50 pcs|290 210 80|1650|3490|toys|
KIT-ROD|Tent poles, set|690 90 60|1350|4990|outdoor|
DMB-05|Dumbbell 5 kg|250 120 120|5050|2990|outdoor|
BTL-STL|Steel bottle 0.75 l|75 75 265|340|2790|outdoor|C6
"""


def check_digit(digits: str) -> str:
    """The GS1 check digit (General Specifications, 7.9): weights 3, 1, 3, ... from the right."""
    total = sum(int(digit) * (1 if place % 2 else 3) for place, digit in enumerate(reversed(digits)))
    return str(-total % 10)


def demo_products() -> list[ProductIn]:
    """Some sixty articles with EAN-13 barcodes, some with case barcodes (GTIN-14), places and stock."""
    lines = [line for line in _GOODS.splitlines() if line]
    return [_product(number, *line.split("|")) for number, line in enumerate(lines, start=1)]


def _product(
    number: int, sku: str, name: str, sides: str, weight: str, price: str, category: str, flags: str
) -> ProductIn:
    length, width, height = (int(side) for side in sides.split())
    place = f"{'ABCD'[number % 4]}-{number // 8 + 1:02}-{number % 3 + 1}-{number % 6 + 1:02}"
    given: dict[str, object] = {
        "name": name,
        "length_mm": length,
        "width_mm": width,
        "height_mm": height,
        "weight_g": int(weight),
        "price_cents": int(price),
        "category": category,
        "location": place,
        "goods_group": _GROUPS.get(category, ""),
        "hs_code": _CUSTOMS[category][0],
        "origin": _CUSTOMS[category][1],
    }
    codes = _flag(given, f"{_PREFIX}{number:05}", flags)
    stock = [(place, 24 + number * 7 % 60)]
    if number % 9 == 0:
        stock.append((f"R-{number // 9:02}-4-01", 48))
    return ProductIn(sku, 0, given, tuple(codes), tuple(stock))


def _flag(given: dict[str, object], payload: str, flags: str) -> list[PackCode]:
    """Write into a product what its flags say; its barcodes."""
    codes = [PackCode(payload + check_digit(payload))]
    for flag in flags.split():
        match flag[0]:
            case "C":
                codes.append(PackCode(f"1{payload}{check_digit(f'1{payload}')}", int(flag[1:])))
            case "N":
                given["nests_mm"] = int(flag[1:])
            case "W":
                given |= {"batteries": 1, "battery_wh": int(flag[1:]), "un_number": "3480"}
            case _:
                given |= _FLAGS[flag]
    return codes
