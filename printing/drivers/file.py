"""A printer that is a directory: every job as its bytes and as a picture of its paper."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from printing.abilities import Abilities, Language
from printing.drivers.base import Payload
from printing.health import Health, Outcome, Result

if TYPE_CHECKING:
    from PIL.Image import Image

_SAFE = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.")


class FileDriver:
    """Writes `NAME.escpos` (or `.zpl`) and `NAME.png` into a directory, atomically and to the disk."""

    def __init__(self, directory: Path, language: Language = Language.ESCPOS) -> None:
        """Keep the directory's path; it is made when it is first needed."""
        self._directory = directory
        self._language = language

    def preflight(self) -> Health:
        """Ready when the directory is there or can be made."""
        try:
            self._directory.mkdir(parents=True, exist_ok=True)
        except OSError:
            return Health.OFFLINE
        return Health.READY if os.access(self._directory, os.W_OK) else Health.ERROR

    def send(self, payload: Payload, started: Callable[[], None], doubtful: bool) -> Result:
        """Write the picture, then the bytes; the job counts from the moment the bytes have their name.

        A file that is there already with the same bytes is the same job, so nothing here can be
        torn and `doubtful` changes nothing.
        """
        from printing.export import image_png

        stem = self._directory / safe_name(payload.name)
        try:
            self._directory.mkdir(parents=True, exist_ok=True)
            for number, paper in enumerate(self._papers(payload.data), start=1):
                suffix = ".png" if number == 1 else f"-{number}.png"
                write_whole(stem.with_name(stem.name + suffix), image_png(paper))
        except (OSError, ValueError) as error:
            return Result(Outcome.NOT_SENT, Health.ERROR, str(error))
        started()
        try:
            write_whole(stem.with_name(f"{stem.name}.{self._language}"), payload.data)
        except OSError as error:
            return Result(Outcome.UNSURE, Health.ERROR, str(error))
        return Result(Outcome.PRINTED, Health.READY)

    def examine(self) -> Abilities:
        """A directory needs no asking."""
        return Abilities(status=True, confirms=True)

    def close(self) -> None:
        """Nothing is held."""

    def _papers(self, data: bytes) -> list["Image"]:
        """Pictures of the paper; a carrier's own label may use commands that can't be drawn here."""
        if self._language is Language.ESCPOS:
            from printing.interpret import papers

            return papers(data)
        from printing.zpl import ZplError, labels

        try:
            return labels(data)
        except ZplError:
            return []


def safe_name(name: str) -> str:
    """`name` as a file name on any system: other characters become "_", at most 120 of them."""
    safe = "".join(char if char in _SAFE else "_" for char in name)[:120]
    return "_" + safe if safe.startswith(".") or not safe else safe


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that after a power cut it is there whole or not at all."""
    temporary = path.with_name(path.name + ".part")
    try:
        with temporary.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _sync_directory(path.parent)


def _sync_directory(directory: Path) -> None:
    # Windows can't open a directory and needs no sync of it.
    if os.name != "posix":
        return
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
