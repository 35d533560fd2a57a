"""What a scan can stand for: the one place where a code is looked up."""

from sqlalchemy import Connection

from data.store import lookup, parcels
from data.types import CodeKind, CodeMatch
from picker.flow import CommandName
from scanning.codes import OwnKind, command_name, is_own_code, is_sscc, lookup_key, read_own_code
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
    """Return everything a scan can stand for: codes of the house first, then barcodes, SKUs, words that are commands.

    A code of the house is nothing else, not even where it was attached to a product once.
    """
    if scan.problem is not None:
        return ()
    matches = lookup.matches(connection, scan.key)
    if is_own_code(scan.text):
        meant = tuple(match for match in matches if match.kind is not CodeKind.PRODUCT)
        return _own(connection, scan.text) or meant
    if not matches and is_sscc(scan.sscc or scan.key):
        matches = _parcel(connection, scan.sscc or scan.key)
    by_other_keys = (lookup.matches(connection, key) for key in scan.other_keys)
    return matches or next(filter(None, by_other_keys), ()) or _named(connection, scan)


def _named(connection: Connection, scan: Scan) -> tuple[CodeMatch, ...]:
    """What was typed, or printed as a SKU: Caps Lock turns its letters round, an input method widens them."""
    plain, exact = scan.folded or scan.text, {scan.text, scan.key}
    alike = lookup.products(connection, {*exact, plain, plain.upper(), plain.lower(), plain.swapcase()})
    skus = [sku for sku in alike if sku in exact] or list(alike)
    if skus:
        return tuple(CodeMatch(CodeKind.PRODUCT, sku) for sku in skus)
    typed = _command(plain.strip().upper())
    return (typed,) if typed else ()


def _parcel(connection: Connection, number: str) -> tuple[CodeMatch, ...]:
    parcel = parcels.of_sscc(connection, number)
    return (CodeMatch(CodeKind.PARCEL, str(parcel)),) if parcel else ()


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
            return _parcel(connection, ref) or _parcel(connection, text.upper())
        return tuple(match for match in lookup.matches(connection, lookup_key(ref)) if match.kind is kind)
    command = _command(command_name(text) or "")
    return (command,) if command else ()


def _command(word: str) -> CodeMatch | None:
    if word.startswith("CHOICE") and word[6:] in {str(n) for n in range(1, 10)}:
        return CodeMatch(CodeKind.COMMAND, CommandName.CHOICE.value, int(word[6:]))
    return CodeMatch(CodeKind.COMMAND, word) if word in CommandName.__members__ and word != "CHOICE" else None


def means(connection: Connection, text: str, kind: CodeKind, ref: str) -> bool:
    """Whether a text, given as a scan, is taken for this thing: nothing else of its kind, nor a badge."""
    matches = find_matches(connection, parse(text, ""))
    refs = {match.ref for match in matches if match.kind is kind}
    return refs == {ref} and (kind is CodeKind.WORKER or CodeKind.WORKER not in {m.kind for m in matches})
