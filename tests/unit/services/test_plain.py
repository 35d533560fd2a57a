"""The line mode: the same answers in words and as JSON."""

import json
from io import BytesIO, StringIO
from typing import Any, cast

from picker.flow import look
from picker.plain import json_line, run, text_line
from picker.services.station.station import Reply, Station
from scanning.wedge import Habits
from tests.unit.flow.shop import MUG, SOAP, bench, packed
from tests.unit.flow.station import Bench


def told(station: Bench) -> dict[str, Any]:
    """The station's last answer as JSON."""
    assert station.last is not None
    line = json_line(Reply(station.state, station.last.message))
    return dict(json.loads(line))


def test_what_may_be_typed_is_said_in_words() -> None:
    station = bench(("SOAP", 1))
    station.scan(SOAP)
    assert told(station)["accepts"] == [{"kind": "lot", "codes": [], "words": "the lot, up to 20 characters"}]
    station.scan("L1")
    [expiry] = told(station)["accepts"]
    assert expiry["words"] == "the expiry date as YYMMDD or YYYYMMDD"


def test_answers_of_a_question_are_said_in_words() -> None:
    station = bench(("MUG", 1))
    station.press("SHORT")
    [choice] = told(station)["accepts"]
    assert choice["codes"][:2] == ["1", "2"]
    assert choice["words"].startswith("stock is out; could not find it; ")


def test_a_proposal_is_told_whole_in_one_line() -> None:
    station = packed(("MUG", 2))
    assert station.last is not None
    reply = Reply(station.state, station.last.message)
    line = text_line(reply)
    assert "\n" not in line
    assert "Box S (S), 220 x 170 x 130 mm inside" in line
    assert "2 x Mug flat" in line
    found = told(station)
    assert found["steps"]
    assert found["facts"][0].startswith("Box S")
    assert any(fact.startswith("80 % empty") for fact in found["facts"])
    assert found["cautions"] == []
    assert {"kind": "command", "codes": ["OK", "OTHER", "MEASURE"], "words": ""} in found["accepts"]


class Parrot:
    """Says what it heard."""

    def __init__(self) -> None:
        self.bench, self.heard = bench(("MUG", 1)), list[str]()

    def welcome(self) -> Reply:
        assert self.bench.last is not None
        return Reply(self.bench.state, self.bench.last.message)

    def hear(self, raw: str, source: str) -> Reply:
        self.heard.append(raw)
        return self.welcome()


def test_a_scanner_that_types_the_lines_may_have_its_own_prefix_and_separator() -> None:
    parrot, out = Parrot(), StringIO()
    typed = BytesIO(b"~]C1A|B\r\n5001\n")
    run(cast(Station, parrot), typed, out, as_json=False, habits=Habits(prefix="~", separator="|"))
    assert parrot.heard == ["]C1A\x1dB", "5001"]
    assert len(out.getvalue().splitlines()) == 2


def test_measuring_without_a_screen() -> None:
    station = packed(("VASE", 1))
    assert "MEASURE it" in told(station)["hint"]
    station.scan("measure")
    assert told(station)["state"] == "measure"
    assert told(station)["accepts"][0]["kind"] == "sides"
    station.scan("150x80x60", "300 g")
    assert told(station)["key"] == "measure.done"
    assert look(station.state).steps


def test_an_orders_note_is_told_when_it_comes_into_hand_and_before_it_is_packed() -> None:
    station = bench(("MUG", 1), claim=False)
    station.world.notes["O1"] = "Do not send before 10 December"
    station.press("NEXT")

    def line() -> str:
        assert station.last is not None
        return text_line(Reply(station.state, station.last.message))

    note = "Note: Do not send before 10 December"
    assert note in line()
    assert told(station)["note"] == note
    station.scan(MUG)
    assert note not in line()
    assert told(station)["note"] == note
    station.scan(MUG)
    assert note in line()
