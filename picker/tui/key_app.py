"""An app that is led by keys and scans alone."""

from textual.app import App
from textual.driver import Driver
from textual.events import Event, Key, MouseEvent, Paste

from picker.tui.driver import Struck, driver


class KeyApp(App[None], inherit_bindings=False):
    """An app without focus, palette, mouse or bindings: keys come to `strike` in the order they were pressed."""

    CSS_PATH = "picker.tcss"
    ENABLE_COMMAND_PALETTE = False
    AUTO_FOCUS = ""

    def get_driver_class(self) -> type[Driver]:
        """Return the driver that no barcode can break."""
        return driver()

    async def on_event(self, event: Event) -> None:
        """Take input before any binding or widget could."""
        if isinstance(event, (Key, Paste)) and not event.is_forwarded:
            self.strike(event)
        elif not isinstance(event, MouseEvent):
            await super().on_event(event)

    def on_struck(self, message: Struck) -> None:
        """Take the keys that have come."""
        for event in message.take():
            self.strike(event)

    def strike(self, event: Key | Paste) -> None:
        """Answer one key or paste."""
        raise NotImplementedError
