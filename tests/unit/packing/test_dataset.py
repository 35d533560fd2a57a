"""Files of orders: understood, answered, and refused in words."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from data.types import Rotation
from picker.cli import app
from picker.errors import Mistake
from picker.packing.dataset import dataset_of
from picker.packing.types import Objective

FILE: dict[str, Any] = {
    "boxes": [
        {"id": "S", "kind": "carton", "inner": [200, 150, 100], "outer": [208, 158, 112], "tare": 100,
         "max_gross": 8_000, "cost": 38},
        {"id": "L", "kind": "carton", "inner": [400, 300, 300], "outer": [408, 308, 312], "tare": 500,
         "max_gross": 20_000, "cost": 118},
    ],
    "pricing": {"base": 420, "per_step": 85, "step_g": 500, "dim_div": 5000},
    "min_support": 0.6,
    "orders": [
        {"id": "o1", "items": [{"sku": "A", "qty": 2, "dims": [100, 80, 40], "weight": 300, "rot": "flat",
                                "max_top": None}]},
        {"id": "o2", "items": [{"sku": "B", "qty": 1, "dims": [900, 80, 40], "weight": 300, "rot": "any"}]},
    ],
}  # fmt: skip


def changed(path: tuple[str | int, ...], value: object) -> dict[str, Any]:
    data = json.loads(json.dumps(FILE))
    at = data
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = value
    return data  # type: ignore[no-any-return]


def test_a_file_is_understood() -> None:
    data = dataset_of(FILE, Objective.COST)
    assert data.policy.min_support_percent == 60
    assert (data.policy.tariffs[0].base_cents, data.policy.tariffs[0].dim_divisor) == (420, 5000)
    assert data.containers[0].inner_mm == (200, 150, 100)
    assert data.orders[0].items[0].rotation is Rotation.UPRIGHT


def test_prices_may_be_left_out() -> None:
    data = dataset_of(changed(("pricing",), None), Objective.BOXES)
    assert (data.policy.tariffs[0].base_cents, data.policy.tariffs[0].step_cents) == (0, 0)


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        (("boxes",), 7, "'boxes': expected a list, got 7"),
        (("boxes", 1, "inner"), [1, 2], "boxes 1, 'inner': expected three whole numbers"),
        (("orders", 0, "items", 0, "qty"), -1, "orders 0, items 0, 'qty': expected a whole number"),
        (("orders", 0, "items", 0, "weight"), "2 kg", "expected a whole number from 0, got '2 kg'"),
        (("orders", 0, "items", 0, "dims"), [1, 2, 2.5], "expected three whole numbers of mm above 0"),
        (("orders", 0, "items", 0, "rot"), "up", "expected one of any, flat, none, got 'up'"),
        (("pricing", "step_g"), 0, "expected a whole number from 1, got 0"),
        (("min_support",), 60, "expected a number from 0 to 1, got 60"),
    ],
)
def test_what_is_wrong_in_a_file_is_said(path: tuple[str | int, ...], value: object, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        dataset_of(changed(path, value), Objective.COST)


def test_solve_writes_a_line_for_each_order(tmp_path: Path) -> None:
    (tmp_path / "in.json").write_text(json.dumps(FILE))
    out = tmp_path / "out.jsonl"
    done = CliRunner().invoke(app, ["packing", "solve", str(tmp_path / "in.json"), str(out), "--json"])
    assert done.exit_code == 1
    first, second = (json.loads(line) for line in out.read_text().splitlines())
    assert (first["id"], first["err"], first["ms"] > 0) == ("o1", None, True)
    assert [box["box"] for box in first["boxes"]] == ["S"]
    assert sorted(place[4:] for place in first["boxes"][0]["pl"]) in (
        [[80, 100, 40]] * 2,
        [[100, 80, 40]] * 2,
        [[80, 100, 40], [100, 80, 40]],
    )
    assert (second["boxes"], second["err"]) == ([], "B: fits_nowhere")
    sums = json.loads(done.stdout)
    assert (sums["orders"], sums["failed"], sums["parcels"]) == (2, 1, 1)


def test_solve_takes_an_objective_and_says_what_it_did(tmp_path: Path) -> None:
    one = changed(("orders",), FILE["orders"][:1])
    (tmp_path / "in.json").write_text(json.dumps(one))
    args = [
        "packing",
        "solve",
        str(tmp_path / "in.json"),
        str(tmp_path / "out"),
        "--objective",
        "boxes",
        "--stable",
    ]
    done = CliRunner().invoke(app, args)
    assert done.exit_code == 0
    assert "1 orders in 1 parcels" in done.stdout


@pytest.mark.parametrize(
    ("text", "words"),
    [("{", "is not a file of orders"), ("[]", "expected an object"), (None, "can't be read")],
)
def test_solve_refuses_in_words(tmp_path: Path, text: str | None, words: str) -> None:
    file = tmp_path / "in.json"
    if text is not None:
        file.write_text(text)
    done = CliRunner().invoke(app, ["packing", "solve", str(file), str(tmp_path / "out")])
    assert isinstance(done.exception, Mistake)
    assert words in str(done.exception)


def test_solve_never_overwrites_its_own_orders(tmp_path: Path) -> None:
    file = tmp_path / "in.json"
    file.write_text(json.dumps(FILE))
    done = CliRunner().invoke(app, ["packing", "solve", str(file), str(file)])
    assert isinstance(done.exception, Mistake)
    assert json.loads(file.read_text()) == FILE
