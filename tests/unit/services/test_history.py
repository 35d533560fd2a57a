"""The audit trail has words for all that can happen."""

from picker.flow.eventlog import EVENTS
from picker.services.office.history import _SENTENCES


def test_every_event_has_a_sentence() -> None:
    assert set(EVENTS.values()) == set(_SENTENCES)
