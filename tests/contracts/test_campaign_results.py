"""What a lead is told of campaigns: previews, rehearsals and results; coupons out to the shop and back."""

import csv
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import insert
from typer.testing import CliRunner

from data.engine import Database, open_database
from data.store import campaigns as store
from data.tables import (
    CampaignVersion,
    Coupon,
    Customer,
    InsertGiven,
    Order,
    PrintJob,
    Product,
    ProductNote,
    Purchase,
    Worker,
)
from data.types import OrderId, ShopId
from picker.cli import app
from picker.errors import Mistake
from picker.inserts import is_coupon_code
from picker.services.campaigns import campaigns, coupons
from picker.services.campaigns.doubts import doubts
from picker.services.campaigns.dry_run import dry_run, why_not
from picker.services.campaigns.inserts import live_campaign
from picker.services.campaigns.preview import SAMPLE, card_words, preview
from picker.services.campaigns.report import campaign_report
from picker.services.csv_text import exact, for_people
from picker.services.documents.any_document import parcel_of
from tests.contracts.shop import Packer, add_order, change, open_shop, rows, whole_order
from tests.contracts.test_campaigns import pack, save, series
from tests.unit.data.support import warehouse_at

WARSAW = ZoneInfo("Europe/Warsaw")


@pytest.fixture
def db(db_url: str) -> Iterator[Database]:
    with open_shop(db_url) as database:
        change(database, Customer, {"id": "c1"}, marketing_consent=True)
        yield database


def customers(db: Database, count: int, consent: bool = True) -> list[str]:
    """More customers."""
    ids = [f"k{number}" for number in range(count)]
    with db.writer.begin() as connection:
        values = [{"id": one, "shop": "default", "marketing_consent": consent} for one in ids]
        connection.execute(insert(Customer.__table__), values)
    return ids


def rehearse(db: Database, code: str, at: datetime | None = None) -> tuple[int, dict[str, int]]:
    with db.reader.connect() as connection:
        row = store.one(connection, ShopId("default"), code)
        assert row is not None
        found = dry_run(connection, ShopId("default"), live_campaign(row), at)
    return found.get, dict(found.reasons)


def test_a_rehearsal_says_who_would_get_it_and_why_the_others_not(db: Database) -> None:
    series(db, 1)
    save(db, "urgent", who='in_box("POT")', more="priority = 9")
    save(db, "card", who='country == "PL"', more='series = "autumn"\nonce = "customer"', body="[coupon]")
    one, two, three = customers(db, 3)
    for number, (customer, country, sku) in enumerate(
        [
            (three, "PL", "POT"),
            (one, "PL", "MUG"),
            (one, "PL", "MUG"),
            (two, "PL", "MUG"),
            (three, "DE", "MUG"),
        ]
    ):
        add_order(
            db, f"O-{number}", {sku: 1}, timedelta(hours=number + 1), customer=customer, ship_country=country
        )
    add_order(db, "O-9", {"MUG": 1}, timedelta(hours=9), customer=None, ship_country="PL")
    assert rehearse(db, "card") == (
        1,
        {"had_it": 1, "no_codes": 1, "rule": 1, "less_urgent": 1, "no_consent": 1},
    )
    assert rows(db, Coupon, state="given") == []


def test_a_rehearsal_counts_the_budget_down_also_for_a_campaign_that_is_off(db: Database) -> None:
    save(db, more="budget = 2")
    campaigns.switch(db, ShopId("default"), "card", "LEAD", on=False)
    for number in range(3):
        add_order(db, f"O-{number}", {"MUG": 1})
    assert rehearse(db, "card") == (2, {"budget": 1})


def test_a_preview_shows_the_card_of_any_order_and_gives_nothing_away(db: Database) -> None:
    series(db, 1)
    save(db, more='series = "autumn"', body="{{ products }}, order {{ orders }}\n\n[coupon: For you]")
    pack(db, "O-1")
    add_order(db, "O-2", {"TEA": 2, "POT": 1}, language="pl")
    with db.reader.connect() as connection:
        row = store.one(connection, ShopId("default"), "card")
        assert row is not None
        campaign = live_campaign(row)
        past = preview(connection, campaign, OrderId("O-1"), language="pl")
        waiting = preview(connection, campaign, OrderId("O-2"))
    assert card_words(past)[:2] == ["# card dla Kim", "MUG nice, order 2"]
    assert (past.language, waiting.language) == ("pl", "pl")
    assert f"[coupon {SAMPLE}] For you" in card_words(waiting)
    assert "TEA nice, POT nice, order 3" in card_words(waiting)
    assert len(rows(db, InsertGiven)) == 1


def test_a_rehearsal_of_another_day_is_of_that_day(db: Database) -> None:
    save(db, "card", more="starts = 2030-12-01\nends = 2030-12-24")
    add_order(db, "O-1", {"MUG": 1})
    assert rehearse(db, "card") == (0, {"not_yet": 1})
    assert rehearse(db, "card", datetime(2030, 12, 24, 12, tzinfo=UTC)) == (1, {})
    assert rehearse(db, "card", datetime(2030, 12, 25, 12, tzinfo=UTC)) == (0, {"over": 1})


def test_a_preview_knows_why_its_order_would_not_get_the_card(db: Database) -> None:
    save(db, "card", who='country == "PL"', more='once = "customer"')
    for number, country in (("O-1", "PL"), ("O-2", "DE"), ("O-3", "PL")):
        add_order(db, number, {"MUG": 1}, ship_country=country)
    whole_order(Packer(db).sign_in(), "O-1", {"MUG": 1})

    def why(order: str) -> str:
        with db.reader.connect() as connection:
            row = store.one(connection, ShopId("default"), "card")
            assert row is not None
            return why_not(
                connection, ShopId("default"), live_campaign(row), parcel_of(connection, OrderId(order), 1)
            )

    assert [why(order) for order in ("O-1", "O-2", "O-3")] == ["", "rule", "had_it"]


def test_a_lead_is_told_of_a_rule_that_can_match_nobody_here(db: Database) -> None:
    def of(who: str) -> list[str]:
        save(db, "card", who=who)
        with db.reader.connect() as connection:
            row = store.one(connection, ShopId("default"), "card")
            assert row is not None
            return doubts(connection, live_campaign(row))

    change(db, Customer, {"id": "c1"}, tags="VIP, press", tier="Gold")
    change(db, Product, {"sku": "TEA"}, category="Teas")
    with db.writer.begin() as connection:
        values = {"customer": "c1", "sku": "OLD", "day": date(2020, 1, 1), "units": 1, "cents": 1}
        connection.execute(insert(Purchase.__table__).values(**values))
    assert of('(in_box("mug") or bought("OLD") > 1) and tag("vip") and tier == "gold"') == []
    assert of('in_box(category="TEAS") and since() > 4') == []
    [impossible] = of("order == 1 and order == 2")
    assert "Nobody can ever meet" in impossible
    found = of(
        'in_box("MUG-BLU") or in_box(category="mugs") or tag("100%") or tier == "red" or channel == "post"'
    )
    assert [words.split("'")[1] for words in found] == ["mugs", "post", "MUG-BLU", "100%", "red"]


def test_the_report_compares_both_groups(db: Database) -> None:
    series(db, 60)
    save(db, more='series = "autumn"\ncontrol = 50\nonce = "customer"', body="[coupon]")
    buyers = customers(db, 12)
    for number, buyer in enumerate(buyers):
        pack(db, f"O-{number}", customer=buyer)
    for number, buyer in enumerate(buyers):
        add_order(db, f"N-{number}", {"TEA": 1}, customer=buyer, value_cents=500)
        change(db, Order, {"id": f"N-{number}"}, placed_at=datetime.now(UTC) + timedelta(hours=1))
    code = str(rows(db, Coupon, state="given")[0]["key"])
    change(db, Coupon, {"key": code}, state="redeemed", redeemed_cents=500)
    with db.reader.connect() as connection:
        (found,) = campaign_report(connection, ShopId("default"))
    assert found.test.customers + found.control.customers == 12
    assert found.test.customers
    assert found.control.customers
    assert (found.redeemed, found.redeemed_cents) == (1, 500)
    for group in (found.test, found.control):
        assert (group.orders_after, group.cents_after) == (group.customers, group.customers * 500)
        assert group.cents_per_customer == 500


def test_a_card_that_never_came_on_paper_is_no_printed_one(db: Database) -> None:
    save(db)
    for number in range(3):
        pack(db, f"O-{number}")
    change(db, PrintJob, {"order_id": "O-1", "document": "insert"}, state="failed")
    with db.reader.connect() as connection:
        (found,) = campaign_report(connection, ShopId("default"))
    assert (found.test.parcels, found.unprinted) == (3, 1)


def test_codes_are_unique_readable_and_come_back_redeemed(db: Database, tmp_path: Path) -> None:
    series(db, 500)
    codes = [str(row["code"]) for row in rows(db, Coupon)]
    assert len(set(codes)) == 500
    assert all(is_coupon_code(code) for code in codes)
    change(db, Coupon, {"code": codes[0]}, state="given")
    file = tmp_path / "redeemed.csv"
    typed = codes[0].lower().replace("-", " ")
    file.write_text(f"code,date,total\n{typed},2026-11-20,49.90\n{codes[1]},,\nXXXX-1,,\n{codes[0]},x,\n")
    for done, unchanged in ((1, 0), (0, 1)):
        taken = coupons.take_redeemed(db, ShopId("default"), file, WARSAW)
        assert (taken.done, taken.unchanged, len(taken.problems)) == (done, unchanged, 3)
    assert "line 3, column code: expected a coupon that was given" in taken.problems[0]
    assert "its check character is wrong" in taken.problems[1]
    (row,) = rows(db, Coupon, state="redeemed")
    assert (row["code"], row["redeemed_cents"]) == (codes[0], 4_990)


def test_a_random_source_that_repeats_itself_gives_no_code_twice(db: Database) -> None:
    numbers = iter([1, 1, 2, 2, 3, 4, 5])
    coupons.generate(
        db, ShopId("default"), "autumn", 3, "LEAD", lambda size: next(numbers).to_bytes(size, "big")
    )
    assert len(rows(db, Coupon)) == 3


def test_the_shops_own_codes_are_taken_in_once(db: Database, tmp_path: Path) -> None:
    file = tmp_path / "codes.csv"
    file.write_text("SAVE-10\nsave10\nSAVE-11\nso long a code that nobody could want it at all\n")
    taken = coupons.take_in(db, ShopId("default"), "own", file, "LEAD")
    assert (taken.done, len(taken.problems)) == (2, 2)
    assert coupons.take_in(db, ShopId("default"), "other", file, "LEAD").unchanged == 2
    file.write_text("note;code\nx;SAVE-12\n")
    assert coupons.take_in(db, ShopId("default"), "own", file, "LEAD").done == 1
    assert {row["series"] for row in rows(db, Coupon)} == {"own"}


def test_a_list_for_people_holds_no_formula_and_one_for_programs_every_cell() -> None:
    cells = ["=1+1", "+1", "-1", "@x", "\tx", "\r=x", "\n=x", "＝1", " =1", "'=1", "a=1", "12", 'say "x"']
    guarded = next(csv.reader(StringIO(for_people([cells]), newline="")))
    assert guarded == [f"'{cell}" for cell in cells[:9]] + cells[9:]
    assert next(csv.reader(StringIO(exact([cells]), newline=""))) == cells


def test_purchases_birthdays_and_care_notes_are_imported(db_url: str, tmp_path: Path) -> None:
    with warehouse_at(db_url, tmp_path) as house:
        house.take(
            "products", "sku,name,barcodes,care_note,manual_url\nA,Mug,1,Hand wash,https://e.example/a\n"
        )
        house.take("products", "sku,care_note,manual_url\nA,none,javascript:x\n")
        house.take("products", "sku,care_note_pl,Manual URL (de)\nA,Myć ręcznie,https://e.example/de\nA,,\n")
        house.take("products", "sku,care_note_de,care_note_pl,manual_url_de\nA,Spülen,none,javascript:x\n")
        house.take("products", "sku,care_note_de,care_note_pl\nA,Spülen,\n")
        house.take(
            "customers",
            "email,name,birthday,tier,points\na@b.c,Ann,1990-02-29,gold,500\nb@b.c,Bob,13-01,,\nc@b.c,Cy,,,\n",
        )
        file = "email,sku,category,units,cents,date,order\nA@b.c,TEA,tea,2,900,2026-01-05,\n"
        file += "a@b.c,TEA,,1,450,2026-01-05,\n"
        house.take("purchases", f"{file}a@b.c,TEA,,x,1,2026-01-05,\na@b.c,TEA,,1,1,never,\n")
        house.take("purchases", f"{file}a@b.c,TEA,,x,1,2026-01-05,\na@b.c,TEA,,1,1,never,\n")
        house.take("orders", "order,sku,quantity,name,email\n10,A,1,Ann,a@b.c\n")
        house.take("purchases", "email,sku,units,cents,date,order\na@b.c,POT,1,1,2026-01-06,10\n")
        (product,) = rows(house.db, Product, sku="A")
        notes = {
            row["language"]: (row["care_note"], row["manual_url"]) for row in rows(house.db, ProductNote)
        }
        found = {str(row["email"]): row for row in rows(house.db, Customer)}
        bought = rows(house.db, Purchase)
    assert (product["care_note"], product["manual_url"]) == ("Hand wash", "https://e.example/a")
    assert notes == {"pl": ("Myć ręcznie", ""), "de": ("Spülen", "https://e.example/de")}
    assert [found["a@b.c"][name] for name in ("birthday", "tier", "points")] == ["02-29", "gold", 500]
    assert sorted(found) == ["a@b.c", "c@b.c"]
    assert [(row["sku"], row["category"], row["units"], row["cents"]) for row in bought] == [
        ("TEA", "tea", 3, 1_350)
    ]


def run(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, list(words))
    return done.exit_code, done.output


def test_a_lead_keeps_campaigns_from_the_command_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "shop.sqlite"
    monkeypatch.setenv("PICKER_DB", str(file))
    monkeypatch.setenv("PICKER_HOME", str(tmp_path))
    assert run("init")[0] == 0
    card = tmp_path / "card.toml"
    card.write_text('code = "card"\nname = "Card"\nwho = "ordr == 1"\n[templates]\nen = "# Hi"\n', "utf-8")
    assert run("campaign", "add", str(card))[0] == 2
    assert "card.toml: line 3, column 8: who: 'ordr' is not known" in run("campaign", "add", str(card))[1]
    card.write_text('code = "card"\nname = "Card"\n[templates]\nen = "# Hi"\n', "utf-8")
    assert run("campaign", "add", str(card)) == (0, "Campaign card, version 1, is saved.\n")
    assert run("campaign", "on", "card")[0] == 0
    monkeypatch.setenv("EDITOR", "false")
    assert run("campaign", "edit", "card", "--file", str(card))[1] == "Nothing was changed.\n"
    card.write_text('code = "card"\nname = "Card"\n[templates]\nen = "# Ho"\n', "utf-8")
    assert run("campaign", "edit", "card", "--file", str(card))[0] == 0
    assert json.loads(run("campaign", "history", "card", "--json")[1])[0]["version"] == 2
    assert run("campaign", "restore", "card", "1")[0] == 0
    assert "# Hi" in run("campaign", "show", "card")[1]
    listed = {line["code"]: line["state"] for line in json.loads(run("campaign", "list", "--json")[1])}
    assert (listed["card"], listed["thanks"], listed["welcome"]) == ("on", "on", "off")
    assert run("campaign", "export", str(tmp_path / "out"))[0] == 0
    assert run("campaign", "import", str(tmp_path / "out"))[0] == 2  # the examples' series are not there yet
    for name in ("welcome", "welcome-back"):
        assert run("coupons", "series", "add", name, "--count", "3")[0] == 0
    assert run("campaign", "import", str(tmp_path / "out"))[0] == 0
    db = open_database(str(file))
    add_waiting(db)
    db.dispose()
    assert json.loads(run("campaign", "dry-run", "card", "--json")[1])["get"] == 0
    assert json.loads(run("campaign", "dry-run", "card", "--at", "2030-12-24", "--json")[1])["get"] == 0
    assert run("campaign", "dry-run", "card", "--at", "Christmas")[0] != 0
    assert "# Hi" in run("campaign", "preview", "card", "--order", "O-1", "--words")[1]
    assert "█" in run("campaign", "preview", "card", "--order", "O-1")[1]
    assert json.loads(run("campaign", "report", "--json")[1])[0]["test"]["parcels"] == 0
    assert run("coupons", "export", str(tmp_path / "c.csv"))[0] == 0
    assert len((tmp_path / "c.csv").read_text("utf-8").splitlines()) == 7
    assert json.loads(run("coupons", "series", "list", "--json")[1])[0]["free"] == 3
    assert json.loads(run("coupons", "list", "--json")[1]) == []
    assert json.loads(run("privacy", "erase", "--dry-run", "--json")[1])["orders"] == 0
    assert run("shop", "--return-slip", "country = 1")[0] != 0


def test_only_a_lead_decides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "shop.sqlite"
    monkeypatch.setenv("PICKER_DB", str(file))
    monkeypatch.setenv("PICKER_HOME", str(tmp_path))
    assert run("init")[0] == 0
    card = tmp_path / "card.toml"
    card.write_text(run("campaign", "new", "card")[1], "utf-8")
    for words in (
        ["campaign", "add", str(card)],
        ["campaign", "on", "thanks"],
        ["campaign", "off", "thanks"],
        ["campaign", "restore", "thanks", "1"],
        ["campaign", "import", str(card)],
        ["campaign", "picture", "logo", str(card)],
        ["coupons", "series", "add", "autumn", "--count", "3"],
    ):
        code, said = refused(*words, "--by", "tom")
        assert (code, said) == (2, "--by: expected the badge or id of a lead (lead), got 'tom'")
    assert run("campaign", "add", str(card), "--by", "LEAD0001")[0] == 0
    assert json.loads(run("campaign", "on", "card", "--json")[1]) == {"code": "card", "active": True}
    (line,) = [one for one in json.loads(run("campaign", "list", "--json")[1]) if one["code"] == "card"]
    assert (line["saved_by"], line["switched_by"], line["active"]) == ("lead", "lead", True)
    db = open_database(str(file))
    with db.writer.begin() as connection:
        connection.execute(insert(Worker.__table__).values(id="eva", name="Eva", role="lead"))
    db.dispose()
    assert refused("campaign", "off", "card") == (
        2,
        "Say who decides: --by, the badge or id of a lead (eva, lead)",
    )
    assert run("campaign", "off", "card", "--by", "eva")[0] == 0
    assert refused("coupons", "export", str(card), "--series", "x")[1].startswith("There is no series 'x'")
    assert refused("coupons", "list", "--series", "x")[1].startswith("There is no series 'x'")
    monkeypatch.setenv("PICKER_SHOP", "nope")
    assert refused("coupons", "series", "add", "x", "--count", "1", "--by", "eva")[1].startswith(
        "There is no shop 'nope'"
    )


def test_faults_are_for_programs_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PICKER_DB", str(tmp_path / "shop.sqlite"))
    monkeypatch.setenv("PICKER_HOME", str(tmp_path))
    assert run("init")[0] == 0
    card = tmp_path / "card.toml"
    card.write_text('code = 5\nwho = "ordr"\n[templates]\nen = "{{ y }}"\n', "utf-8")
    code, said = run("campaign", "add", str(card), "--json")
    assert code == 2
    found = json.loads(said.splitlines()[0])["faults"]
    assert [(fault["line"], fault["column"]) for fault in found] == [(1, 0), (1, 0), (2, 8), (4, 0)]


def refused(*words: str) -> tuple[int, str]:
    """The exit code and the words of a mistake."""
    done = CliRunner().invoke(app, list(words))
    assert isinstance(done.exception, Mistake), done.output
    return 2, str(done.exception)


def test_a_campaign_of_a_newer_program_is_listed_as_such(db: Database) -> None:
    save(db, "new")
    save(db, "old", more="priority = 3")
    add_order(db, "O-1", {"MUG": 1})
    change(db, CampaignVersion, {"code": "new"}, body="code = 'new'\nhologram = true")
    with db.reader.connect() as connection:
        found = campaigns.listing(connection, ShopId("default"), datetime.now(UTC))
    assert [(line.code, line.state.value) for line in found] == [("old", "on"), ("new", "can't be read")]
    assert rehearse(db, "old") == (1, {})


def add_waiting(db: Database) -> None:
    """One waiting order of an unknown buyer in the database that `picker init` makes."""
    with db.writer.begin() as connection:
        connection.execute(insert(Product.__table__).values(sku="MUG", name="Mug"))
    add_order(db, "O-1", {"MUG": 1}, customer=None, service="STANDARD", language="en")
