"""What a sealed parcel's documents say, on both databases: who gets which, and how they are filled."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from data.engine import Database
from data.store import setup
from data.tables import Event, ExceptionReport, Order, OrderLine, PrintJob, Product, Service, Shop
from data.types import OrderId, ShopId, WorkerId
from picker.flow import CommandName, Message, Phase, render
from picker.locale.translations import translations
from picker.services.documents.any_document import document
from picker.services.office.imports import release_hold
from picker.services.orders.lookups import resolve_exception
from picker.services.verify import verify
from printing.content import load
from printing.customs import beyond, gaps
from printing.documents import Document
from printing.documents.customs import CN22
from printing.documents.inserts import Insert
from printing.documents.labels import DangerMark, ParcelLabel
from printing.documents.slips import GiftSlip, PackingSlip, ReturnSlip
from tests.contracts.shop import Packer, add_order, change, open_shop, rows, whole_order

ABROAD = {
    "ship_line1": "10 Mill Lane",
    "ship_city": "London",
    "ship_zip": "SW1A 2AA",
    "ship_province": "Greater London",
    "ship_country": "GB",
}


@pytest.fixture
def db(db_url: str) -> Iterator[Database]:
    with open_shop(db_url) as opened:
        change(opened, Shop, {"id": "default"}, sender_country="PL")
        yield opened


def documents(db: Database, order: str, **more: object) -> dict[str, Document]:
    """What is printed for an order of two mugs, by kind."""
    add_order(db, order, {"MUG": 2}, **more)  # type: ignore[arg-type]
    whole_order(Packer(db).sign_in(), order, {"MUG": 2})
    return {str(job["document"]): load(job["content"]) for job in rows(db, PrintJob, order_id=order)}  # type: ignore[arg-type]


def test_an_address_abroad_is_laid_out_as_its_country_wants(db: Database) -> None:
    change(db, Product, {"sku": "MUG"}, hs_code="691200", origin="PL", price_cents=1490)
    label = documents(db, "1001", **ABROAD)["label"]
    assert isinstance(label, ParcelLabel)
    country = "WIELKA BRYTANIA / UNITED KINGDOM"
    assert label.recipient.lines == ("Kim Doe", "10 Mill Lane", "London", "SW1A 2AA", country)
    assert label.sender.lines == ("Pine", "Quay 7", "POLSKA / POLAND")


def test_goods_decide_the_marks(db: Database) -> None:
    change(db, Product, {"sku": "MUG"}, fragility=2, liquid=True)
    label = documents(db, "1001")["label"]
    assert isinstance(label, ParcelLabel)
    assert label.marks == ("fragile", "this_side_up", "liquid")


def test_customs_are_told_no_price_of_a_catalogue_in_another_currency(db: Database) -> None:
    """1490 yen of another shop's list are not 14.90 EUR: the value is lacking, and said so."""
    change(db, Product, {"sku": "MUG"}, hs_code="691200", origin="PL", price_cents=1490)
    with db.writer.begin() as connection:
        setup.add_shop(connection, "tokyo", "5901234")
        setup.set_shop(connection, ShopId("tokyo"), {"currency": "JPY"})
    add_order(db, "1001", {"MUG": 2}, **ABROAD)  # type: ignore[arg-type]
    packer = Packer(db).sign_in()
    packer.scan("1001")
    packer.take("MUG", 2).take("MUG", 2)
    packer.press(CommandName.OK)
    packer.press(CommandName.SKIP)
    assert packer.key == "seal.no_customs"
    assert "customs.value_cents" in str(packer.reply.message)


def test_a_parcel_across_a_customs_border_gets_a_declaration(db: Database) -> None:
    change(db, Product, {"sku": "MUG"}, hs_code="691200", origin="PL", price_cents=1490)
    found = documents(db, "1001", **ABROAD)
    assert set(found) == {"label", "slip", "insert", "cn22"}
    form = found["cn22"]
    assert isinstance(form, CN22)
    [item] = form.items
    assert (item.description, item.quantity, item.hs_code, item.origin) == ("MUG nice", 2, "691200", "PL")
    assert item.value_cents == 1490
    assert form.currency == "EUR"
    assert gaps(form) == ()
    assert verify(db).words().endswith("everything agrees.")


def test_a_parcel_whose_declaration_is_incomplete_is_not_sealed_and_its_gaps_are_told(db: Database) -> None:
    add_order(db, "1001", {"MUG": 2}, **ABROAD)  # type: ignore[arg-type]
    packer = Packer(db).sign_in().claim("1001").take("MUG", 4)
    packer.press(CommandName.OK)
    packer.press(CommandName.SKIP)
    assert packer.key == "seal.no_customs"
    told = lacking(packer)
    assert "MUG nice: value, HS code" in told
    polish = render(packer.reply.message, translations("pl"))
    assert "MUG nice: wartość, kod HS, kraj pochodzenia" in polish
    assert "country of origin" in told
    assert not rows(db, PrintJob, order_id="1001")
    assert {"code": "SKIP", "key": "seal.no_customs"}.items() <= refusals(db)[-1].items()
    packer.press(CommandName.PARK)
    packer.choose(2)
    change(db, Product, {"sku": "MUG"}, hs_code="691200", origin="PL", price_cents=1490)
    packer.claim("1001")
    packer.press(CommandName.SKIP)
    assert packer.at(Phase.LABEL), packer.reply.message
    assert "cn22" in {job["document"] for job in rows(db, PrintJob, order_id="1001")}
    [seen_to] = rows(db, ExceptionReport, order_id="1001", kind="customs")
    assert seen_to["resolved_by"] == "mended"


def test_many_gaps_are_told_in_short_and_listed_in_full(db: Database) -> None:
    add_order(db, "1001", {"MUG": 1, "TEA": 1, "SERUM": 1}, **ABROAD)  # type: ignore[arg-type]
    packer = Packer(db).sign_in()
    packer.scan("1001")
    told = lacking(packer)
    assert told.count("country of origin") == 2
    assert told.endswith("(+1)")
    assert len(told) < 160
    [trouble] = rows(db, ExceptionReport, order_id="1001", kind="customs")
    assert "expected 6 to 10 digits" in str(trouble["detail"])


def lacking(packer: Packer) -> str:
    """What a verdict says of a declaration's gaps."""
    lacks = dict(packer.reply.message.params)["lacks"]
    assert isinstance(lacks, Message)
    return render(lacks)


def refusals(db: Database) -> list[dict[str, object]]:
    """What the log says of refused inputs, in their order."""
    return [dict(row["payload"]) for row in rows(db, Event, kind="ScanRefused")]  # type: ignore[call-overload]


def test_gaps_of_a_declaration_are_told_with_the_order_and_a_lead_may_let_it_go_without(db: Database) -> None:
    add_order(db, "1001", {"MUG": 2}, **ABROAD)  # type: ignore[arg-type]
    packer = Packer(db).sign_in()
    packer.scan("1001")
    assert packer.key == "claim.no_customs"
    told = lacking(packer)
    assert "HS code" in told
    assert "weight" not in told  # of the parcel, which nobody knows yet
    packer.take("MUG", 4)
    packer.press(CommandName.OK)
    packer.press(CommandName.SKIP)
    assert packer.key == "seal.no_customs"
    [trouble] = rows(db, ExceptionReport, order_id="1001", kind="customs")  # of both, once
    assert resolve_exception(db, int(str(trouble["id"])), WorkerId("LEA"))
    packer.press(CommandName.SKIP)
    assert packer.key == "seal.without_customs"
    assert "cn22" not in {job["document"] for job in rows(db, PrintJob, order_id="1001")}
    assert verify(db).words().endswith("everything agrees.")


@pytest.mark.parametrize("country", ["PL", "DE"])
def test_nothing_is_told_of_declarations_where_there_is_no_border_or_the_carrier_makes_them(
    db: Database, country: str
) -> None:
    add_order(db, "1001", {"MUG": 2}, **{**ABROAD, "ship_country": country})  # type: ignore[arg-type]
    change(db, Service, {"code": "EXP"}, carrier_label="required")
    add_order(db, "1002", {"MUG": 2}, service="EXP", **ABROAD)  # type: ignore[arg-type]
    packer = Packer(db).sign_in()
    for order in ("1001", "1002"):
        packer.scan(order)
        assert packer.key == "home.claimed"
        packer.press(CommandName.PARK)
        packer.choose(1)
    assert not rows(db, ExceptionReport, kind="customs")


DECLARED = {"hs_code": "691200", "origin": "PL", "price_cents": 12_900}


def test_a_parcel_beyond_a_cn22_gets_a_cn23_and_an_invoice(db: Database) -> None:
    add_order(db, "1001", {"MUG": 2}, **ABROAD)  # type: ignore[arg-type]
    change(db, Product, {"sku": "MUG"}, weight_g=1_200, **DECLARED)
    packer = Packer(db).sign_in().claim("1001").take("MUG", 4)
    packer.press(CommandName.OK)
    packer.scan("2500")
    assert packer.key == "seal.cn23", packer.reply.message
    printed = {job["document"] for job in rows(db, PrintJob, order_id="1001")}
    assert printed >= {"cn23", "invoice"}
    assert "cn22" not in printed
    assert verify(db).words().endswith("everything agrees.")


@pytest.mark.parametrize(
    ("units", "rate", "form"), [(2, "1.17", "cn22"), (3, "1.17", "cn23"), (2, "0.8", "cn23")]
)
def test_the_shops_own_rate_decides_what_300_sdr_are(db: Database, units: int, rate: str, form: str) -> None:
    change(db, Shop, {"id": "default"}, sdr_rates={"EUR": [rate, "2026-11-30"]})
    change(db, Product, {"sku": "MUG"}, **DECLARED)
    add_order(db, "1001", {"MUG": units}, **ABROAD)  # type: ignore[arg-type]
    made = document(db, "cn22", "1001", 1)
    assert isinstance(made, CN22)
    assert beyond(made) is (form == "cn23")


def claimed(db: Database, **more: object) -> str:
    """What is told of the declaration of an order of one mug when it is claimed."""
    change(db, Product, {"sku": "MUG"}, **DECLARED)
    change(db, Service, {"code": "STD"}, transport="ground")
    add_order(db, "1001", {"MUG": 1}, **{**ABROAD, **more})  # type: ignore[arg-type]
    packer = Packer(db).sign_in()
    packer.scan("1001")
    return lacking(packer) if packer.key == "claim.no_customs" else packer.key


def test_what_cant_be_declared_is_told_at_the_claim(db: Database) -> None:
    change(db, Product, {"sku": "MUG"}, hazmat="3")
    assert "dangerous goods" in claimed(db)


def test_batteries_that_may_lie_alone_cant_be_declared(db: Database) -> None:
    change(db, Product, {"sku": "MUG"}, batteries=1)
    assert "dangerous goods" in claimed(db)


def test_batteries_in_equipment_are_declared_as_such(db: Database) -> None:
    change(db, Product, {"sku": "MUG"}, batteries=1, un_number="3481")
    assert claimed(db) == "home.claimed"


def test_a_currency_without_a_rate_is_a_gap(db: Database) -> None:
    assert "rate" in claimed(db, currency="XTS")


def test_a_line_called_by_its_sku_is_declared_by_its_products_name(db: Database) -> None:
    change(db, Product, {"sku": "MUG"}, name="Mug, blue stoneware")
    assert claimed(db, ship_tax_id="GB1", ship_phone="555-0101") == "home.claimed"
    change(db, OrderLine, {"order_id": "1001"}, name="MUG-7")
    form = document(db, "cn22", "1001", 1)
    assert isinstance(form, CN22)
    assert (form.items[0].description, form.importer, form.phone) == (
        "Mug, blue stoneware",
        "GB1",
        "555-0101",
    )


@pytest.mark.parametrize(
    ("ioss", "units", "country", "said"),
    [
        ("", 1, "DE", None), ("none", 1, "DE", ""), ("IM0123456789", 1, "DE", "IM0123456789"),
        ("IM0123456789", 2, "DE", ""), ("IM0123456789", 1, "US", ""), ("", 2, "DE", ""),
    ],
)  # fmt: skip
def test_the_ioss_number_stands_on_what_comes_into_the_union_for_up_to_150_euros(
    db: Database, ioss: str, units: int, country: str, said: str | None
) -> None:
    change(db, Shop, {"id": "default"}, sender_country="GB", ioss=ioss)
    change(db, Product, {"sku": "MUG"}, **DECLARED)
    add_order(db, "1001", {"MUG": units}, ship_country=country, ship_zip="10115")
    form = document(db, "cn22", "1001", 1)
    assert isinstance(form, CN22)
    assert form.ioss == said


def test_a_label_with_half_an_address_is_confirmed_by_its_packer(db: Database) -> None:
    add_order(db, "1001", {"MUG": 2})
    packer = Packer(db).sign_in().claim("1001").take("MUG", 4)
    packer.press(CommandName.OK)
    packer.press(CommandName.SKIP)
    change(db, PrintJob, {"order_id": "1001", "document": "label"}, detail="address_cut: 10 Mill Lane")
    packer.scan_label()
    assert packer.key == "label.address_cut"
    packer.scan_label()
    assert packer.key == "label.closed"


@pytest.mark.parametrize("country", ["PL", "DE", ""])
def test_no_declaration_within_the_customs_union(db: Database, country: str) -> None:
    assert "cn22" not in documents(db, "1001", **{**ABROAD, "ship_country": country})


def test_gaps_are_told_where_only_vat_ends_and_of_the_shops_own_place_too(db: Database) -> None:
    lines = ["Pine", "Calle 1", "35001 Las Palmas"]
    change(db, Shop, {"id": "default"}, sender_country="ES", sender_lines=lines)
    add_order(db, "1001", {"MUG": 1}, ship_country="ES", ship_zip="28001")
    add_order(db, "1002", {"MUG": 1}, ship_country="ES", ship_zip="38001")
    packer = Packer(db).sign_in()
    packer.scan("1001")
    assert packer.key == "claim.no_customs"
    packer.press(CommandName.PARK)
    packer.choose(1)
    packer.scan("1002")
    assert packer.key == "home.claimed"


def test_a_gift_has_the_givers_words_and_no_prices(db: Database) -> None:
    words = {"gift_message": "Happy birthday!", "giver": "Ann", "note": "She complained last time"}
    slip = documents(db, "1001", gift=True, **words)["slip"]
    assert isinstance(slip, GiftSlip)
    assert (slip.message, slip.giver) == ("Happy birthday!", "Ann")
    assert "complained" not in str(slip)
    assert [(line.sku, line.quantity) for line in slip.lines] == [("MUG", 2)]


@pytest.mark.parametrize("page", ["https://shop.example/swap", ""])
def test_who_gets_a_gift_exchanges_it_and_never_sees_the_buyers_return_page(db: Database, page: str) -> None:
    change(
        db, Shop, {"id": "default"}, return_url="https://shop.example/r", exchange_url=page, return_slip="parcel >= 1"
    )  # fmt: skip
    found = documents(db, "1001", gift=True)
    assert "shop.example/r" not in str(found)
    assert {"slip", "label"} == set(found)
    slip = found["slip"]
    assert isinstance(slip, GiftSlip)
    assert slip.exchange == (f"{page}?order=1001&parcel=1" if page else "")
    kept = documents(db, "1002")
    assert "shop.example/swap" not in str(kept)
    assert isinstance(back := kept["return"], ReturnSlip)
    assert back.url == "https://shop.example/r?order=1002&parcel=1"


def test_a_gift_that_is_not_packed_yet_shows_no_prices_either(db: Database) -> None:
    add_order(db, "1001", {"MUG": 2}, gift=True)
    assert isinstance(document(db, "slip", "1001", 1), GiftSlip)


def test_a_gift_across_a_border_is_declared_as_the_sale_that_it_is(db: Database) -> None:
    change(db, Product, {"sku": "MUG"}, hs_code="691200", origin="PL", price_cents=1490)
    form = documents(db, "1001", gift=True, **ABROAD)["cn22"]
    assert isinstance(form, CN22)
    assert form.nature == "sale"


def test_a_slip_has_the_orders_currency(db: Database) -> None:
    slip = documents(db, "1001", currency="PLN")["slip"]
    assert isinstance(slip, PackingSlip)
    assert slip.currency == "PLN"


def test_a_return_slip_says_the_shops_policy_and_leads_where_the_insert_does(db: Database) -> None:
    change(
        db, Shop, {"id": "default"}, return_url="https://shop.example/r?lang=pl", return_slip='country == "PL"',
        return_days=30, return_policy=["Unused goods only.", "We pay the postage."],
    )  # fmt: skip
    slip = documents(db, "1001", ship_country="PL")["return"]
    assert isinstance(slip, ReturnSlip)
    assert slip.policy == ("Unused goods only.", "We pay the postage.")
    assert slip.days == 30
    assert slip.url == "https://shop.example/r?lang=pl&order=1001&parcel=1"


def test_the_insert_is_made_of_blocks(db: Database) -> None:
    change(db, Shop, {"id": "default"}, return_url="https://shop.example/returns")
    insert = documents(db, "1001")["insert"]
    assert isinstance(insert, Insert)
    kinds = [type(block).__name__ for block in insert.blocks]
    assert kinds[0] == "Heading"
    assert "QrCode" in kinds


def in_parcels(db: Database, *counts: int) -> Packer:
    """An order of mugs, all checked, and so many of them in each parcel but the last."""
    add_order(db, "1001", {"MUG": sum(counts)})
    packer = Packer(db).sign_in().claim("1001").take("MUG", sum(counts))
    for count in counts[:-1]:
        packer.take("MUG", count).press(CommandName.NEXTPARCEL)
    return packer.take("MUG", counts[-1])


def test_how_many_parcels_there_are_stands_on_the_last_one_alone(db: Database) -> None:
    in_parcels(db, 2, 1, 1).pack()
    found = [load(job["content"]) for job in rows(db, PrintJob, order_id="1001")]  # type: ignore[arg-type]
    labels = [document for document in found if isinstance(document, ParcelLabel)]
    slips = [document for document in found if isinstance(document, PackingSlip)]
    for papers in (labels, slips):
        assert sorted((paper.parcel, paper.parcels) for paper in papers) == [(1, 0), (2, 0), (3, 3)]


def test_a_parcel_is_the_last_when_nothing_is_left_to_pick(db: Database) -> None:
    add_order(db, "1001", {"MUG": 2})
    packer = Packer(db).sign_in().claim("1001").take("MUG", 1)
    packer.press(CommandName.SHORT)
    packer.choose(1)
    packer.take("MUG", 1).pack()
    [label] = [load(job["content"]) for job in rows(db, PrintJob, order_id="1001", document="label")]  # type: ignore[arg-type]
    assert isinstance(label, ParcelLabel)
    assert (label.parcel, label.parcels) == (1, 1)


def test_the_money_at_the_door_stands_on_the_last_label_without_what_fell_short(db: Database) -> None:
    add_order(db, "1001", {"MUG": 3}, collect_cents=3_500)
    change(db, OrderLine, {"order_id": "1001"}, price_cents=1_000)
    packer = Packer(db).sign_in().claim("1001").take("MUG", 2)
    packer.press(CommandName.SHORT)
    packer.choose(1)
    packer.take("MUG", 1).press(CommandName.NEXTPARCEL)
    packer.take("MUG", 1).pack()
    found = [load(job["content"]) for job in rows(db, PrintJob, order_id="1001", document="label")]  # type: ignore[arg-type]
    labels = {label.parcel: label.collect for label in found if isinstance(label, ParcelLabel)}
    assert labels == {1: "", 2: "25.00 EUR"}


FLAMMABLE = {"hazmat": "3", "un_number": "1266"}


@pytest.mark.parametrize("transport", ["air", ""])
def test_an_order_that_its_service_may_not_carry_is_refused_at_the_claim_and_held(
    db: Database, transport: str
) -> None:
    change(db, Product, {"sku": "MUG"}, **FLAMMABLE)
    change(db, Service, {"code": "STD"}, transport=transport)
    add_order(db, "1001", {"MUG": 1})
    add_order(db, "1002", {"TEA": 1}, due_in=timedelta(hours=9))
    packer = Packer(db).sign_in()
    packer.scan("1001")
    assert packer.key == "claim.not_carried"
    assert "UN 1266 may not fly" in render(packer.reply.message)
    [held] = rows(db, Order, id="1001")
    assert held["state"] == "held"
    assert "MUG nice: UN 1266" in str(held["hold_reason"])
    packer.scan("1002")
    assert packer.key == "home.claimed"
    change(db, Service, {"code": "STD"}, transport="ground")
    packer.press(CommandName.PARK)
    packer.choose(1)
    assert release_hold(db, OrderId("1001"), WorkerId("LEA"))
    packer.scan("1001")
    assert packer.key == "home.claimed"
    assert verify(db).words().endswith("everything agrees.")


def test_a_parcel_is_not_sealed_when_its_service_has_begun_to_fly(db: Database) -> None:
    change(db, Product, {"sku": "MUG"}, un_number="3480", batteries=1)
    change(db, Service, {"code": "STD"}, transport="ground")
    add_order(db, "1001", {"MUG": 1})
    packer = Packer(db).sign_in().claim("1001").take("MUG", 2)
    packer.press(CommandName.OK)
    change(db, Service, {"code": "STD"}, transport="air")
    packer.press(CommandName.SKIP)
    assert packer.key == "seal.not_carried"
    change(db, Service, {"code": "STD"}, transport="ground")
    packer.press(CommandName.SKIP)
    assert packer.key == "seal.mark_battery"
    assert "UN 3480" in render(packer.reply.message)


@pytest.mark.parametrize(
    ("more", "key"), [(FLAMMABLE, "mark_limited"), ({"un_number": "3481"}, "mark_battery")]
)
def test_the_packer_is_told_which_mark_to_stick(db: Database, more: dict[str, object], key: str) -> None:
    change(db, Product, {"sku": "MUG"}, **more)
    change(db, Service, {"code": "STD"}, transport="ground")
    add_order(db, "1001", {"MUG": 1})
    packer = Packer(db).sign_in().claim("1001").take("MUG", 2)
    packer.press(CommandName.OK)
    packer.press(CommandName.SKIP)
    assert packer.key == f"seal.{key}"


def test_300_sdr_are_reckoned_in_the_orders_own_minor_unit(db: Database) -> None:
    change(db, Product, {"sku": "MUG"}, **DECLARED)
    add_order(db, "1001", {"MUG": 1}, currency="JPY", **ABROAD)  # type: ignore[arg-type]
    form = document(db, "cn22", "1001", 1)
    assert isinstance(form, CN22)
    assert form.limit_cents == 61_848  # 206.163 JPY an SDR


def test_marks_are_printed_with_the_parcel(db: Database) -> None:
    change(db, Product, {"sku": "MUG"}, un_number="3480")
    change(db, Product, {"sku": "TEA"}, **FLAMMABLE)
    change(db, Service, {"code": "STD"}, transport="ground")
    add_order(db, "1001", {"MUG": 1, "TEA": 1})
    whole_order(Packer(db).sign_in(), "1001", {"MUG": 1, "TEA": 1})
    found = {str(job["document"]): load(job["content"]) for job in rows(db, PrintJob, order_id="1001")}  # type: ignore[arg-type]
    assert found["battery"] == DangerMark("1001", 1, "battery", ("3480",))
    assert found["limited"] == DangerMark("1001", 1, "limited")
    assert verify(db).words().endswith("everything agrees.")
