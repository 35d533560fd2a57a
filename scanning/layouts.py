"""What a key types under each keyboard layout, by the key's place on the keyboard.

A scanner in keyboard mode presses keys; which characters come of that is decided by the layout of the desktop.
One table serves the reader of input devices, which needs a layout of its own, and the doctor, who tells by it
which layout a desktop has. The rows are what the layouts of xkeyboard-config 2.35 type.
"""

from dataclasses import dataclass
from functools import cached_property

KEY_CODES = (41, *range(2, 14), *range(16, 28), 43, *range(30, 41), *range(44, 54), 86)
"""Linux key codes of the keys in a row of `Layout`: ` 1-0 - =, q-p [ ], \\, a-l ; ', z-m , . /, and the one
beside the left Shift (input-event-codes.h)."""

DEAD = "\N{DOTTED CIRCLE}"
"""Stands for a key that types nothing by itself: it waits for the next character, or isn't there."""


@dataclass(frozen=True)
class Layout:
    """A keyboard layout: what the keys of `KEY_CODES` type alone and with Shift."""

    code: str
    name: str
    plain: str
    shifted: str

    @cached_property
    def places(self) -> dict[str, tuple[bool, int]]:
        """Each character that can be typed, as (with Shift, place in the row)."""
        rows = ((True, self.shifted), (False, self.plain))
        return {char: (shift, place) for shift, row in rows for place, char in enumerate(row) if char != DEAD}

    def character(self, place: int, *, shift: bool) -> str:
        """What the key at `place` types; an empty text when it types nothing by itself."""
        char = (self.shifted if shift else self.plain)[place]
        return "" if char == DEAD else char

    def typed(self, text: str) -> str:
        """What a desktop of this layout makes of `text` from a scanner that presses the keys of a US keyboard.

        A key that is dead here is left out; what has no key (spaces, control characters) comes as it is.
        """
        places = ((char, US.places.get(char)) for char in text)
        return "".join(char if at is None else self.character(at[1], shift=at[0]) for char, at in places)

    def translation(self) -> dict[str, str]:
        """From what this layout types to what a US scanner meant, for the characters that differ."""
        pairs = ((self.typed(char), char) for char in US.places)
        return {typed: meant for typed, meant in pairs if typed and typed != meant}


LAYOUTS = (
    Layout(
        "us",
        "English (US)",
        "`1234567890-=qwertyuiop[]\\asdfghjkl;'zxcvbnm,./◌",
        '~!@#$%^&*()_+QWERTYUIOP{}|ASDFGHJKL:"ZXCVBNM<>?◌',
    ),
    Layout(
        "uk",
        "English (UK)",
        "`1234567890-=qwertyuiop[]#asdfghjkl;'zxcvbnm,./\\",
        '¬!"£$%^&*()_+QWERTYUIOP{}~ASDFGHJKL:@ZXCVBNM<>?|',
    ),
    Layout(
        "fr",
        "French AZERTY",
        "²&é\"'(-è_çà)=azertyuiop◌$*qsdfghjklmùwxcvbn,;:!<",
        "~1234567890°+AZERTYUIOP◌£µQSDFGHJKLM%WXCVBN?./§>",
    ),
    Layout(
        "be",
        "Belgian AZERTY",
        "²&é\"'(§è!çà)-azertyuiop◌$µqsdfghjklmùwxcvbn,;:=<",
        "³1234567890°_AZERTYUIOP◌*£QSDFGHJKLM%WXCVBN?./+>",
    ),
    Layout(
        "de",
        "German QWERTZ",
        "◌1234567890ß◌qwertzuiopü+#asdfghjklöäyxcvbnm,.-<",
        "°!\"§$%&/()=?◌QWERTZUIOPÜ*'ASDFGHJKLÖÄYXCVBNM;:_>",
    ),
    Layout(
        "ch",
        "Swiss QWERTZ",
        "§1234567890'◌qwertzuiopü◌$asdfghjklöäyxcvbnm,.-<",
        '°+"*ç%&/()=?◌QWERTZUIOPè!£ASDFGHJKLéàYXCVBNM;:_>',
    ),
    Layout(
        "es",
        "Spanish",
        "º1234567890'¡qwertyuiop◌+çasdfghjklñ◌zxcvbnm,.-<",
        'ª!"·$%&/()=?¿QWERTYUIOP◌*ÇASDFGHJKLÑ◌ZXCVBNM;:_>',
    ),
    Layout(
        "it",
        "Italian",
        "\\1234567890'ìqwertyuiopè+ùasdfghjklòàzxcvbnm,.-<",
        '|!"£$%&/()=?^QWERTYUIOPé*§ASDFGHJKLç°ZXCVBNM;:_>',
    ),
    Layout(
        "pt",
        "Portuguese",
        "\\1234567890'«qwertyuiop+◌◌asdfghjklçºzxcvbnm,.-<",
        '|!"#$%&/()=?»QWERTYUIOP*◌◌ASDFGHJKLÇªZXCVBNM;:_>',
    ),
    Layout(
        "br",
        "Brazilian",
        "'1234567890-=qwertyuiop◌[]asdfghjklç◌zxcvbnm,.;\\",
        '"!@#$%◌&*()_+QWERTYUIOP◌{}ASDFGHJKLÇ◌ZXCVBNM<>:|',
    ),
    Layout(
        "se",
        "Swedish or Finnish",
        "§1234567890+◌qwertyuiopå◌'asdfghjklöäzxcvbnm,.-<",
        '½!"#¤%&/()=?◌QWERTYUIOPÅ◌*ASDFGHJKLÖÄZXCVBNM;:_>',
    ),
    Layout(
        "no",
        "Norwegian",
        "|1234567890+\\qwertyuiopå◌'asdfghjkløæzxcvbnm,.-<",
        '§!"#¤%&/()=?◌QWERTYUIOPÅ◌*ASDFGHJKLØÆZXCVBNM;:_>',
    ),
    Layout(
        "dk",
        "Danish",
        "½1234567890+◌qwertyuiopå◌'asdfghjklæøzxcvbnm,.-<",
        '§!"#¤%&/()=?◌QWERTYUIOPÅ◌*ASDFGHJKLÆØZXCVBNM;:_>',
    ),
    Layout(
        "pl-qwertz",
        "Polish QWERTZ",
        "˙1234567890+'qwertzuiopżśóasdfghjklłąyxcvbnm,.-<",
        '◌!"#$%&/()=?*QWERTZUIOPńćźASDFGHJKLŁęYXCVBNM;:_>',
    ),
    Layout(
        "cz",
        "Czech QWERTZ",
        ";+ěščřžýáíé=◌qwertzuiopú)◌asdfghjklů§yxcvbnm,.-\\",
        "◌1234567890%◌QWERTZUIOP/('ASDFGHJKL\"!YXCVBNM?:_|",
    ),
    Layout(
        "hu",
        "Hungarian QWERTZ",
        "0123456789öüóqwertzuiopőúűasdfghjkléáyxcvbnm,.-í",
        "§'\"+!%/=()ÖÜÓQWERTZUIOPŐÚŰASDFGHJKLÉÁYXCVBNM?:_Í",
    ),
    Layout(
        "tr",
        "Turkish",
        '"1234567890*-qwertyuıopğü,asdfghjklşizxcvbnmöç.<',
        "é!'^+%&/()=?_QWERTYUIOPĞÜ;ASDFGHJKLŞİZXCVBNMÖÇ:>",
    ),
    Layout(
        "ru",
        "Russian",
        "ё1234567890-=йцукенгшщзхъ\\фывапролджэячсмитьбю./",
        'Ё!"№;%:?*()_+ЙЦУКЕНГШЩЗХЪ/ФЫВАПРОЛДЖЭЯЧСМИТЬБЮ,|',
    ),
    Layout(
        "ua",
        "Ukrainian",
        "'1234567890-=йцукенгшщзхїґфівапролджєячсмитьбю./",
        'ʼ!"№;%:?*()_+ЙЦУКЕНГШЩЗХЇҐФІВАПРОЛДЖЄЯЧСМИТЬБЮ,|',
    ),
    Layout(
        "dvorak",
        "Dvorak",
        "`1234567890[]',.pyfgcrl/=\\aoeuidhtns-;qjkxbmwvz<",
        '~!@#$%^&*(){}"<>PYFGCRL?+|AOEUIDHTNS_:QJKXBMWVZ>',
    ),
)
US = LAYOUTS[0]


def layout(code: str) -> Layout:
    """The layout with this code. Raises ValueError for an unknown one."""
    for one in LAYOUTS:
        if one.code == code.lower():
            return one
    raise ValueError(
        f"Expected a keyboard layout of {', '.join(known.code for known in LAYOUTS)}, got {code!r}"
    )
