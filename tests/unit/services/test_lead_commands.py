"""What a lead types: the packing policy and the carrier services, changed and shown."""

import json
import re
import tomllib
from pathlib import Path

import pytest
from typer.testing import CliRunner

from picker.cli import app
from picker.errors import Mistake


@pytest.fixture
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("PICKER_HOME", str(tmp_path))
    file = str(tmp_path / "shop.sqlite")
    assert CliRunner().invoke(app, ["init", "--db", file]).exit_code == 0
    return file


def say(db: str, *words: str) -> str:
    done = CliRunner().invoke(app, [*words, "--db", db])
    assert done.exception is None, done.exception
    return done.output


def refusal(db: str, *words: str) -> str:
    done = CliRunner().invoke(app, [*words, "--db", db])
    assert isinstance(done.exception, Mistake), done
    return str(done.exception)


def policy(db: str) -> dict[str, object]:
    found: dict[str, object] = json.loads(say(db, "packing", "policy", "--json"))["policy"]
    return found


def test_the_policy_as_shown_can_be_edited_and_given_back(db: str, tmp_path: Path) -> None:
    shown = say(db, "packing", "policy")
    assert shown.startswith("# Packing policy of shop default, revision 0.")
    file = tmp_path / "policy.toml"
    file.write_text(shown.replace("max_empty_percent = 50", "max_empty_percent = 35"), "utf-8")
    assert "Revision 1" in say(db, "packing", "policy", "set", "--file", str(file))
    assert policy(db)["max_empty_percent"] == 35


def test_settings_are_changed_one_by_one_and_restored(db: str) -> None:
    say(db, "packing", "policy", "set", "max_empty_percent", "40", "--by", "ewa")
    say(db, "packing", "policy", "set", "void_fills", "kraft paper:3", "air:2")
    lines = say(db, "packing", "policy", "history").splitlines()
    assert lines[0].endswith("lead: void_fills")
    assert lines[1].endswith("ewa: max_empty_percent")
    assert lines[2] == "0  as it comes"
    say(db, "packing", "policy", "restore", "0")
    assert policy(db)["max_empty_percent"] == 50
    revisions = json.loads(say(db, "packing", "policy", "history", "--json"))
    assert [revision["revision"] for revision in revisions] == [3, 2, 1, 0]


def test_a_policy_that_cannot_be_is_refused_in_words(db: str, tmp_path: Path) -> None:
    ask = refusal(db, "packing", "policy", "set")
    assert ask == refusal(db, "packing", "policy", "set", "stable")
    assert ask.startswith("Expected KEY VALUE or --file")
    assert refusal(db, "packing", "policy", "restore", "7") == "expected a revision from 0 to 0, got 7"
    assert refusal(db, "packing", "policy", "set", "max_empty_percent", "140").endswith("100, got 140")
    file = tmp_path / "policy.toml"
    file.write_text("effort = true\n", "utf-8")
    assert f"{file}: line 1, effort: expected" in refusal(db, "packing", "policy", "set", "--file", str(file))
    assert "can't be read" in refusal(db, "packing", "policy", "set", "--file", str(tmp_path / "none"))
    assert policy(db)["effort"] == 48


def test_a_service_gets_its_tariff_and_loses_it_again(db: str) -> None:
    words = ("--rates", "1000:2.99|2000:3.99", "--max-sides", "400x600x400", "--max-girth", "3000")
    shown = say(db, "service", "EXP", "--new", *words, "--side-step", "inch")
    assert shown.splitlines()[1].strip() == (
        "rates 1000:2.99|2000:3.99, up to 2000 g, up to 600x400x400 mm, girth up to 3000 mm, "
        "divisor 5000 with sides to inch, carrier's own label: none, n of m: none"
    )
    shown = say(db, "service", "EXP", "--rates", "none", "--max-sides", "none", "--max-girth", "none")
    assert "4.20 and 0.85 for each 500 g, up to 30000 g, divisor 5000 with sides to inch" in shown


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--rates", "2000:3|1000:2"), "Rates: expected weights in g .* got '2000:3|1000:2'"),
        (("--max-sides", "big"), "Greatest sides: expected three sides .* got 'big'"),
        (("--max-girth", "0"), "Greatest girth: expected mm .* got '0'"),
        (("--side-step", "0"), "Side step: expected mm .* got '0'"),
        (("--cutoff", "7:30"), "Cut-off: expected HH:MM, got '7:30'"),
    ],
)
def test_a_tariff_that_cannot_be_is_refused(db: str, words: tuple[str, str], told: str) -> None:
    assert re.match(told.replace("|", r"\|"), refusal(db, "service", "EXP", *words))


def test_prices_without_a_service_ask_which(db: str) -> None:
    assert refusal(db, "service", "--rates", "none").startswith("Which service?")
    assert "characters without |" in refusal(db, "service", "A|B", "--new")


def test_a_slip_makes_no_service(db: str) -> None:
    for words in (["service", "STANDRAD", "--cutoff", "17:30"], ["service", "standrad"]):
        assert refusal(db, *words).endswith("known are STANDARD; --new makes one")
    assert "STANDARD: " in say(db, "service", "standard", "--cutoff", "17:30")
    assert "already" in refusal(db, "service", "Standard", "--new")
    assert say(db, "service").count("cut-off") == 1


def test_a_service_that_no_open_order_wants_is_retired(db: str, tmp_path: Path) -> None:
    say(db, "service", "EXP", "--new", "--cutoff", "17:30")
    file = tmp_path / "orders.csv"
    file.write_text("order,sku,quantity,service\n1001,A,1,EXP\n", "utf-8")
    say(db, "import", "orders", str(file))
    assert refusal(db, "service", "EXP", "--retire") == "Service EXP can't be retired: 1 open orders want it"
    say(db, "order", "cancel", "1001")
    assert say(db, "service", "exp", "--retire") == "EXP is retired.\n"
    assert "EXP" not in say(db, "service")
    assert refusal(db, "service", "EXP").startswith("There is no service 'EXP'")
    file.write_text("order,sku,quantity,service\n1002,A,1,EXP\n", "utf-8")
    assert "Service EXP was retired; orders want it again." in say(db, "import", "orders", str(file))
    assert "EXP: EXP, EXP, cut-off 17:30" in say(db, "service", "EXP")


def test_the_shop_lies_in_a_country(db: str) -> None:
    for wrong in ("Poland", "P", "XX", "EU", "ZZ", "99"):
        assert refusal(db, "shop", "--country", wrong).endswith(f"got {wrong!r}")
    assert " PL\n" in say(db, "shop", "--country", "pl")


def test_a_hold_says_why_in_the_leads_own_words(db: str, tmp_path: Path) -> None:
    file = tmp_path / "orders.csv"
    file.write_text("order,sku,quantity\n1001,A,1\n", "utf-8")
    say(db, "import", "orders", str(file))
    say(db, "order", "hold", "1001", "--reason", " address \n unclear ")
    told = CliRunner().invoke(app, ["station", "--plain", "--db", db], input="LEAD0001\n1001\n").stdout
    assert told.splitlines()[1].startswith("STOP ON HOLD: 1001: address unclear.")
    assert "address unclear" in say(db, "lead")
    for wrong in (" ", "x" * 201):
        assert "--reason: expected 1 to 200 characters" in refusal(
            db, "order", "hold", "1001", "--reason", wrong
        )


def test_the_program_says_its_name_and_version() -> None:
    project = tomllib.loads((Path(__file__).parents[3] / "pyproject.toml").read_text("utf-8"))["project"]
    assert CliRunner().invoke(app, ["--version"]).output == f"picker {project['version']}\n"


def test_a_further_shop_is_made_listed_and_set(db: str, tmp_path: Path) -> None:
    made = say(db, "shop", "add", "tea", "--name", "Teahouse", "--gs1-prefix", "5901234", "--currency", "kwd")
    assert made.startswith("tea: Teahouse; sender")
    assert "prices in KWD" in made
    assert (
        say(db, "shop", "list") == "default: My shop; GS1 prefix 9521234\ntea: Teahouse; GS1 prefix 5901234\n"
    )
    assert "Hill 1" in say(db, "shop", "--shop", "tea", "--sender", "Teahouse|Hill 1")
    assert refusal(db, "shop", "add", "TEA").endswith("There is a shop tea (Teahouse) already")
    assert "Teahouse" in refusal(db, "shop", "--shop", "default", "--name", "teahouse")
    assert "1 to 16 letters" in refusal(db, "shop", "add", "my tea")
    assert say(db, "campaign", "list", "--shop", "tea") == say(db, "campaign", "list", "--shop", "default")


def test_with_several_shops_an_import_of_orders_says_whose(db: str, tmp_path: Path) -> None:
    say(db, "shop", "add", "tea")
    file = tmp_path / "orders.csv"
    file.write_text("order,order_id,sku,quantity,name,address1,city\n1001,51,A,1,Ada,Mill 1,Leeds\n", "utf-8")
    unsaid = CliRunner().invoke(app, ["import", "orders", str(file), "--db", db])
    assert "expected --shop default (my shop) or tea (tea)" in str(unsaid.exception).casefold()
    assert "1 held" in say(db, "import", "orders", str(file), "--shop", "default")
    assert "tea/51 is called tea-1001 here" in say(db, "import", "orders", str(file), "--shop", "TEA")
    goods = tmp_path / "products.csv"
    goods.write_text("sku,name,barcodes\nA,Mug,9520000000011\n", "utf-8")
    assert "2 held orders can be packed now" in say(db, "import", "products", str(goods))


def test_an_import_says_in_words_why_it_holds_and_which_line(db: str, tmp_path: Path) -> None:
    goods, file = tmp_path / "products.csv", tmp_path / "orders.csv"
    goods.write_text("sku,name,barcodes\nA,Mug,9520000000011\nPOT,Pot,\n", "utf-8")
    say(db, "import", "products", str(goods))
    ada = "Ada,Mill 1,Leeds,LS1 1AA,GB"
    lines = ["1,NOPE,1,Green thing", "2,POT,1,", "3,,1,Gift wrapping"]
    rows = [f"{line},{ada},{'unpaid' if line[0] == '3' else ''}" for line in lines]
    rows.append("4,A,1,,Ada,,,,GB,")
    head = "order,sku,quantity,item,name,address1,city,zip,country,status"
    file.write_text("\n".join((head, *rows)), "utf-8")
    said = say(db, "import", "orders", str(file))
    assert "Order 1 is on hold: unknown SKU: line 1, Green thing (NOPE)." in said
    assert "Order 2 is on hold: product without a barcode: line 1, POT." in said
    assert "Order 3 is on hold: not paid; unknown SKU: line 1, Gift wrapping." in said
    assert "Order 4 is on hold: its address is incomplete: street, city, zip." in said
    assert "no barcode: line 1, POT" in say(db, "lead")
