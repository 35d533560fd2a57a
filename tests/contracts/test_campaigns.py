"""Campaigns from the database to the print job: chosen at the seal, recorded, and never given twice."""

import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import insert, update

from data.engine import Database, open_database
from data.store import coupons as coupon_store
from data.tables import (
    Campaign,
    CampaignVersion,
    Coupon,
    Customer,
    InsertGiven,
    Order,
    PrintJob,
    Product,
    ProductNote,
    Purchase,
    Row,
    Shop,
)
from data.types import OrderId, ShopId, WorkerId
from picker.errors import Mistake, Unknown
from picker.flow import CommandName, Phase
from picker.inserts import CampaignError
from picker.services.campaigns import campaigns, coupons
from picker.services.office.history import order_history
from picker.services.orders.lookups import resolve_exception
from picker.services.verify.walk import verify
from printing.content import load
from printing.documents.inserts import Coupon as Printed
from printing.documents.inserts import Heading, Insert, PictureBlock, QrCode, Text
from printing.documents.slips import ReturnSlip
from tests.contracts.shop import (
    CODES,
    Packer,
    add_order,
    change,
    details,
    jobs,
    open_shop,
    reports,
    rows,
    whole_order,
)

CARD = '''code = "{code}"
name = "Card {code}"
who = {who!r}
{more}

[templates]
en = """
# {code} for {{{{ customer }}}}
{body}
"""
pl = """
# {code} dla {{{{ customer }}}}
{body}
"""
'''


@pytest.fixture
def db(db_url: str) -> Iterator[Database]:
    with open_shop(db_url) as database:
        change(database, Customer, {"id": "c1"}, marketing_consent=True)
        yield database


def save(db: Database, code: str = "card", who: str = "", more: str = "", body: str = "Hello.") -> None:
    """A campaign that is switched on."""
    text = CARD.format(code=code, who=who, more=more, body=body)
    campaigns.save(db, ShopId("default"), text, "LEAD", UTC)
    campaigns.switch(db, ShopId("default"), code, "LEAD", on=True)


def series(db: Database, count: int, name: str = "autumn") -> None:
    coupons.generate(db, ShopId("default"), name, count, "LEAD")


def pack(db: Database, order: str, station: str = "PACK-1", **more: object) -> Packer:
    """An order of one mug, packed and closed."""
    add_order(db, order, {"MUG": 1}, **more)  # type: ignore[arg-type]
    packer = Packer(db, station)
    return whole_order(packer if packer.reply.state.worker else packer.sign_in(), order, {"MUG": 1})


def at_the_seal(db: Database, order: str = "O-1", station: str = "PACK-1", worker: str = "ANNA") -> Packer:
    """A packer whose parcel is boxed and waits to be sealed."""
    add_order(db, order, {"MUG": 1})
    packer = Packer(db, station).sign_in(worker).claim(order)
    packer.scan(CODES["MUG"], CODES["MUG"])
    packer.press(CommandName.OK)
    assert packer.at(Phase.WEIGH), packer.reply
    return packer


def card(db: Database, order: str) -> Insert | None:
    """The insert that was queued for the order's first parcel."""
    found = rows(db, PrintJob, order_id=order, document="insert", revision=1)
    content = found[0]["content"] if found else None
    if content is None:
        return None
    assert isinstance(content, dict)
    insert_card = load(content)
    assert isinstance(insert_card, Insert)
    return insert_card


def heading(db: Database, order: str) -> str:
    """The first heading of the order's insert, "" for none."""
    found = card(db, order)
    return next((block.text for block in found.blocks if isinstance(block, Heading)), "") if found else ""


def given(db: Database, order: str) -> list[tuple[object, object, object]]:
    """(campaign, version, outcome) of an order's parcels."""
    return sorted(
        (row["campaign"], row["version"], row["outcome"]) for row in rows(db, InsertGiven, order_id=order)
    )


def test_a_shop_without_campaigns_says_a_plain_thank_you(db: Database) -> None:
    pack(db, "O-1")
    assert heading(db, "O-1") == "Thank you!"
    assert given(db, "O-1") == []


def test_the_chosen_campaign_is_printed_and_recorded_with_the_seal(db: Database) -> None:
    series(db, 3)
    save(db, who="order == 1", more='series = "autumn"', body="[coupon: For you]")
    campaigns.save(
        db,
        ShopId("default"),
        CARD.format(code="card", who="order >= 1", more='series = "autumn"', body="[coupon]"),
        "LEAD",
        UTC,
    )
    pack(db, "O-1", language="pl")
    assert heading(db, "O-1") == "card dla Kim"
    assert given(db, "O-1") == [("card", 2, "given")]
    (row,) = rows(db, InsertGiven, order_id="O-1")
    (coupon,) = rows(db, Coupon, key=row["coupon"])
    assert (coupon["state"], row["parcel"], row["customer"], row["language"]) == ("given", 1, "c1", "pl")
    found = card(db, "O-1")
    assert found is not None
    assert [block.code for block in found.blocks if isinstance(block, Printed)] == [coupon["code"]]
    assert verify(db).differences == ()


def test_a_shop_whose_campaigns_are_for_others_prints_no_card(db: Database) -> None:
    save(db, who='country == "XX"')
    pack(db, "O-1")
    assert (1, "insert") not in jobs(db, "O-1")
    assert verify(db).differences == ()


def test_without_consent_nothing_of_the_past_is_asked(db: Database) -> None:
    change(db, Customer, {"id": "c1"}, marketing_consent=False, points=900)
    save(db, "rich", who="points >= 500")
    save(db, "plain", more="marketing = false\npriority = -1")
    pack(db, "O-1")
    assert given(db, "O-1") == [("plain", 1, "given")]
    change(db, Customer, {"id": "c1"}, marketing_consent=True)
    pack(db, "O-2")
    assert given(db, "O-2") == [("rich", 1, "given")]


def test_the_past_is_what_was_packed_here_and_what_files_say(db: Database) -> None:
    change(db, Customer, {"id": "c1"}, orders_count=0, tags="vip, press", birthday="11-22", tier="gold")
    save(
        db, who='bought("MUG", days=5) == 1 and bought(category="tea") == 4 and tag("VIP") and tier == "gold"'
    )
    with db.writer.begin() as connection:
        values = {
            "customer": "c1",
            "sku": "OLD",
            "day": date(2020, 1, 1),
            "category": "tea",
            "units": 4,
            "cents": 900,
        }
        connection.execute(insert(Purchase.__table__).values(**values))
    pack(db, "O-1")
    assert given(db, "O-1") == []
    pack(db, "O-2")
    assert given(db, "O-2") == [("card", 1, "given")]


def test_the_number_of_an_order_counts_those_placed_before_it(db: Database) -> None:
    change(db, Customer, {"id": "c1"}, orders_count=1)
    save(db, "first", who="order == 1")
    save(db, "second", who="order == 2")
    now = datetime.now(UTC)
    add_order(db, "O-2", {"TEA": 1})
    change(db, Order, {"id": "O-2"}, placed_at=now + timedelta(hours=1))
    pack(db, "O-1")
    assert given(db, "O-1") == [("first", 1, "given")]
    whole_order(Packer(db), "O-2", {"TEA": 1})
    assert given(db, "O-2") == [("second", 1, "given")]


def test_a_buyer_of_a_known_last_order_is_missed_and_of_an_unknown_one_not(db: Database) -> None:
    save(db, who="since() > 60")
    change(db, Customer, {"id": "c1"}, orders_count=11, marketing_consent=True)
    pack(db, "O-1")
    assert card(db, "O-1") is None
    change(db, Customer, {"id": "c1"}, last_order_at=datetime.now(UTC) - timedelta(days=80))
    pack(db, "O-2")
    assert card(db, "O-2") is None  # O-1 was placed just before
    with db.writer.begin() as connection:
        long_ago = datetime.now(UTC) - timedelta(days=70)
        connection.execute(update(Order.__table__).values(placed_at=long_ago, closed_at=long_ago))
    pack(db, "O-3")
    assert card(db, "O-3") is not None


def test_the_order_in_hand_is_not_the_last_order(db: Database) -> None:
    save(db, who="since() <= 60")
    change(
        db,
        Customer,
        {"id": "c1"},
        marketing_consent=True,
        last_order_at=datetime.now(UTC) + timedelta(hours=1),
    )
    pack(db, "O-1")
    assert card(db, "O-1") is None


def test_a_campaign_of_a_newer_program_stops_no_seal(db: Database) -> None:
    save(db, "new", more="priority = 9")
    save(db, "old")
    change(db, CampaignVersion, {"code": "new"}, body="code = 'new'\nhologram = true")
    pack(db, "O-1")
    assert given(db, "O-1") == [("old", 1, "given")]


def test_once_per_customer_and_budgets_hold(db: Database) -> None:
    save(db, "once", more='once = "customer"\npriority = 9')
    save(db, "few", more="budget = 1")
    for number in range(3):
        pack(db, f"O-{number}")
    assert [given(db, f"O-{number}") for number in range(3)] == [
        [("once", 1, "given")],
        [("few", 1, "given")],
        [],
    ]


def test_a_control_group_gets_nothing_and_is_recorded(db: Database) -> None:
    save(db, "new", more="control = 100\npriority = 9")
    save(db, "old")
    pack(db, "O-1")
    assert given(db, "O-1") == [("new", 1, "control"), ("old", 1, "given")]
    assert heading(db, "O-1") == "old for Kim"


def test_the_trail_of_an_order_tells_which_card_and_code_lay_in_which_parcel(db: Database) -> None:
    series(db, 2)
    save(db, "rich", more='series = "autumn"', body="[coupon]")
    save(db, "shy", more="control = 100\npriority = 9")
    pack(db, "O-1", language="pl")
    (code,) = [row["code"] for row in rows(db, Coupon, state="given")]
    (line,) = [line for line in order_history(db, OrderId("O-1")) if line.kind == "ParcelSealed"]
    assert f"; card rich version 1 with coupon {code}; no card, control group of shy version 1" in line.words
    assert line.to_json()["cards"][0] == {  # type: ignore[index]
        "campaign": "rich", "version": 1, "outcome": "given", "language": "pl", "coupon": code,
    }  # fmt: skip


def test_a_series_that_ends_leaves_the_parcel_to_the_next_campaign(db: Database) -> None:
    series(db, 1)
    save(db, "rich", more='series = "autumn"\npriority = 5', body="[coupon]")
    save(db, "poor")
    pack(db, "O-1")
    pack(db, "O-2")
    assert [given(db, order)[0][0] for order in ("O-1", "O-2")] == ["rich", "poor"]


def test_a_series_that_ends_is_told_once_until_a_lead_has_seen_to_it(db: Database) -> None:
    series(db, 1)
    save(db, "rich", more='series = "autumn"\npriority = 5', body="[coupon]")
    save(db, "poor")
    pack(db, "O-1")
    told = []
    for number in (2, 3, 4):
        packer = at_the_seal(db, f"O-{number}")
        packer.press(CommandName.SKIP)
        told.append(packer.key)
        packer.scan_label()
        assert given(db, f"O-{number}") == [("poor", 1, "given"), ("rich", 1, "broken")]
        if number == 3:
            (report,) = reports(db, "insert")
            assert resolve_exception(db, int(str(report["id"])), WorkerId("LEAD"))
    assert [key == "insert.without" for key in told] == [True, False, True]
    assert details(db, "insert")[0]["why"] == "no coupon of series autumn is left"


def test_a_series_that_ends_keeps_the_parcel_of_a_campaign_that_blocks(db: Database) -> None:
    series(db, 1)
    change(db, Coupon, {"series": "autumn"}, state="given")
    save(db, "rich", more='series = "autumn"\nbroken = "block"', body="[coupon]")
    packer = at_the_seal(db)
    packer.press(CommandName.SKIP)
    assert packer.key == "insert.refused"
    assert "no coupon of series autumn" in str(packer.reply.message.params)
    series(db, 1)
    packer.press(CommandName.SKIP)
    assert packer.at(Phase.LABEL)
    assert given(db, "O-1") == [("rich", 1, "given")]


def test_a_series_that_ends_is_passed_over_in_silence_where_the_campaign_says_so(db: Database) -> None:
    series(db, 1)
    change(db, Coupon, {"series": "autumn"}, state="given")
    save(db, "rich", more='series = "autumn"\nbroken = "skip"', body="[coupon]")
    packer = at_the_seal(db)
    packer.press(CommandName.SKIP)
    assert packer.at(Phase.LABEL)
    assert packer.key != "insert.without"
    assert reports(db, "insert") == []


def test_nobody_is_counted_as_control_when_no_coupon_is_left(db: Database) -> None:
    series(db, 1)
    save(db, "rich", more='series = "autumn"\ncontrol = 100', body="[coupon]")
    pack(db, "O-1")
    assert given(db, "O-1") == [("rich", 1, "control")]
    change(db, Coupon, {"series": "autumn"}, state="given")
    pack(db, "O-2")
    assert given(db, "O-2") == []


@pytest.mark.parametrize(
    ("model", "where", "values", "words"),
    [
        (InsertGiven, {"order_id": "O-1"}, {"parcel": 2}, "parcel 2, which lacks a sealed parcel"),
        (PrintJob, {"document": "insert"}, {"document": "cn22"}, "parcel 1, which lacks a print job"),
        (Coupon, {"state": "given"}, {"state": "free"}, "lacks its coupon marked as given"),
        (Coupon, {"state": "free"}, {"state": "redeemed"}, "marked as given, but lay in no parcel"),
        (InsertGiven, {"order_id": "O-1"}, {"coupon": None}, "marked as given, but lay in no parcel"),
        (Campaign, {"code": "card"}, {"printed": 9}, "1 cards were given, its counter stands at 9"),
        (InsertGiven, {"order_id": "O-1"}, {"outcome": "control"}, "0 cards were given"),
        (Coupon, {"state": "given"}, {"code": "OTHER"}, "lacks its coupon on the card"),
    ],
)
def test_a_record_of_a_card_that_was_changed_is_found(
    db: Database, model: type[Row], where: dict[str, object], values: dict[str, object], words: str
) -> None:
    series(db, 2)
    save(db, more='series = "autumn"', body="[coupon]")
    pack(db, "O-1")
    assert verify(db).differences == ()
    change(db, model, where, **values)
    assert any(words in one for one in verify(db).differences), verify(db).differences


def test_a_reprint_keeps_its_code(db: Database) -> None:
    series(db, 2)
    save(db, more='series = "autumn"', body="[coupon]")
    packer = at_the_seal(db)
    packer.press(CommandName.SKIP)
    packer.press(CommandName.REPRINT)
    assert len(rows(db, Coupon, state="given")) == 1


def test_two_stations_never_give_one_code_twice(db: Database, db_url: str) -> None:
    series(db, 40)
    got: list[str] = []

    def take() -> None:
        own = open_database(db_url)
        for _ in range(20):
            with own.writer.begin() as connection:
                found = coupon_store.free(connection, ShopId("default"), "autumn")
                assert found is not None
                coupon_store.give(connection, found[0])
            got.append(found[0])
        own.dispose()

    stations = [threading.Thread(target=take) for _ in range(2)]
    for station in stations:
        station.start()
    for station in stations:
        station.join(60)
    assert len(got) == 40
    assert len(set(got)) == 40
    with db.writer.begin() as connection:
        assert coupon_store.free(connection, ShopId("default"), "autumn") is None


def test_two_parcels_sealed_at_once_get_two_codes_and_one_budget(db: Database, db_url: str) -> None:
    series(db, 2)
    save(db, more='series = "autumn"\nbudget = 1', body="[coupon]")
    packers = [at_the_seal(db, "O-1"), at_the_seal(db, "O-2", "PACK-2", "BORIS")]
    sealing = [threading.Thread(target=packer.press, args=(CommandName.SKIP,)) for packer in packers]
    for one in sealing:
        one.start()
    for one in sealing:
        one.join(60)
    assert all(packer.at(Phase.LABEL) for packer in packers), [packer.reply for packer in packers]
    assert len(rows(db, InsertGiven)) == 1
    assert len(rows(db, Coupon, state="given")) == 1


def test_a_card_of_a_cancelled_order_was_not_had(db: Database) -> None:
    series(db, 2)
    save(db, more='series = "autumn"\nonce = "customer"', body="[coupon]")
    pack(db, "O-1")
    pack(db, "O-2")
    assert given(db, "O-2") == []
    change(db, Order, {"id": "O-1"}, state="cancelled")
    pack(db, "O-3")
    assert given(db, "O-3") == [("card", 1, "given")]
    assert len(rows(db, Coupon, state="given")) == 2


def test_two_stations_at_once_give_a_customer_one_card(db: Database) -> None:
    save(db, more='once = "customer"')
    packers = [at_the_seal(db, "O-1"), at_the_seal(db, "O-2", "PACK-2", "BORIS")]
    sealing = [threading.Thread(target=packer.press, args=(CommandName.SKIP,)) for packer in packers]
    for one in sealing:
        one.start()
    for one in sealing:
        one.join(60)
    assert all(packer.at(Phase.LABEL) for packer in packers), [packer.reply for packer in packers]
    assert len(rows(db, InsertGiven)) == 1
    assert verify(db).differences == ()


BROKEN = "{% if points >= customer %}x{% endif %}"


def test_a_card_that_breaks_goes_missing_with_a_word(db: Database) -> None:
    save(db, body=BROKEN)
    packer = at_the_seal(db)
    packer.press(CommandName.SKIP)
    assert packer.key == "insert.without"
    assert packer.at(Phase.LABEL)
    assert details(db, "insert")[0]["campaign"] == "Card card"
    assert (1, "insert") not in jobs(db, "O-1")
    assert given(db, "O-1") == [("card", 1, "broken")]
    assert verify(db).differences == ()


def test_a_card_that_breaks_is_skipped_but_counted(db: Database) -> None:
    save(db, body=BROKEN, more='broken = "skip"')
    pack(db, "O-1")
    assert reports(db, "insert") == []
    assert given(db, "O-1") == [("card", 1, "broken")]


def test_a_card_that_breaks_keeps_its_parcel_until_a_lead_lets_it_go(db: Database) -> None:
    save(db, body=BROKEN, more='broken = "block"')
    packer = at_the_seal(db)
    for _ in range(2):
        packer.press(CommandName.SKIP)
        assert packer.key == "insert.refused"
    assert packer.at(Phase.WEIGH)
    (report,) = reports(db, "insert")
    assert resolve_exception(db, int(str(report["id"])), WorkerId("LEAD"))
    packer.press(CommandName.SKIP)
    assert packer.at(Phase.LABEL)
    assert given(db, "O-1") == [("card", 1, "broken")]


def test_a_card_that_must_be_printed_keeps_its_order_open(db: Database) -> None:
    save(db, more='broken = "block"')
    packer = at_the_seal(db)
    packer.press(CommandName.SKIP)
    packer.scan_label()
    assert packer.key == "insert.owed"
    assert reports(db, "insert") == []
    change(db, PrintJob, {"document": "insert"}, state="failed", detail="no paper")
    for _ in range(2):
        packer.scan_label()
        assert packer.key == "insert.owed"
    assert len(reports(db, "insert")) == 1
    change(db, PrintJob, {"document": "insert"}, state="printed")
    packer.scan_label()
    assert packer.key == "label.closed"


def test_a_failed_card_is_told_and_the_order_closes(db: Database) -> None:
    save(db)
    packer = at_the_seal(db)
    packer.press(CommandName.SKIP)
    change(db, PrintJob, {"document": "insert"}, state="failed", detail="no paper")
    packer.scan_label()
    assert packer.key == "insert.missed"
    assert packer.at(Phase.HOME)
    assert details(db, "insert")[0]["why"] == "no paper"


def test_care_notes_manuals_and_returns_are_for_everybody(db: Database) -> None:
    change(db, Customer, {"id": "c1"}, marketing_consent=False)
    change(db, Product, {"sku": "MUG"}, care_note="Hand wash only.", manual_url="https://example.com/mug")
    change(db, Shop, {"id": "default"}, return_url="https://example.com/back", return_slip='country == "DE"')
    save(db)
    pack(db, "O-1", ship_country="DE")
    found = card(db, "O-1")
    assert found is not None
    texts = [block.text for block in found.blocks if isinstance(block, Text)]
    assert texts[0] == "MUG nice: Hand wash only."
    codes = [block.content for block in found.blocks if isinstance(block, QrCode)]
    assert codes == ["https://example.com/mug", "https://example.com/back?order=O-1&parcel=1"]
    (slip,) = rows(db, PrintJob, order_id="O-1", document="return")
    assert isinstance(slip["content"], dict)
    assert isinstance(load(slip["content"]), ReturnSlip)
    pack(db, "O-2", ship_country="FR")
    assert (1, "return") not in jobs(db, "O-2")
    assert verify(db).differences == ()


@pytest.mark.parametrize(
    ("language", "care", "manual"),
    [
        ("pl-PL", "Myć ręcznie", "https://e.example/mug"),
        ("de", "Hand wash", "https://e.example/de"),
        ("fr", "Hand wash", "https://e.example/mug"),
        ("en", "Wash it by hand", "https://e.example/mug"),
    ],
)
def test_care_notes_speak_the_buyers_language(db: Database, language: str, care: str, manual: str) -> None:
    change(db, Product, {"sku": "MUG"}, care_note="Hand wash", manual_url="https://e.example/mug")
    notes = [
        {"sku": "MUG", "language": "pl", "care_note": "Myć ręcznie", "manual_url": ""},
        {"sku": "MUG", "language": "de", "care_note": "", "manual_url": "https://e.example/de"},
        {"sku": "MUG", "language": "en", "care_note": "Wash it by hand", "manual_url": ""},
    ]
    with db.writer.begin() as connection:
        connection.execute(insert(ProductNote.__table__), notes)
    save(db)
    pack(db, "O-1", language=language)
    found = card(db, "O-1")
    assert found is not None
    assert [block.text for block in found.blocks if isinstance(block, Text)][1:] == [f"MUG nice: {care}"]
    assert [block.content for block in found.blocks if isinstance(block, QrCode)] == [manual]


def test_a_care_note_in_english_serves_where_there_is_no_other(db: Database) -> None:
    with db.writer.begin() as connection:
        connection.execute(
            insert(ProductNote.__table__).values(sku="MUG", language="en", care_note="Wash it")
        )
    pack(db, "O-1", language="ru")
    found = card(db, "O-1")
    assert found is not None
    assert Text("MUG nice: Wash it") in found.blocks


def test_a_packer_is_named_only_if_the_shop_wants_it(db: Database) -> None:
    save(db, body="By {{ packer }}.")
    pack(db, "O-1")
    change(db, Shop, {"id": "default"}, name_packer=True)
    pack(db, "O-2")
    texts = [
        [b.text for b in found.blocks if isinstance(b, Text)]
        for o in ("O-1", "O-2")
        if (found := card(db, o))
    ]
    assert texts == [["By ."], ["By Anna."]]


def test_a_picture_is_kept_and_printed(db: Database) -> None:
    out = BytesIO()
    Image.new("L", (40, 20)).save(out, "PNG")
    with pytest.raises(CampaignError, match="line 9: template en: there is no picture 'logo'"):
        save(db, body="![logo]")
    campaigns.put_picture(
        db, ShopId("default"), "logo", out.getvalue(), "LEAD", line_art=True, width_percent=50
    )
    save(db, body="![logo]")
    pack(db, "O-1")
    found = card(db, "O-1")
    assert found is not None
    assert PictureBlock(out.getvalue(), True, 50) in found.blocks
    with pytest.raises(Mistake, match="expected a PNG or JPEG"):
        campaigns.put_picture(
            db, ShopId("default"), "x", b"GIF89a", "LEAD", line_art=False, width_percent=100
        )
    with pytest.raises(Mistake, match="at most 300000 bytes"):
        campaigns.put_picture(
            db, ShopId("default"), "x", bytes(300_001), "LEAD", line_art=False, width_percent=100
        )


@pytest.mark.parametrize(
    "name", ["\x1b@^XZ~JR", "{{ 7*7 }}{% for %}", "[qr: https://evil.example]", "# x", "\ud83d\ude00" * 300]
)
def test_a_hostile_name_is_only_words(db: Database, name: str) -> None:
    save(db)
    pack(db, "O-1", ship_name=name.encode("utf-16", "surrogatepass").decode("utf-16"))
    found = card(db, "O-1")
    assert found is not None
    assert [type(block) for block in found.blocks] == [Heading, Text]


def test_every_version_is_kept_and_can_be_put_back(db: Database) -> None:
    save(db, body="One.")
    first = CARD.format(code="card", who="", more="", body="One.")
    second = CARD.format(code="card", who="", more="", body="Two.")
    assert campaigns.save(db, ShopId("default"), second, "EVA", UTC)[1] == 2
    assert campaigns.save(db, ShopId("default"), second, "EVA", UTC)[1] == 2
    assert campaigns.restore(db, ShopId("default"), "card", 1, "EVA", UTC) == 3
    with db.reader.connect() as connection:
        kept = campaigns.history(connection, ShopId("default"), "card")
    assert [(one.number, one.text, one.saved_by) for one in kept] == [
        (3, first, "EVA"),
        (2, second, "EVA"),
        (1, first, "LEAD"),
    ]
    with pytest.raises(Unknown, match="versions 1 to 3, not 9"):
        campaigns.restore(db, ShopId("default"), "card", 9, "EVA", UTC)


def test_nothing_is_saved_of_a_campaign_with_a_fault(db: Database) -> None:
    with pytest.raises(CampaignError, match="there is no coupon series 'nope'"):
        save(db, more='series = "nope"', body="[coupon]")
    with pytest.raises(CampaignError, match="line 9"):
        save(db, body="{{ nobody }}")
    with db.reader.connect() as connection:
        assert campaigns.listing(connection, ShopId("default"), datetime.now(UTC)) == []


def test_a_list_says_what_every_campaign_does_now(db: Database) -> None:
    series(db, 1)
    save(db, "on", more="priority = 9")
    save(db, "late", more="starts = 2999-01-01")
    save(db, "over", more="ends = 2020-01-01")
    save(db, "broke", more="budget = 1")
    save(db, "codes", more='series = "autumn"', body="[coupon]")
    change(db, Coupon, {"series": "autumn"}, state="given")
    save(db, "off")
    campaigns.switch(db, ShopId("default"), "off", "LEAD", on=False)
    with db.reader.connect() as connection:
        found = campaigns.listing(connection, ShopId("default"), datetime.now(UTC))
    states = {line.code: line.state.value for line in found}
    assert found[0].code == "on"
    assert states == {
        "on": "on", "late": "not yet", "over": "over", "broke": "on", "codes": "no coupons left", "off": "off",
    }  # fmt: skip
