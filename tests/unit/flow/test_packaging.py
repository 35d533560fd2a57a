"""Packaging: the proposal accepted by its code, overridden with a reason, split, or done without."""

from dataclasses import replace

from data.types import PackagingKind, Tariff
from picker.choices import Weighing
from picker.flow import Phase, look, render
from picker.flow.events import PackagingChosen
from picker.flow.packaging import no_plan
from picker.packing import Container, Figure, Item, Missing, Obstacle, PackingPolicy, plan
from tests.unit.flow.shop import MUG, TEA, TOWER, bench, fill, label, packed
from tests.unit.flow.station import Bench


def chosen(station: Bench) -> PackagingChosen:
    event = station.events[0]
    assert isinstance(event, PackagingChosen)
    return event


def test_the_proposal_is_shown_with_its_filling_and_accepted_by_its_code() -> None:
    station = packed(("MUG", 1))
    view = look(station.state)
    assert view.item == "Box S"
    assert [render(step) for step in view.steps]
    assert station.scan("S") == "packaging.done"
    assert chosen(station) == PackagingChosen(1, "S", "S", "", ((1, 1),), 2, 400, True)
    assert station.at(Phase.WEIGH)


def test_ok_accepts_too() -> None:
    station = packed(("MUG", 1))
    assert station.press("OK") == "packaging.done"


def test_another_packaging_wants_a_reason() -> None:
    station = packed(("MUG", 1))
    assert station.scan("M") == "override.ask"
    assert station.scan("0") == "dialog.bad_choice"
    assert station.scan("3") == "packaging.done"
    assert (chosen(station).packaging, chosen(station).proposed) == ("M", "S")
    assert (chosen(station).reason, chosen(station).fits) == ("out_of_stock", True)


def test_the_proposed_packaging_answers_the_question_why() -> None:
    station = packed(("MUG", 1))
    station.scan("M")
    assert station.scan("S") == "packaging.done"
    assert chosen(station).reason == ""


def test_an_unfit_packaging_is_told_at_its_scan_and_asked_about_once() -> None:
    station = packed(("MUG", 12))
    assert station.scan("S") == "packaging.unfit"
    assert "220 x 170 x 130 mm" in station.text
    assert "It takes 8 x Mug" in station.text
    assert render(look(station.state).prompt) == "S: choose 1 to 5, or BACK"
    assert [render(option) for option in look(station.state).options][1:] == [
        "record is wrong", "none left", "customer's wish", "other",
    ]  # fmt: skip
    assert station.at(Phase.PACKAGING)
    assert station.press("3") == "packaging.done_unshown"
    assert (chosen(station).reason, chosen(station).fits) == ("out_of_stock", False)
    assert chosen(station).contents == ((1, 12),)


def test_a_scan_in_between_leaves_the_question_open_and_another_packaging_replaces_it() -> None:
    station = packed(("MUG", 12))
    assert station.scan("S") == "packaging.unfit"
    assert station.scan(MUG) == "dialog.bad_choice"
    assert render(look(station.state).prompt).startswith("S: ")
    assert station.scan("L") == "override.ask"
    assert render(look(station.state).prompt) == "L: choose 1 to 6, or BACK"
    assert station.press("BACK") == "dialog.back"
    assert render(look(station.state).prompt) == "Take Box M and scan it"


def test_only_the_padding_has_no_room() -> None:
    station = bench(("GLASS", 1))
    station.world.box("TIGHT", (120, 100, 80))
    fill(station)
    assert station.scan("TIGHT") == "packaging.unpadded"
    assert station.text.startswith(
        "FITS ONLY WITHOUT ITS PADDING (needs 70 mm on each side): Box TIGHT is 120"
    )
    assert look(station.state).options[0].key == "reason.record_wrong"
    assert station.press("4") == "packaging.done_unshown"
    assert (chosen(station).reason, chosen(station).fits) == ("other", False)


def test_a_packaging_that_no_service_takes_says_so() -> None:
    station = packed(("MUG", 1))
    station.world.box("BIG", (500, 500, 500), services=frozenset({"FREIGHT"}))
    assert station.scan("BIG") == "packaging.unfit"
    assert "goes with no carrier service at 400 g" in station.text


def test_an_overweight_packaging_says_so() -> None:
    station = packed(("MUG", 12))
    station.world.box("FRAIL", (500, 500, 500), max_gross_g=1000, stock=0)
    station.scan("FRAIL")
    assert "would weigh 3,700 g, it carries 1,000 g" in station.text


def test_what_is_no_packaging_is_named() -> None:
    station = packed(("MUG", 1))
    assert station.scan(MUG) == "scan.not_now"
    assert "MUG Mug" in station.text
    assert station.scan("XYZ") == "scan.not_now"


def test_goods_that_fill_no_box_alone_are_split() -> None:
    station = bench(("TEA", 30))
    station.world.packagings = {"S": station.world.packagings["S"]}
    fill(station)
    assert station.scan("S") == "packaging.rest"
    kept = dict(chosen(station).contents)[1]
    assert 0 < kept < 30
    assert [parcel.units for parcel in station.work.parcels] == [((1, kept),), ((1, 30 - kept),)]
    station.press("SKIP")
    assert station.scan(label(station)) == "label.done"
    assert station.at(Phase.PACKAGING)
    assert look(station.state).parcel == 2


def test_the_rest_goes_into_a_parcel_that_was_started_and_left_empty() -> None:
    station = bench(("TEA", 30))
    station.world.packagings = {"S": station.world.packagings["S"]}
    while station.phase is Phase.PICK:
        station.scan(TEA)
    for _ in range(29):
        station.scan(TEA)
    station.scan(TEA)
    assert station.scan("S") == "packaging.rest"
    assert [parcel.number for parcel in station.work.parcels] == [1, 2]


def test_without_dimensions_any_packaging_will_do_and_the_weight_is_unknown() -> None:
    station = packed(("VASE", 1))
    view = look(station.state)
    assert view.hint is not None
    assert "VASE: no dimensions" in render(view.hint)
    assert station.press("OK") == "command.not_now"
    assert station.scan("M") == "packaging.done_unshown"
    assert (chosen(station).reason, chosen(station).fits) == ("no_plan", False)
    assert not look(station.state).steps


def test_the_proposal_is_made_again_after_a_restart() -> None:
    station = packed(("MUG", 1))
    station.restart()
    assert look(station.state).item == "Box S"
    assert station.scan("M") == "override.ask"


def test_a_forgotten_proposal_is_made_before_an_answer() -> None:
    from dataclasses import replace

    station = packed(("MUG", 1))
    station.state = replace(station.state, plan=None, planned=())
    assert station.scan("M") == "override.ask"
    station = packed(("MUG", 1))
    station.state = replace(station.state, plan=None, planned=())
    assert station.press("OK") == "packaging.done"


def test_packaging_runs_out_and_the_next_proposal_knows() -> None:
    station = bench(("MUG", 1), ("TEA", 1), one_scan=True)
    for name in ("M", "L"):
        station.world.packagings.pop(name)
    station.world.box("S", (220, 170, 130), stock=1, price_cents=40)
    station.world.box("M", (310, 220, 160), stock=5, price_cents=60)
    station.scan(MUG)
    station.press("NEXTPARCEL")
    station.scan(TEA, "S")
    station.press("SKIP")
    station.scan(label(station))
    assert look(station.state).item == "Box M"


def test_the_proposal_says_what_it_is_and_what_to_take_care_of() -> None:
    station = bench(("MUG", 1), ("ACID", 1), ("POWER", 1))
    fill(station)
    view = look(station.state)
    facts = [render(fact) for fact in view.facts]
    assert facts[0] == "Box S (S), 220 x 170 x 130 mm inside"
    assert facts[1] == "Nothing cheaper holds these goods"
    assert any(fact.startswith("Fill up with about") and fact.endswith("l of paper") for fact in facts)
    cautions = [render(caution) for caution in view.cautions]
    assert cautions[:3] == [
        "DANGEROUS GOODS, class 8: black and white limited-quantity mark on the parcel",
        "LITHIUM BATTERIES, 74 Wh: no battery touches another, red-hatched mark UN 3480 + UN 3481 on the parcel",
        "LIQUID: closures up, in a leak-proof bag",
    ]


def test_empty_share_nearly_overweight_and_the_last_one_are_warned_of() -> None:
    station = bench(("MUG", 1))
    station.world.packagings.clear()
    station.world.box("L", (420, 320, 320), stock=1, max_gross_g=410)
    station.world.box("CLOSE", (140, 100, 80), price_cents=90_000)
    fill(station)
    cautions = [render(caution) for caution in look(station.state).cautions]
    assert cautions == [
        "98 % EMPTY: Box CLOSE (CLOSE) holds it too",
        "NEARLY TOO HEAVY: 400 g of at most 410 g",
        "This is the last Box L in stock",
    ]


def test_emptiness_that_nobody_can_help_is_told_without_a_warning() -> None:
    station = bench(("GLASS", 1))
    station.world.packagings.clear()
    station.world.box("G", (250, 230, 210))
    station.world.box("TIGHT", (120, 100, 80))
    station.world.box("SOLD_OUT", (245, 225, 205), stock=0)
    fill(station)
    assert not look(station.state).cautions
    assert "96 % empty, 87 % of it padding" in [render(fact) for fact in look(station.state).facts]
    assert "in 50 mm of bubble wrap" in render(look(station.state).steps[0])


def test_where_nothing_in_stock_suits_the_size_that_would_is_told() -> None:
    station = bench(("MUG", 1))
    station.world.packagings.clear()
    station.world.box("L", (420, 320, 320))
    fill(station)
    assert not look(station.state).cautions
    (told,) = [render(fact) for fact in look(station.state).facts if fact.key == "about.empty_size"]
    assert told.startswith("98 % empty. A carton of ")
    assert told.endswith(" mm inside would do")


def test_a_roomier_packaging_taken_instead_is_warned_of_while_it_is_filled() -> None:
    station = packed(("MUG", 4))
    assert not look(station.state).cautions
    station.scan("L", "3")
    assert [caution.key for caution in look(station.state).cautions] == ["care.much_empty"]
    station.restart()
    assert [caution.key for caution in look(station.state).cautions] == ["care.much_empty"]


def test_goods_in_their_own_box_need_no_carton() -> None:
    station = packed(("TOWER", 2))
    view = look(station.state)
    assert render(view.prompt) == "No carton for Tower: OK, or scan it"
    assert render(view.facts[0]) == "NO CARTON: the label goes on the box of Tower itself"
    assert (view.parcel, view.parcels) == (1, 2)
    assert station.scan(TOWER) == "packaging.own_box"
    assert (chosen(station).packaging, chosen(station).contents) == ("own:TOWER", ((1, 1),))
    assert station.phase is Phase.WEIGH
    assert "No carton" in render(look(station.state).prompt)
    station.restart()
    assert look(station.state).filling is not None
    station.press("SKIP")
    station.scan(label(station))
    assert station.press("OK") == "packaging.own_box"
    stock = sum(packaging.stock for packaging in station.world.packagings.values())
    station.press("SKIP")
    assert station.scan(label(station)) == "label.closed"
    assert sum(packaging.stock for packaging in station.world.packagings.values()) == stock


def test_in_its_own_box_it_seals_by_the_products_code() -> None:
    station = packed(("TOWER", 1), weigh=Weighing.OFF)
    station.press("OK")
    assert look(station.state).accepts[1].words == "TOWER"
    assert station.scan("S") == "scan.not_now"
    assert station.scan(TOWER) == "seal.done"


def test_other_packagings_are_offered_with_what_they_cost_more() -> None:
    station = packed(("MUG", 1))
    assert station.press("OTHER") == "other.ask"
    options = [render(option) for option in look(station.state).options]
    assert [option.split(",")[0] for option in options] == ["Box M (M)", "Box L (L)"]
    assert "dearer" in options[0]
    assert station.press("2") == "override.ask"
    assert station.press("4") == "packaging.done"
    assert (chosen(station).packaging, chosen(station).proposed, chosen(station).reason) == (
        "L",
        "S",
        "damage_risk",
    )
    assert look(station.state).filling is not None
    assert look(station.state).filling.packaging.code == "L"  # type: ignore[union-attr]  # checked above


def test_the_list_of_others_is_left_by_a_code_or_back() -> None:
    station = packed(("MUG", 1))
    station.press("OTHER")
    assert station.scan("S") == "packaging.done"
    station.press("UNDO", "OTHER", "BACK")
    assert station.at(Phase.PACKAGING)
    assert station.state.dialog is None


def test_without_a_proposal_the_roomiest_are_offered() -> None:
    station = packed(("VASE", 1))
    assert station.press("OTHER") == "other.ask"
    assert render(look(station.state).options[0]) == "Box L (L), 420 x 320 x 320 mm inside"
    assert station.press("1") == "packaging.done_unshown"


def test_nothing_else_in_stock() -> None:
    station = bench(("MUG", 1))
    station.world.packagings = {"S": station.world.packagings["S"]}
    fill(station)
    assert station.press("OTHER") == "other.none"


def test_of_an_unfit_packaging_only_what_fits_is_taken_by_a_key() -> None:
    station = packed(("MUG", 12))
    station.scan("S")
    assert station.key == "packaging.unfit"
    assert station.press("1") == "packaging.rest"
    assert (chosen(station).contents, chosen(station).fits) == (((1, 8),), True)
    assert [parcel.units for parcel in station.work.parcels] == [((1, 8),), ((1, 4),)]
    assert look(station.state).steps
    station.press("UNDO")
    station.scan("S")
    assert station.press("2") == "packaging.done_unshown"
    assert chosen(station).contents == ((1, 12),)


def test_the_filling_is_shown_again_after_a_restart() -> None:
    for policy in ({}, {"weigh": Weighing.OFF}):
        station = packed(("MUG", 2), ("TEA", 1), **policy)
        station.scan("M", "2")
        before = look(station.state).steps
        station.restart()
        assert look(station.state).steps == before != ()


def test_what_is_billed_above_the_end_of_the_rates_is_named_with_both() -> None:
    tariff = Tariff("ECO", rates=((1000, 299), (2000, 399)))
    gap = Missing("MUG", Obstacle.NOT_CARRIED, Figure.BILLED, 3408, 2000)
    box = Container("B", "B", PackagingKind.CARTON, (300, 250, 220), (308, 258, 232), 100, 20_000, 50)
    goods = [Item(1, "MUG", "Mug", 1, (290, 240, 200), 400)]
    found = plan(goods, [box], PackingPolicy(tariffs=(tariff,)))
    assert found.missing == (replace(gap, got=3688),)
    assert render(no_plan(replace(found, missing=(gap,)))) == (
        "No proposal: MUG: no service sends it, billed as 3,408 g for its size, the rates end at 2,000 g. "
        "Scan the packaging you take"
    )


def test_more_turns_the_page_until_something_else_happens() -> None:
    station = packed(("MUG", 1))
    assert station.press("MORE", "MORE") == "packaging.more"
    assert look(station.state).page == 2
    station.scan("M")
    assert look(station.state).page == 0
    station.press("3")
    assert station.press("MORE") == "packaging.more"
    assert station.press("SKIP", "MORE") == "command.not_now"


def test_what_no_packaging_holds_is_named_with_the_figure_in_the_way() -> None:
    station = packed(("OAR", 1), ("VASE", 1))
    hint = look(station.state).hint
    assert hint is not None
    assert render(hint) == "No proposal: VASE: no dimensions. MEASURE it, or scan the packaging you take"
    station = packed(("OAR", 1))
    hint = look(station.state).hint
    assert hint is not None
    assert "OAR: fits no packaging, longest side 1,900 mm, there is room for 420 mm" in render(hint)
