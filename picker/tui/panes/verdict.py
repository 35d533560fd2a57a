"""The verdict of the last scan: the biggest thing on the screen, seen in half a second from two metres."""

from collections.abc import Sequence

from rich.cells import cell_len

from picker.flow import Severity
from picker.tui.glyphs import LOW, TALL, large
from picker.tui.ink import BANDS, SHAPES, Ink, Line, beside, centred, wrap
from picker.tui.model import StationModel
from picker.tui.pane import Pane


class VerdictBand(Pane):
    """A full-width band: shape, word and colour at once, and the sentence beside them."""

    def __init__(self, model: StationModel) -> None:
        super().__init__("verdict")
        self._model = model

    def ground(self) -> Ink:
        severity = self._model.verdict.severity
        return BANDS[severity] if severity else Ink.ON_INFO

    def paint(self, width: int, height: int) -> Sequence[Line]:
        ink = self.ground()
        sign = self._sign(width, height)
        sign_width = max(cell_len(row) for row in sign) + 5
        text_width = width - sign_width - 1
        if text_width < 20:
            return [((f" {sign[0]}", ink),), *self._sentence(width - 2, height - 1, " ")]
        sentence = centred(self._sentence(text_width, height, ""), height)
        block = centred([((f"  {row}", ink),) for row in sign], height)
        return beside(block, sentence, sign_width, ink)

    def _sign(self, width: int, height: int) -> tuple[str, ...]:
        severity = self._model.verdict.severity
        shape = SHAPES[severity] if severity else "…"
        name = self._model.words(f"ui.{severity.value}" if severity else "ui.busy")
        if height < LOW or width < 60:
            return (f"{shape} {name}",)
        size = TALL if height >= TALL + 2 else LOW
        return large(f"{shape} {name}", size, width * 45 // 100) or _beside_its_shape(
            shape, name, size, width
        )

    def _sentence(self, width: int, height: int, margin: str) -> list[Line]:
        ink = self.ground()
        return [((margin + row, ink),) for row in wrap(self._model.verdict.text, width, height)]


def _beside_its_shape(shape: str, name: str, size: int, width: int) -> tuple[str, ...]:
    """A word of letters that have no dots: only its shape is large."""
    drawn = large(shape, size, width) or (shape,)
    middle = len(drawn) // 2
    return tuple(f"{row}  {name}" if n == middle else row for n, row in enumerate(drawn))


def sounds(severity: Severity) -> bool:
    """Whether a verdict rings the bell: the packer must stop and look."""
    return severity in (Severity.ERROR, Severity.STOP)
