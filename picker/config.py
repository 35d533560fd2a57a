"""Settings of a station: from the environment (PICKER_...), or from `picker.toml` in the data folder."""

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import platformdirs
import pydantic_settings
from pydantic import Field, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    InitSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from data.types import ShopId, StationId
from picker.config_file import PREFIX, SettingsError, read_toml, refusal

if TYPE_CHECKING:
    from picker.flow.policy import FlowPolicy
from picker.choices import Attaching, Weighing

# It names files beside the station's spool, also on Windows, and stands on one line of the lead's screen.
_STATION = re.compile(r"[^\x00-\x1f\x7f\\/:*?\"<>|]{1,40}")


def data_dir() -> Path:
    """Return the folder of this machine's Picker files: PICKER_HOME, or this user's data folder."""
    chosen = os.environ.get(f"{PREFIX}HOME")
    return _folder(chosen) if chosen else Path(platformdirs.user_data_dir("picker", appauthor=False))


def toml_file() -> Path:
    """Return where this machine's `picker.toml` is, or would be."""
    return data_dir() / "picker.toml"


def _folder(path: str | Path) -> Path:
    return Path(path).expanduser().absolute()


class Settings(BaseSettings):
    """What a warehouse can set; every field is also an environment variable PICKER_<NAME>."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="ignore")

    home: Path = Field(default_factory=data_dir)
    """The data folder, where this station keeps its own files: print spool, paper, photos."""
    db: str = Field(default_factory=lambda data: str(data["home"] / "picker.sqlite"))
    """The shop's database: a file path, or postgresql://user:password@host/name when stations share work."""
    station: StationId = StationId("PACK-1")
    """This station's name; no two running stations may share one."""
    shop: ShopId = ShopId("")
    """The shop, by its code, that commands without --shop are about where there are several."""
    timezone: str = "UTC"
    """The warehouse's time zone, by which cut-off times are read and goods expire, such as Europe/Warsaw."""
    language: str = "en"
    """What the station speaks while nobody is signed in; then it speaks the worker's language."""
    one_scan: bool = False
    """One scan picks and checks (small shops)."""
    confirm_location: bool = False
    """Locations must be scanned before their items."""
    count_from: int = Field(default=0, ge=0)
    """From so many open units of a product on, one is scanned and how many more is typed; 0: each is scanned."""
    weigh: Weighing = Weighing.OPTIONAL
    """Whether parcels are weighed: required, optional or off."""
    attach_barcode: Attaching = Attaching.PACKER
    """Who may attach an unknown barcode to the product in hand: off, lead (with a badge), or packer."""
    label_scan: bool = True
    """The label on the box is scanned before an order closes."""
    close_on_printed: bool = False
    """An order closes without that scan as soon as its printer has confirmed the label."""
    scanner_prefix: str = ""
    """What the scanner sends before each scan; stx or \\x02 for the character 2. Empty: nothing."""
    scanner_suffix: str = ""
    """What the scanner ends a scan with: enter, tab, lf, etx or any characters. Empty: Enter, line feed or Tab."""
    scanner_gs: str = ""
    """What the scanner sends for the GS1 separator, such as ~ or ^], where it is neither GS (Ctrl+]) nor F8."""
    reprint_pin: bool = False
    """Printing something once more needs a lead's badge."""
    held_minutes: int = Field(default=10, gt=0)
    """For how long a label in which the paper ran out is waited for before a person is asked about it."""
    serial_scanner: str = ""
    """A serial scanner's port, such as /dev/ttyACM0 or COM3; several with commas between."""
    serial_baud: int = Field(default=9600, gt=0)
    """The speed of serial scanners in bit/s; over USB any will do."""
    serial_format: str = "8N1"
    """Their data bits, parity and stop bits, such as 7E1; picker doctor scanner --serial finds them."""
    serial_silence: bool = False
    """A pause ends a scan of serial scanners, where they can't be set to send a suffix."""
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
    erase_after_days: int = Field(default=30, ge=0, le=36_500)
    """Days after an order was closed (or its cut-off, if it was cancelled) on which names and addresses are erased."""
    record: str = ""
    """A file that every scan and key of this station is added to, for picker replay."""
    camera: str = ""
    """A camera as a second scanner: its number, or a file or stream address."""
    camera_focus: float | None = None
    """Its focus by hand, in the driver's own units; empty: automatic."""
    camera_exposure: float | None = None
    """Its exposure by hand, in the driver's own units; empty: automatic."""
    camera_lamp: float | None = None
    """Its light or backlight compensation, in the driver's own units."""
    camera_upce: bool | None = None
    """It reads UPC-E too, which is easily misread; empty: only while the catalogue holds such codes."""
    photo_value_cents: int | None = Field(default=None, ge=0)
    """Orders worth as much are photographed in the open box before they are sealed."""
    photo_tags: str = ""
    """So are the orders of buyers with one of these tags, with commas between."""
    keep_photos_days: int = Field(default=90, ge=1)
    """Days after which photos are deleted."""
    sound: bool = True
    """Ring the terminal's bell for refusals."""

    @field_validator("home")
    @classmethod
    def _is_whole(cls, home: Path) -> Path:
        return _folder(home) if home != Path() else data_dir()

    @field_validator("station")
    @classmethod
    def _names_files(cls, station: str) -> str:
        if station.strip(" .") != station or not _STATION.fullmatch(station):
            raise ValueError('expected a name of at most 40 characters without any of \\ / : * ? " < > |')
        return station

    @field_validator("language")
    @classmethod
    def _is_spoken(cls, language: str) -> str:
        from picker.locale import known

        return known(language)

    @field_validator("input_layout")
    @classmethod
    def _is_a_layout(cls, code: str) -> str:
        from scanning.layouts import layout

        return layout(code).code

    @field_validator("serial_format")
    @classmethod
    def _is_a_format(cls, text: str) -> str:
        from scanning.serial_line import line_format

        return str(line_format(text))

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
        toml = InitSettingsSource(settings_cls, read_toml(toml_file(), cls.model_fields))
        return (init_settings, env_settings, toml)

    @classmethod
    def read(cls, **given: object) -> "Settings":
        """Return the settings with what is given on top. Raises SettingsError for one that can't be used."""
        try:
            return cls(**given)  # type: ignore[arg-type]  # the model checks each
        except ValidationError as error:
            raise refusal(error, given, toml_file()) from None
        except pydantic_settings.SettingsError as error:
            raise SettingsError(f'{error}: expected a list such as ["^PR"]') from None

    @property
    def photo_folder(self) -> Path:
        """Where this station keeps its photos."""
        return self.home / "photos"

    @property
    def zone(self) -> ZoneInfo:
        """The warehouse's time zone. Raises SettingsError when there is none of that name."""
        try:
            return ZoneInfo(self.timezone)
        except (LookupError, ValueError, OSError):
            name = f"{self.timezone!r:.80}"
            raise SettingsError(f"{name} is no time zone: expected a name such as Europe/Warsaw") from None

    def policy(self) -> "FlowPolicy":
        """Return these settings as the flow wants them."""
        # The flow takes longer to load than the rest of a short command, which reads settings only.
        from picker.flow.policy import FlowPolicy

        return FlowPolicy(
            one_scan=self.one_scan,
            confirm_location=self.confirm_location,
            count_from=self.count_from,
            weigh=self.weigh,
            attach_barcode=self.attach_barcode,
            label_scan=self.label_scan,
            close_on_printed=self.close_on_printed,
            reprint_lead=self.reprint_pin,
            photo_value_cents=self.photo_value_cents,
            photo_tags=frozenset(tag.strip().casefold() for tag in self.photo_tags.split(",") if tag.strip()),
        )
