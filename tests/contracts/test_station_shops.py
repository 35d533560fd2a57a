"""One station packs for two shops whose orders have the same number: each with its own papers and numbers."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert

from data.backup import backup
from data.engine import Database, open_database
from data.store import exceptions, setup
from data.tables import Campaign, Code, Order, Parcel, PrintJob
from data.types import ExceptionKind, OrderId, ShopId
from picker.config import Settings
from picker.errors import Unknown
from picker.flow import Phase
from picker.services.office.imports import import_file
from picker.services.office.new_shop import add_shop
from picker.services.office.privacy import erase
from picker.services.orders.lookups import order_number
from picker.services.packing.explain import explain
from picker.services.reports.lead import lead_report, shift_start
from picker.services.shop import chosen_shop
from picker.services.verify import verify
from scanning.codes import lookup_key
from tests.contracts.shop import PREFIX, Packer, add_order, change, open_shop, rows, whole_order

TEA_PREFIX = "5901234"


@pytest.fixture
def db(db_url: str) -> Iterator[Database]:
    """The small shop Pine and a second one, each with an order 1001."""
    with open_shop(db_url) as found:
        with found.writer.begin() as connection:
            add_shop(connection, ShopId("tea"))

            changes = {
                "name": "Teahouse",
                "company_prefix": TEA_PREFIX,
                "sender_lines": ["Teahouse", "Hill 1"],
            }
            setup.set_shop(connection, ShopId("tea"), changes)
        add_order(found, "1001", {"MUG": 1}, timedelta(), number="1001", source_id="51")
        add_order(
            found,
            "tea-1001",
            {"POT": 1},
            timedelta(),
            shop="tea",
            number="1001",
            source_id="71",
            customer=None,
        )
        with found.writer.begin() as connection:
            twin = {"code": lookup_key("1001"), "kind": "order", "ref": "tea-1001", "quantity": 1}
            connection.execute(insert(Code.__table__), [{**twin, "attached": False}])
        yield found


def paper(db: Database, order: str, document: str) -> dict[str, object]:
    [job] = rows(db, PrintJob, order_id=order, document=document)
    content = job["content"]
    assert isinstance(content, dict)
    return content


def test_orders_of_one_number_are_told_apart_by_their_shops_names(db: Database) -> None:
    packer = Packer(db).sign_in()
    assert packer.reply.state.offer is not None
    assert packer.reply.state.offer.order == "1001 (Pine)"
    packer.scan("1001")
    assert packer.key == "scan.which"
    packer.choose(2)
    assert dict(packer.reply.message.params)["order"] == "1001 (Teahouse)"


def test_papers_and_numbers_are_the_orders_shops(db: Database) -> None:
    packer = Packer(db).sign_in()
    for order, number, sku in (("1001", 1, "MUG"), ("tea-1001", 2, "POT")):
        packer.scan("1001")
        packer.choose(number)
        packer.take(sku, 1).take(sku, 1).pack()
        assert packer.key == "label.closed", (order, packer.reply.message)
    for order, shop, prefix in (("1001", "Pine", PREFIX), ("tea-1001", "Teahouse", TEA_PREFIX)):
        [parcel] = rows(db, Parcel, order_id=order)
        assert str(parcel["sscc"])[1:8] == prefix
        label, slip = paper(db, order, "label"), paper(db, order, "slip")
        assert label["order"] == slip["order"] == "1001"
        assert slip["shop"] == shop
        assert shop in str(label["sender"])


def test_erasing_and_verifying_tell_orders_of_one_number_apart_also_in_a_backup(
    db: Database, tmp_path: Path
) -> None:
    """Pine's 1001 was over long ago and is erased; the teahouse's keeps who gets it, and the log agrees with both."""
    packer = Packer(db).sign_in()
    for number, sku in ((1, "MUG"), (2, "POT")):
        packer.scan("1001")
        packer.choose(number)
        packer.take(sku, 1).take(sku, 1).pack()
    now = datetime.now(UTC)
    change(db, Order, {"id": "1001"}, closed_at=now - timedelta(days=40))
    copies = [db]
    if db.dialect == "sqlite":
        copies.append(open_database(str(backup(db, tmp_path / "copy.db"))))
    for each in copies:
        assert verify(each).differences == ()
        settings = Settings(db="unused", home=tmp_path / "home")
        assert erase(each, settings, 30, now).orders == 1
        names = {row["id"]: row["ship_name"] for row in rows(each, Order)}
        assert names["1001"] != "Kim Doe"
        assert names["tea-1001"] == "Kim Doe"
        kept = {job["order_id"] for job in rows(each, PrintJob) if "Kim Doe" in str(job["content"])}
        assert kept == {"tea-1001"}
        assert verify(each).differences == ()
    for each in copies[1:]:
        each.dispose()


def test_a_number_of_one_shop_alone_is_said_as_it_is(db: Database) -> None:
    add_order(db, "1002", {"TEA": 1}, number="1002", shop="tea", customer=None)
    packer = Packer(db).sign_in()
    whole_order(packer, "1002", {"TEA": 1})
    [parcel] = rows(db, Parcel, order_id="1002")
    assert str(parcel["sscc"])[1:8] == TEA_PREFIX


def test_orders_of_one_shop_and_number_are_told_apart_by_the_sources_id(db: Database) -> None:
    add_order(db, "tea-1001-2", {"TEA": 1}, number="1001", shop="tea", source_id="72", customer=None)
    packer = Packer(db).sign_in()
    assert dict(packer.scan("tea-1001-2").message.params)["order"] == "1001 (Teahouse, 72)"


def test_what_an_import_left_out_is_its_shops(db: Database, tmp_path: Path) -> None:
    file = tmp_path / "orders.csv"
    file.write_text("order,sku,quantity,status\n7,MUG,1,shipped\n", "utf-8")
    for shop in ("default", "tea"):
        import_file(db, "orders", file, Settings(home=tmp_path, shop=ShopId(shop)))
    reports = {
        shop: lead_report(db, "UTC", shift_start("UTC"), shop=ShopId(shop)).exception_counts
        for shop in ("", "default", "tea")
    }
    assert [counts.get("left_out") for counts in reports.values()] == [2, 1, 1]


def test_packagings_may_be_one_shops(db: Database, tmp_path: Path) -> None:
    cube = "carton,210,210,210,100,20000"
    lines = (
        "code,kind,inner_length_mm,inner_width_mm,inner_height_mm,tare_g,max_gross_g,price,stock,shops",
        f"TEABOX,{cube},0.01,9,TEA",
        f"BOX1,{cube},0.20,50,default",
        f"ODD,{cube},9.00,9,nowhere",
    )
    file = tmp_path / "packaging.csv"
    file.write_text("\n".join(lines), "utf-8")
    told = import_file(db, "packaging", file, Settings(home=tmp_path)).words()
    assert "Packaging ODD is for shop 'nowhere', which isn't known yet." in told
    packer = Packer(db).sign_in()
    orders = (("1001", "MUG", "BOX1", "TEABOX"), ("tea-1001", "POT", "TEABOX", "BOX1"))
    for number, (order, sku, mine, other) in enumerate(orders, 1):
        packer.scan("1001")
        packer.choose(number)
        packer.take(sku, 2)
        assert packer.reply.state.plan is not None
        assert packer.reply.state.plan.parcels[0].packaging.code == mine
        packer.scan(other)
        assert (packer.key, packer.at(Phase.PACKAGING)) == ("packaging.other_shop", True)
        assert explain(db, OrderId(order)).parcels[0].packaging == mine
        packer.pack()
        assert packer.key == "label.closed"


def test_the_lead_sees_all_shops_and_can_look_at_one(db: Database) -> None:
    with db.writer.begin() as connection:
        exceptions.report(
            connection, ExceptionKind.HOLD, "tea-1001", {"reason": "question"}, db.now(connection)
        )
    packer = Packer(db).sign_in()
    packer.scan("1001")
    packer.choose(1)
    every, tea = (lead_report(db, "UTC", shift_start("UTC"), shop=ShopId(shop)) for shop in ("", "tea"))
    assert [one.order for one in every.exceptions] == ["1001 (Teahouse)"]
    assert [station.order for station in every.stations] == ["1001 (Pine)"]
    assert (sum(c.due for c in every.cutoffs), sum(c.due for c in tea.cutoffs)) == (2, 1)
    assert max(c.ahead for c in tea.cutoffs) == 2
    pine = lead_report(db, "UTC", shift_start("UTC"), shop=ShopId("default"))
    assert (pine.exceptions, pine.exception_counts) == ((), {})


def test_what_a_station_calls_an_order_is_what_commands_take(db: Database) -> None:
    assert order_number(db, "1001 (Teahouse)") == order_number(db, "tea/1001") == "tea-1001"
    assert order_number(db, "1001 (Pine)") == order_number(db, "default/51") == "1001"
    with pytest.raises(Unknown, match="default/51 or tea/71"):
        order_number(db, "1001")


def test_which_shop_is_asked_only_where_there_are_several(db: Database) -> None:
    assert chosen_shop(db, "TEA") == "tea"
    with pytest.raises(Unknown, match=r"Which shop\? Expected --shop default \(Pine\) or tea \(Teahouse\)"):
        chosen_shop(db, "")
    with pytest.raises(Unknown, match="There is no shop 'x'"):
        chosen_shop(db, "x")
    assert {row["shop"] for row in rows(db, Campaign)} == {"tea"}
    assert {row["shop"] for row in rows(db, Order)} == {"default", "tea"}


@pytest.mark.parametrize(
    ("currency", "cents", "words"),
    [("KWD", 12_500, "12.500 KWD"), ("JPY", 1200, "1200 JPY"), ("EUR", 950, "9.50 EUR")],
)
def test_amounts_are_told_in_the_decimals_of_their_currency(
    db: Database, currency: str, cents: int, words: str
) -> None:
    add_order(db, "1002", {"TEA": 1}, number="1002", currency=currency, collect_cents=cents)
    whole_order(Packer(db).sign_in(), "1002", {"TEA": 1})
    assert paper(db, "1002", "label")["collect"] == words
    assert paper(db, "1002", "slip")["decimals"] == len(words.partition(" ")[0].partition(".")[2])
