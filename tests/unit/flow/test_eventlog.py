"""What is one of a closed set comes back from the log as that, and is kept there as a plain text."""

import pytest

from data.types import EventKind
from picker.flow import events as ev
from picker.flow.eventlog import EVENTS, decode, encode

DAMAGED = ev.UnitsDamaged(1, "MUG", 1, ev.DamageSource.TOTE, "", 0, "wet", "minor", "scrap")


@pytest.mark.parametrize(
    ("event", "field", "text"),
    [
        (DAMAGED, "source", "tote"),
        (ev.StopAcknowledged(ev.StopKind.HELD), "kind", "held"),
        (ev.PhotoTaken(ev.PhotoSubject.BOX, 0, 1, "a.jpg", "0" * 64), "subject", "box"),
        (ev.PhotoMissed(ev.PhotoSubject.DAMAGE, 1, 0, "no_picture"), "subject", "damage"),
    ],
)
def test_a_value_of_a_closed_set_is_kept_as_text_and_comes_back_as_itself(
    event: ev.Event, field: str, text: str
) -> None:
    kind, payload = encode(event)
    assert type(payload[field]) is str
    assert payload[field] == text
    again = decode(kind, payload)
    assert again == event
    assert type(getattr(again, field)) is type(getattr(event, field))


def test_a_value_that_this_version_does_not_know_is_not_guessed_at() -> None:
    kind, payload = encode(DAMAGED)
    with pytest.raises(ValueError, match="shelter"):
        decode(kind, {**payload, "source": "shelter"})


def test_the_kinds_that_the_store_asks_for_are_kinds_of_events() -> None:
    assert {kind.value for kind in EventKind} <= set(EVENTS)
