"""What a file says of a known order, beside what is stored of it."""

from collections import Counter
from collections.abc import Sequence

from sqlalchemy import RowMapping

from data.hold_reasons import IntakeState
from data.importers.records import OrderIn
from data.importers.upsert import Row
from data.types import OrderState

_TOLD = ("service", "priority", "gift", "note", "gift_message", "giver", "collect_cents", "currency")
_BEGUN = (OrderState.IN_WORK.value, OrderState.PARKED.value)


def row_is_held(row: Row | RowMapping) -> bool:
    """Whether an order's row is held by intake."""
    return row["intake_state"] == IntakeState.HELD


def is_begun(old: RowMapping) -> bool:
    """Whether a station has begun an order."""
    return old["version"] > 0 or old["state"] in _BEGUN


def same_content(old: RowMapping, content: Row, judged: Row) -> bool:
    """Whether a file says of an order what its row holds; its due time is the shop's own reckoning."""
    said = {name: value for name, value in content.items() if name not in ("revision", "due_at")}
    held = is_begun(old) or old["hold_reason"] == judged["hold_reason"]
    return held and all(old[name] == value for name, value in said.items())


def differences(
    old: RowMapping, content: Row, before: Sequence[RowMapping], record: OrderIn, judged: Row, why: str
) -> list[str]:
    """What a file changes of a known order, in words; of its address only that it does, `why` it is held now."""
    changes = [name for name in _TOLD if old[name] != content[name]]
    if any(old[name] != value for name, value in content.items() if name.startswith("ship_")):
        changes.append("address")
    were, are = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for row in before:
        were[row["sku_text"], row["name"]] += row["quantity"]
    for line in record.lines:
        are[line.sku, line.name] += line.quantity
    changes += [
        f"{were[goods]} to {are[goods]} x {goods[0] or goods[1]}"
        for goods in dict.fromkeys((*were, *are))
        if were[goods] != are[goods]
    ]
    again = row_is_held(judged) and not is_begun(old) and old["hold_reason"] != judged["hold_reason"]
    if again or old["intake_state"] != judged["intake_state"]:
        changes.append(f"on hold: {why}" if why else "no longer on hold")
    return changes
