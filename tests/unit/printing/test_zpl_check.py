"""Which ZPL of a carrier may go to a printer as it is."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from printing.zpl import ZplError, check_zpl
from printing.zpl.check import PERMITTABLE

LABEL = b"^XA^PW812^LL1218^FO50,50^BY3^BCN,100,Y,N,N^FD1Z999AA10123456784^FS^XZ"


@pytest.mark.parametrize(
    "data",
    [
        LABEL,
        b"\r\n" + LABEL + b"\r\n",
        b"CT~~CD,~CC^~CT~\n" + LABEL,
        b"\x10CT~~CD,~CC^~CT~\n" + LABEL,
        LABEL.replace(b"^XZ", b"^PQ1,0,1,Y^XZ"),
        LABEL.replace(b"^FO", b"^FX a comment\r\n^LH0,0^PON^CI28^CF0,30^FO"),
        LABEL.replace(b"^FD", b"^FH\\^FD\\5EXA"),
        LABEL.replace(b"^BY", b"^GFB,4,4,2,^~\x10\x02^FS^BY"),
        b"^XA^CI28^XZ" + LABEL,
        LABEL.replace(b"^BY", b"^CVY^BY"),
    ],
)
def test_a_label_passes_byte_for_byte(data: bytes) -> None:
    assert check_zpl(data) == (data,)


def test_several_labels_are_parted_and_no_byte_is_lost() -> None:
    second = LABEL.replace(b"784", b"785")
    parts = check_zpl(b"^XA^CI28^XZ\n" + LABEL + b"\n" + second + b"\n")
    assert parts == (b"^XA^CI28^XZ\n" + LABEL, b"\n" + second + b"\n")


@pytest.mark.parametrize(
    "command",
    [
        "^JUS", "^JUF", "^DFR:X.ZPL", "^IDR:*.*", "^NS", "^ND2", "^WDR:*.*", "^XBN", "^KP1234", "^KN", "^SX*",
        "^HH", "^HWR:*.*", "^HZA", "^HV0", "^SZ2", "^ST", "^SE", "^SL", "^SN1", "^SP", "^SQ", "^CCx", "^CDx",
        "^CTx", "^CWK,R:X.TTF", "^EG", "^IMR:X", "^ILR:X", "^ISR:X", "^XFR:X", "^XGR:X", "^TOR:X", "^FN1",
        "^MUD", "^MPD", "^MA", "^JB", "^JH", "^JI", "^JJ", "^JS", "^JT", "^JW", "^JZ", "^LF", "^NI", "^NP",
        "^PH", "^PP", "^RF", "^RW", "^WA", "^WE", "^WF", "^ZZ", "^ZQ", "~JR", "~JA", "~JC", "~JS", "~HS",
        "~HI", "~HQES", "~DGR:X,1,1,00", "~DY", "~EG", "~PS", "~SD15", "~TA000", "~WC", "~WQ", "~CCx", "~CDx",
        "~CTx", "~NC", "~KB", "~RO", "~DB", "~CC^",
    ],
)  # fmt: skip
def test_more_than_drawing_is_refused_by_name_and_place(command: str) -> None:
    hostile = LABEL.replace(b"^FS", b"^FS" + command.encode())
    place = hostile.index(b"^FS") + 3
    with pytest.raises(ZplError) as error:
        check_zpl(hostile)
    assert f"{command[:3]} at byte {place}" in str(error.value)


@pytest.mark.parametrize("command", sorted(PERMITTABLE))
def test_settings_of_the_print_pass_only_where_a_shop_permits_them(command: str) -> None:
    data = LABEL.replace(b"^XZ", command.encode() + b"3^XZ")
    with pytest.raises(ZplError, match=r"more than drawing"):
        check_zpl(data)
    assert check_zpl(data, {command}) == (data,)


@pytest.mark.parametrize("command", ["^JU", "~JR", "^CC", "^DF", "x"])
def test_the_dangerous_ones_can_not_be_permitted(command: str) -> None:
    with pytest.raises(ZplError, match="can't be permitted"):
        check_zpl(LABEL, {command})


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "got none"),
        (b"^XA^XZ", "got none"),
        (LABEL[:-3], "no \\^XZ"),
        (b"CT~~CD,~CC^~CT~" + LABEL.replace(b"^BY", b"^JUS^BY"), r"\^JU at byte 39"),
        (LABEL[3:], r"\^PW at byte 0: expected \^XA"),
        (b"^XA" + LABEL, r"\^XA at byte 3: expected \^XZ"),
        (LABEL + b"^XZ", r"\^XZ at byte 69: expected \^XA"),
        (LABEL + b"^XA", "no \\^XZ"),
        (LABEL + b'! U1 setvar "device.languages" "epl"\r\n', "another language"),
        (LABEL + b"some text", "expected another command, got the text"),
        (b'! U1 do "device.reset" ""\r\n' + LABEL, "text outside a label"),
        (LABEL.replace(b"^FS", b'^FS\r\n! U1 setvar "x" "y"\r\n'), "another language"),
        (LABEL.replace(b"^FS", b'^FS{}{"device.reset":null}'), "another language"),
        (LABEL.replace(b"^FD", b"^FD\x10JR"), "control characters.*0x10"),
        (LABEL.replace(b"^FS", b"\x03\x02"), "control characters"),
        (LABEL.replace(b"^FD", b"^FD\x1eJUS"), "control characters"),
        (LABEL.replace(b"^BY", b"^GFB,1,1,1,x\x10JR^FS^BY"), "control characters"),
        (LABEL.replace(b"^BY", b"^GFB,200000,200000,2,^JUS^FS^BY"), "1 to 99999 bytes"),
        (LABEL.replace(b"^BY", b"^GFB,9999,9999,2,^JUS^FS^BY"), "expected 9999 bytes of data"),
        (LABEL.replace(b"^XZ", b"^PQ2^XZ"), "one copy"),
        (LABEL.replace(b"^XZ", b"^PQ1,0,5^XZ"), "one copy"),
        (LABEL.replace(b"^XZ", b"^PQ1000^XZ"), "one copy"),
        (LABEL.replace(b"^FS", b"^^FS"), "expected a command"),
        (LABEL + b"~", "expected a command"),
        (b"^XA" + b"^FX" * 20_001 + LABEL[3:], "at most 20000 commands"),
        (LABEL + b" " * 1_000_000, "at most 1000000 bytes"),
        (b"~CT!" + LABEL, r"~CT at byte 0"),
        (b"CT~~CD,~CC!~CT~" + LABEL, "text outside"),
        (LABEL.lower().replace(b"^fs", b"^fs^jus"), r"\^JU"),
    ],
)
def test_what_hides_or_breaks_off_is_refused(data: bytes, words: str) -> None:
    with pytest.raises(ZplError, match=words):
        check_zpl(data)


@given(st.binary(max_size=60), st.integers(0, len(LABEL)))
@settings(max_examples=200, deadline=None)
def test_any_bytes_either_pass_whole_or_are_refused(junk: bytes, place: int) -> None:
    data = LABEL[:place] + junk + LABEL[place:]
    with suppress(ZplError):
        assert b"".join(check_zpl(data)) == data
