"""The one widget in which text is edited. Beside `ink`, the only module that makes what reaches the terminal."""

from rich.text import Text
from textual.widgets import TextArea

from picker.safe import REPLACEMENT, clean


class Editor(TextArea):
    """Text to change; what could steer the terminal is shown as a replacement character, and kept."""

    def __init__(self, text: str, name: str) -> None:
        """`name` is what the style sheet calls it."""
        super().__init__(
            text,
            id=name,
            soft_wrap=True,
            show_line_numbers=True,
            tab_behavior="indent",
            compact=True,
        )
        self.cursor_blink = False

    def get_line(self, line_index: int) -> Text:
        """Return a line to paint, character for character."""
        line = self.document.get_line(line_index)
        if not line.isascii() or not line.isprintable():
            line = "".join(char if char == "\t" else clean(char) or REPLACEMENT for char in line)
        return Text(line, end="", no_wrap=True)
