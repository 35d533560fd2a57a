"""What a scan can stand for: the one place where a code is looked up."""

from sqlalchemy import Connection

from data.store import lookup, parcels
from data.types import CodeKind, CodeMatch
from picker.flow import CommandName
from scanning.codes import OwnKind, command_name, is_sscc, lookup_key, read_own_code
from scanning.parse import parse
from scanning.result import Scan

_OWN_KINDS = {
    OwnKind.BADGE: CodeKind.WORKER,
    OwnKind.LOCATION: CodeKind.LOCATION,
    OwnKind.ORDER: CodeKind.ORDER,
    OwnKind.PACKAGING: CodeKind.PACKAGING,
    OwnKind.PARCEL: CodeKind.PARCEL,
    OwnKind.TOTE: CodeKind.TOTE,
}


def find_matches(connection: Connection, scan: Scan) -> tuple[CodeMatch, ...]:
    """Return everything a scan can stand for: barcodes first, then our own codes, SKUs, words that are commands."""
    if scan.problem is not None:
        return ()
    for key in (scan.key, *scan.other_keys):
        found = lookup.matches(connection, key)
        if found:
            return found
    if is_sscc(scan.sscc or scan.key):
        return _parcel(connection, scan.sscc or scan.key)
    own = _own(connection, scan.text)
    if own:
        return own
    command = _command(scan.text, command_name(scan.text))
    if command is not None:
        return (command,)
    by_sku = lookup.products(connection, {scan.text, scan.key})
    if by_sku:
        return tuple(CodeMatch(CodeKind.PRODUCT, sku) for sku in by_sku)
    typed = _command(scan.text, scan.text.strip().upper())
    return (typed,) if typed else ()


def _parcel(connection: Connection, number: str) -> tuple[CodeMatch, ...]:
    parcel = parcels.of_sscc(connection, number)
    return (CodeMatch(CodeKind.PARCEL, f"{parcel[0]}/{parcel[1]}"),) if parcel else ()


def _own(connection: Connection, text: str) -> tuple[CodeMatch, ...]:
    """What a code of our own stands for. It holds a plain code of the house, so that a badge withdrawn there is
    withdrawn here; totes are kept nowhere and are what they say.
    """
    for own, kind in _OWN_KINDS.items():
        ref = read_own_code(own, text)
        if ref is None:
            continue
        if kind is CodeKind.TOTE:
            return (CodeMatch(kind, ref),)
        if kind is CodeKind.PARCEL:
            return _parcel(connection, ref)
        return tuple(match for match in lookup.matches(connection, lookup_key(ref)) if match.kind is kind)
    return ()


def _command(text: str, word: str | None) -> CodeMatch | None:
    if word is None:
        return None
    if word.startswith("CHOICE") and word[6:] in {str(n) for n in range(1, 10)}:
        return CodeMatch(CodeKind.COMMAND, CommandName.CHOICE.value, int(word[6:]))
    return CodeMatch(CodeKind.COMMAND, word) if word in CommandName.__members__ and word != "CHOICE" else None


def means(connection: Connection, text: str, kind: CodeKind, ref: str) -> bool:
    """Whether a text, given as a scan, is taken for this thing: nothing else of its kind, nor a badge."""
    found = find_matches(connection, parse(text, ""))
    refs = {match.ref for match in found if match.kind is kind}
    return refs == {ref} and (kind is CodeKind.WORKER or CodeKind.WORKER not in {m.kind for m in found})
