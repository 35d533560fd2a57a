"""A packer who does what the screen says, and gets every order off the bench."""

from itertools import count

from picker.flow import Phase
from picker.flow.accepts import Accept, accepts
from picker.flow.state import DialogKind, State
from tests.unit.flow.shop import label
from tests.unit.flow.station import Bench

_numbers = count(1)


def obey(station: Bench) -> None:
    """Do the first thing that the station accepts now."""
    state = station.state
    if state.dialog is not None:
        station.press("1" if state.dialog.kind is DialogKind.UNIT else "BACK")
    elif state.take_out:
        station.press("OK")
    elif state.phase is Phase.SIGNED_OUT:
        station.scan("BADGE-Ada")
    elif state.phase is Phase.LABEL:
        station.scan(label(station))
    elif state.phase is Phase.CAPTURE:
        _capture(station)
    elif state.measuring is not None:
        _measure(station)
    else:
        _take(station, _first(state))


def _first(state: State) -> Accept:
    found = accepts(state)
    return next((accept for accept in found if accept.codes), found[0])


def _capture(station: Bench) -> None:
    """Scan whatever is owed; a serial number that nobody has used yet."""
    owed = _first(station.state).kind
    station.scan("20281231" if owed == "expiry" else f"NO-{next(_numbers)}")


def _measure(station: Bench) -> None:
    """Give whatever is asked of a product, as often as it takes; leave when none is."""
    kind = accepts(station.state)[0].kind
    for _ in range(2):
        if station.state.measuring and kind == accepts(station.state)[0].kind:
            if kind == "choice":
                station.press("1")
            elif kind == "sides":
                station.scan("200x150x100")
            else:
                station.scan("400") if kind == "weight" else station.press("BACK")


def _take(station: Bench, accept: Accept) -> None:
    if accept.kind == "command":
        _press(station, accept.codes[0])
    elif accept.kind == "weight":
        station.scan(*(accept.codes[:1] or ("500", "500")))
    elif accept.kind == "packaging":
        _box(station, accept.codes[0])
    elif accept.kind == "order":
        station.press("PARK") if not accept.codes else station.scan(accept.codes[0])
    else:
        _item(station, accept)


def _item(station: Bench, accept: Accept) -> None:
    if station.scan(accept.codes[0]) == "scan.which":
        assert station.state.dialog is not None
        station.press(str(station.state.dialog.options.index(accept.words) + 1))
    if station.key == "takeout.serial":
        skus = {line.line: line.sku for line in station.work.lines}
        station.scan(next(s for n, s in sorted(station.work.serials) if skus[n] == accept.words))


def _press(station: Bench, name: str) -> None:
    station.press(name)
    if name == "PARK":
        station.press("1")


def _box(station: Bench, code: str) -> None:
    station.scan(code)
    if station.state.dialog is not None:
        station.press("1")


def drive(station: Bench, most: int = 400) -> None:
    """Obey until the bench is free."""
    for _ in range(most):
        if station.state.work is None:
            return
        obey(station)
    raise AssertionError(f"{station.phase}: {station.text} after {most} inputs")
