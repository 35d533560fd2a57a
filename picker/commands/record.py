"""`picker record` and `picker replay`: a shift written down, and played again."""

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from picker.commands.common import Db, Json, say, settings
from picker.commands.station import Name, Plain, open_plain, open_screen
from picker.errors import Mistake

if TYPE_CHECKING:
    from picker.config import Settings
    from picker.services.station.station import Reply
    from scanning.recording import Moment


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    app.command("record")(record)
    app.command("replay")(replay)


def record(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Is added to; made when it isn't there.")],
    db: Db = None,
    name: Name = None,
    plain: Plain = False,
) -> None:
    """Open a packing station that writes every scan and key to a file, with its time and source.

    The setting record does the same for every picker station.
    """

    def choose() -> "Settings":
        return settings(db, name).model_copy(update={"record": str(file)})

    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.open("a").close()
    except OSError as error:
        raise Mistake(f"{file} can't be written: {error.strerror}") from None
    if plain:
        open_plain(choose(), as_json=False, language=None)
    else:
        open_screen(choose, practice=False)


def replay(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What picker record has written.")],
    db: Annotated[
        str | None,
        typer.Option(
            "--db", metavar="FILE", help="A SQLite database, best from before the shift; it is copied."
        ),
    ] = None,
    speed: Annotated[
        float, typer.Option(min=0, help="1: with the pauses of the shift; 10: with a tenth.")
    ] = 0,
    as_json: Json = False,
) -> None:
    """Play a recorded shift on a copy of a database and show every verdict. The database itself stays as it is.

    The same recording on the same database gives the same verdicts. Exit code 1: something was not saved.
    """
    from picker.services.station.recording import copied
    from picker.services.station.recording import replay as play
    from scanning.recording import RecordingError, is_cut

    count: Counter[str] = Counter()
    try:
        with copied(settings(db).db) as copy:
            for moment, reply in play(file, copy, speed):
                count[reply.message.severity.value if reply.saved else "not saved"] += 1
                _show(moment, reply, as_json=as_json)
        cut = is_cut(file)
    except RecordingError as error:
        raise Mistake(str(error)) from None
    except OSError as error:
        raise Mistake(f"{file} can't be read: {error.strerror}") from None
    if as_json:
        typer.echo(json.dumps({"inputs": count.total(), "verdicts": dict(sorted(count.items())), "cut": cut}))
    else:
        verdicts = ", ".join(f"{number} {name}" for name, number in sorted(count.items()))
        say(f"{count.total()} inputs: {verdicts or 'none'}.")
        if cut:
            say("The last line is cut off, and was left out.")
    raise typer.Exit(1 if count["not saved"] else 0)


def _show(moment: "Moment", reply: "Reply", *, as_json: bool) -> None:
    from picker.flow import render
    from scanning.recording import line_of

    severity, words = reply.message.severity.value, render(reply.message)
    if as_json:
        verdict = {"severity": severity, "key": reply.message.key, "message": words, "saved": reply.saved}
        typer.echo(json.dumps({**json.loads(line_of(moment)), **verdict}))
        return
    given = getattr(moment, "raw", "") or getattr(moment, "command", "") or "station opened"
    say(f"{moment.at:%H:%M:%S}  {given[:40]:<40}  {severity.upper():<7} {words}")
