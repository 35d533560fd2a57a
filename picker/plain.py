"""The station without a screen: one scan or command per line in, one verdict per line out."""

import json
import sys
from collections.abc import Iterator
from typing import BinaryIO, TextIO

from picker.flow import View, look, render
from picker.flow.wants import Accept
from picker.safe import clean
from picker.services.station import Reply, Station


def run(station: Station, source: BinaryIO, out: TextIO, *, as_json: bool) -> None:
    """Answer every line of `source` until it ends; each answer is written after its events are on disk."""
    greeting = station.welcome()
    # Answers stay one for each line of input, so the greeting goes to the other channel.
    print(json_line(greeting) if as_json else text_line(greeting), file=sys.stderr, flush=True)
    for raw in _lines(source):
        reply = station.hear(raw, "plain")
        out.write((json_line(reply) if as_json else text_line(reply)) + "\n")
        out.flush()


def _lines(source: BinaryIO) -> Iterator[str]:
    """Lines as they came: bytes that are no UTF-8 stay visible, and GS stays inside its scan."""
    for line in source:
        yield line.decode("utf-8", "replace").rstrip("\r\n")


def text_line(reply: Reply) -> str:
    """Return one line for people: verdict, then what to do now."""
    view = look(reply.state)
    place = f" at {view.location}" if view.location else ""
    count = f" ({view.count} to go)" if view.count else ""
    options = "; ".join(f"{n} {render(option)}" for n, option in enumerate(view.options, 1))
    told = (*([view.hint] if view.hint else []), *view.cautions, *view.facts, *view.steps)
    about = "".join(f"{render(message)}. " for message in told)
    todo = f"{about}{render(view.prompt)}{place}{count}{': ' + options if options else ''}"
    return f"{reply.message.severity.value.upper()} {clean(render(reply.message))} | {clean(todo)}"


def json_line(reply: Reply) -> str:
    """Return one JSON object for programs: the verdict, where the station stands, and what fits now."""
    view = look(reply.state)
    return json.dumps(
        {
            "state": view.phase.value,
            "severity": reply.message.severity.value,
            "key": reply.message.key,
            "message": render(reply.message),
            "saved": reply.saved,
            "accepts": [_accept(accept) for accept in view.accepts],
            "order": view.order or reply.order,
            "progress": _progress(view),
            "prompt": render(view.prompt),
            "hint": render(view.hint) if view.hint else "",
            "location": view.location,
            "worker": reply.state.worker.id if reply.state.worker else "",
            "offer": reply.state.offer.order if reply.state.offer else "",
            "options": [render(option) for option in view.options],
            "cautions": [render(line) for line in view.cautions],
            "facts": [render(line) for line in view.facts],
            "steps": [render(line) for line in view.steps],
        },
        ensure_ascii=True,
    )


def _accept(accept: Accept) -> dict[str, object]:
    words = accept.words or "; ".join(render(hint) for hint in accept.hints)
    return {"kind": accept.kind, "codes": list(accept.codes), "words": words}


def _progress(view: View) -> dict[str, object]:
    lines = [
        {"sku": row.sku, "done": row.done, "wanted": row.wanted, "short": row.short} for row in view.rows
    ]
    return {"done": view.done, "total": view.total, "parcel": view.parcel, "lines": lines}
