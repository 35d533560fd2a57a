"""Settings of a station: from the environment (PICKER_...), or from `picker.toml` in the data folder."""

from pathlib import Path

import platformdirs
from pydantic import Field
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from picker.flow.policy import Attaching, FlowPolicy, Weighing


def data_dir() -> Path:
    """Return the folder of this machine's Picker files, for this user."""
    return Path(platformdirs.user_data_dir("picker", appauthor=False))


class Settings(BaseSettings):
    """What a warehouse can set; every field is also an environment variable PICKER_<NAME>."""

    model_config = SettingsConfigDict(env_prefix="PICKER_", extra="ignore", use_attribute_docstrings=True)

    db: str = Field(default_factory=lambda: str(data_dir() / "picker.sqlite"))
    """The shop's database: a file path, or postgresql://user:password@host/name when stations share work."""
    home: Path = Field(default_factory=data_dir)
    """Where this station keeps its own files: print spool, paper, logs."""
    station: str = "PACK-1"
    """This station's name; no two running stations may share one."""
    shop: str = "default"
    """The shop whose sender, GS1 company prefix and return address the documents carry."""
    timezone: str = "UTC"
    """The warehouse's time zone, by which cut-off times are read, such as Europe/Warsaw."""
    one_scan: bool = False
    """One scan picks and checks (small shops)."""
    confirm_location: bool = False
    """Locations must be scanned before their items."""
    weigh: Weighing = Weighing.OPTIONAL
    """Whether parcels are weighed: required, optional or off."""
    attach_barcode: Attaching = Attaching.PACKER
    """Who may attach an unknown barcode to the product in hand: off, lead (with a badge), or packer."""
    label_scan: bool = True
    """The label on the box is scanned before an order closes."""
    scanner_prefix: str = ""
    """What the scanner sends before each scan; stx or \\x02 for the character 2. Empty: nothing."""
    scanner_suffix: str = ""
    """What the scanner ends a scan with: enter, tab, lf, etx or any characters. Empty: Enter, line feed or Tab."""
    scanner_gs: str = ""
    """What the scanner sends for the GS1 separator, such as ~ or ^], where it is neither GS (Ctrl+]) nor F8."""
    reprint_pin: bool = False
    """Printing something once more by command needs a lead's badge."""
    serial_scanner: str = ""
    """A serial scanner's port, such as /dev/ttyACM0 or COM3; several with commas between."""
    serial_baud: int = Field(default=9600, gt=0)
    """The speed of serial scanners in bit/s; over USB any will do."""
    serial_beep: bool = False
    """Serial scanners with "Host ACK" switched on sound good or bad after the station's verdict."""
    input_scanner: str = ""
    """Linux: a scanner in keyboard mode to be taken for the station alone, /dev/input/by-id/…-event-kbd."""
    input_layout: str = "us"
    """The keyboard layout that the scanner itself is set to: us, uk, fr, de, …"""
    carrier_labels: Path | None = None
    """A folder that carriers' labels are dropped into, named after their orders: ORD-100234-2.pdf."""
    carrier_zpl: tuple[str, ...] = ()
    """Settings that a carrier's own ZPL may make here: any of ^PR, ^MD, ^MM, ^MN, ^MT, ^MF, ^MC, ^LS, ^LT, …"""
    record: str = ""
    """A file that every scan and key of this station is added to, for picker replay."""
    camera: str = ""
    """A camera as a second scanner: its number, or a file or stream address."""
    sound: bool = True
    """Ring the terminal's bell for refusals."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Command line first, then environment, then the file."""
        toml = TomlConfigSettingsSource(settings_cls, toml_file=data_dir() / "picker.toml")
        return (init_settings, env_settings, toml)

    def policy(self) -> FlowPolicy:
        """Return these settings as the flow wants them."""
        return FlowPolicy(
            one_scan=self.one_scan,
            confirm_location=self.confirm_location,
            weigh=self.weigh,
            attach_barcode=self.attach_barcode,
            label_scan=self.label_scan,
        )
