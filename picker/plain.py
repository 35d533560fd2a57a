"""The station without a screen: one scan or command per line in, one verdict per line out."""

import json
import sys
from collections.abc import Iterator
from functools import partial
from typing import BinaryIO, TextIO

from picker.flow import Message, Phase, View, look, render, say
from picker.flow.accepts import Accept
from picker.locale.translations import Translations, bare, translations
from picker.safe import clean
from picker.services.station.station import Reply, Station
from scanning.wedge import Habits

Words = Translations | None
"""What is said in a language; English if none is given."""


def run(
    station: Station,
    source: BinaryIO,
    out: TextIO,
    *,
    as_json: bool,
    idle: str = "en",
    always: str | None = None,
    habits: Habits | None = None,
) -> None:
    """Answer every line of `source` until it ends; each answer is written after its events are on disk.

    It speaks the language of who is signed in, `idle` while nobody is, or `always` the same. A scanner that types
    the lines may have `habits`; its layout is left alone, because people type here as well.
    """
    write = json_line if as_json else text_line

    def line_of(reply: Reply) -> str:
        worker = reply.state.worker
        language = always or (worker.language if worker else idle)
        return write(reply, (bare if as_json else translations)(language))

    # Answers stay one for each line of input, so the greeting goes to the other channel.
    print(line_of(station.welcome()), file=sys.stderr, flush=True)
    meant = (habits or Habits()).separated
    for raw in _lines(source):
        out.write(line_of(station.hear(meant(raw), "plain")) + "\n")
        out.flush()


def _lines(source: BinaryIO) -> Iterator[str]:
    """Lines as they came: bytes that are no UTF-8 stay visible, and GS stays inside its scan."""
    for line in source:
        yield line.decode("utf-8", "replace").rstrip("\r\n")


def text_line(reply: Reply, words: Words = None) -> str:
    """Return one line for people: severity, verdict, then what to do now."""
    view, tell = look(reply.state), partial(render, catalogue=words)
    place = tell(say("also.at", location=view.location)) if view.location else ""
    count = tell(say("also.to_go", count=view.count)) if view.count else ""
    options = "; ".join(f"{n} {tell(option)}" for n, option in enumerate(view.options, 1))
    note = (view.note,) if view.note and _is_time_to_read(reply, view) else ()
    hint = (view.hint,) if view.hint else ()
    shown = (*hint, *note, *view.parked, *view.cautions, *view.facts, *view.steps)
    about = "".join(f"{tell(message)}. " for message in shown)
    todo = f"{about}{tell(view.prompt)}{place}{count}{': ' + options if options else ''}"
    return f"{reply.message.severity.value.upper()} {clean(tell(reply.message))} | {clean(todo)}"


def _is_time_to_read(reply: Reply, view: View) -> bool:
    """The order's note is told when it comes into hand, and again before its parcel is packed."""
    return reply.message.key.startswith(("home.", "station.")) or view.phase is Phase.PACKAGING


def json_line(reply: Reply, words: Words = None) -> str:
    """Return one JSON object for programs: the verdict, where the station stands, and what fits now."""
    view, tell = look(reply.state), partial(render, catalogue=words)
    return json.dumps(
        {
            "state": view.phase.value,
            "severity": reply.message.severity.value,
            "key": reply.message.key,
            "params": _params(reply.message),
            "message": tell(reply.message),
            "saved": reply.saved,
            "accepts": [_accept(accept, words) for accept in view.accepts],
            "order": view.order or reply.order,
            "progress": _progress(view),
            "prompt": tell(view.prompt),
            "hint": tell(view.hint) if view.hint else "",
            "location": view.location,
            "note": tell(view.note) if view.note else "",
            "worker": reply.state.worker.id if reply.state.worker else "",
            "parked": [tell(line) for line in view.parked],
            "offer": reply.state.offer.order if reply.state.offer else "",
            "options": [tell(option) for option in view.options],
            "cautions": [tell(line) for line in view.cautions],
            "facts": [tell(line) for line in view.facts],
            "steps": [tell(line) for line in view.steps],
        },
        ensure_ascii=True,
    )


def _params(message: Message) -> dict[str, object]:
    """The parameters by name; one that is a message itself is its key and parameters."""
    return {
        name: {"key": value.key, "params": _params(value)} if isinstance(value, Message) else str(value)
        for name, value in message.params
    }


def _accept(accept: Accept, words: Words) -> dict[str, object]:
    accepted_as = accept.words or "; ".join(render(hint, words) for hint in accept.hints)
    return {"kind": accept.kind, "codes": list(accept.codes), "words": accepted_as}


def _progress(view: View) -> dict[str, object]:
    lines = [
        {"sku": row.sku, "done": row.done, "wanted": row.wanted, "short": row.short} for row in view.rows
    ]
    return {"done": view.done, "total": view.total, "parcel": view.parcel, "lines": lines}
