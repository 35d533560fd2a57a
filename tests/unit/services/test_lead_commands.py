"""What a lead types: the packing policy and the carrier services, changed and shown."""

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from picker.cli import app
from picker.commands.common import Mistake


@pytest.fixture
def db(tmp_path: Path) -> str:
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
    shown = say(db, "service", "EXP", *words, "--side-step", "inch")
    assert shown.splitlines()[1].strip() == (
        "rates 1000:2.99|2000:3.99, up to 2000 g, up to 600x400x400 mm, girth up to 3000 mm, "
        "divisor 5000 with sides to inch, carrier's own label: none"
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
    assert "which separates codes" in refusal(db, "service", "A|B", "--rates", "none")
