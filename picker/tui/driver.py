"""Terminal drivers that no barcode can break: a wrong byte or a stray escape becomes a refused character."""

import re
import sys
from collections import deque
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from textual._xterm_parser import XTermParser
from textual.driver import Driver
from textual.events import Key, Paste
from textual.message import Message

from scanning.characters import REPLACEMENT

if TYPE_CHECKING:
    from textual.app import App

# An escape that begins no terminal sequence. Textual turns ESC 3 into "£" and ESC [ into "^[": an altered
# scan that might pass; U+FFFD is refused. A lone ESC at the end of a read is the key.
_STRAY_ESCAPE = re.compile(r"\x1b(?=[^\x1b\[O])|\x1b(?=\[(?![0-9;:<>=?$ ]*(?:[A-Za-z~@^\x60]|\Z)))")


def without_stray_escapes(text: str) -> str:
    """`text` of one read from the terminal, with each escape that begins no sequence as U+FFFD."""
    return _STRAY_ESCAPE.sub("\ufffd", text)


class Struck(Message, bubble=False):
    """Keys and pastes wait to be taken."""

    def __init__(self) -> None:
        super().__init__()
        self._events: deque[Key | Paste] = deque()
        self._told = False

    def add(self, event: Key | Paste) -> bool:
        """Add one, on the input's thread; returns whether the app has to be told of it."""
        self._events.append(event)
        announced, self._told = self._told, True
        return not announced

    def take(self) -> Iterator[Key | Paste]:
        """Those that came until now, in their order; on the app's thread."""
        # First this: a key that comes from here on is told of anew, so that none waits and no flood stops the screen.
        self._told = False
        for _ in range(len(self._events)):
            yield self._events.popleft()


class KeyParser(XTermParser):
    """Textual's parser, which a sequence with impossible numbers in it would end, and all input with it."""

    def _sequence_to_key_events(self, sequence: str, alt: bool = False) -> Iterator[Key]:
        try:
            yield from super()._sequence_to_key_events(sequence, alt)
        except (ValueError, OverflowError):
            yield Key(REPLACEMENT, REPLACEMENT)

    def parse_mouse_code(self, code: str) -> Message | None:
        """A mouse event, or None for what only looks like one."""
        try:
            return super().parse_mouse_code(code)
        except ValueError:
            return None

    def read(self, text: str) -> Iterator[Message]:
        """What `text` of one read comes to; none is an unfinished character and, unlike in `feed`, not the end."""
        if text:
            yield from self.feed(without_stray_escapes(text))


class _Together(Driver):
    """Hands keys to the app in one message for all that have come: a message costs more than a key, and a painting
    that held up a scanner's burst would be followed by one message for each of its characters.
    """

    def __init__(self, *driver: Any, **more: Any) -> None:
        super().__init__(*driver, **more)
        self._struck = Struck()

    def process_message(self, message: Message) -> None:
        """Take one message of the input's thread."""
        if not isinstance(message, (Key, Paste)):
            super().process_message(message)
        elif self._struck.add(message):
            self.send_message(self._struck)


if sys.platform == "win32":
    from textual.drivers.windows_driver import WindowsDriver

    class StationDriver(_Together, WindowsDriver):
        """The Windows console without a mouse; it delivers characters, never bytes."""

        def __init__(
            self,
            app: "App[Any]",
            *,
            debug: bool = False,
            mouse: bool = False,
            size: tuple[int, int] | None = None,
        ) -> None:
            super().__init__(app, debug=debug, mouse=False, size=size)

else:
    import contextlib
    import os
    import selectors
    from codecs import getincrementaldecoder

    from textual.drivers.linux_driver import LinuxDriver

    _POLL = 0.1

    class StationDriver(_Together, LinuxDriver):
        """A terminal without a mouse, whose input thread outlives bytes that are no UTF-8."""

        def __init__(
            self,
            app: "App[Any]",
            *,
            debug: bool = False,
            mouse: bool = False,
            size: tuple[int, int] | None = None,
        ) -> None:
            super().__init__(app, debug=debug, mouse=False, size=size)

        def _get_terminal_size(self) -> tuple[int, int]:
            # COLUMNS and LINES, once exported, never change; asked first, they would freeze the layout.
            with contextlib.suppress(OSError):
                columns, rows = os.get_terminal_size(self.fileno)
                if columns and rows:
                    return columns, rows
            return super()._get_terminal_size()

        def run_input_thread(self) -> None:
            """Read until the app ends; replaces Textual's loop, whose strict decoder a Latin-1 byte kills."""
            parser = KeyParser(self._debug)
            decode = getincrementaldecoder("utf-8")(errors="replace").decode
            with selectors.SelectSelector() as selector:
                selector.register(self.fileno, selectors.EVENT_READ)
                while not self.exit_event.is_set():
                    if selector.select(_POLL):
                        data = os.read(self.fileno, 4096)
                        if not data:
                            self._app.call_later(self._app.exit)
                            return
                        for message in parser.read(decode(data)):
                            self.process_message(message)
                    for message in parser.tick():
                        self.process_message(message)


def driver() -> type[Driver]:
    """Return the driver class for this system."""
    return StationDriver
