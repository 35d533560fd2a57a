"""Where a database may lie, and what of its address may be shown."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.engine import masked, open_database
from data.errors import DataError
from data.filesystems import NETWORK_TYPES, mount_type
from data.sqlite import has_wal_reset_bug

MOUNTS = """\
21 1 8:1 / / rw,relatime - ext4 /dev/sda1 rw
35 21 0:40 / /srv/share rw - nfs4 server:/export rw
36 35 8:2 / /srv/share/local\\040disk rw - ext4 /dev/sdb1 rw
40 21 0:41 / /mnt/win rw shared:1 - cifs //server/x rw
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/srv/share/picker.db", "nfs4"),
        ("/srv/share/local disk/picker.db", "ext4"),
        ("/srv/shared/picker.db", "ext4"),
        ("/mnt/win/a/b", "cifs"),
    ],
)
def test_the_innermost_mount_decides(path: str, kind: str) -> None:
    assert mount_type(MOUNTS, Path(path)) == kind
    assert (kind in NETWORK_TYPES) == (kind != "ext4")


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://ann:s3cret@host/db",
        "postgresql+psycopg://ann:s3@cret@host:5432/db",
        "postgresql://host/db?user=ann&password=s3cret",
        "mysql://ann:s3/c@ret@host:port/db",
        "nonsense://:s3cret@",
    ],
)
def test_no_password_is_ever_shown(url: str) -> None:
    assert "s3" not in masked(url)
    with pytest.raises(DataError) as raised:
        open_database(url.replace("@host", "@127.0.0.1:1").replace("//host", "//127.0.0.1:1"))
    assert "s3" not in str(raised.value)
    assert "cret" not in str(raised.value)


@given(st.text(max_size=40))
def test_masking_never_fails(text: str) -> None:
    masked(text)


@pytest.mark.parametrize(
    "name", ["", ":memory:", "sqlite://", "sqlite:///file:x?mode=memory", "mysql://h/d", "x://["]
)
def test_what_is_no_database_is_refused_in_words(name: str) -> None:
    with pytest.raises(DataError):
        open_database(name)


def test_a_file_of_another_program_is_left_alone(tmp_path: Path) -> None:
    text = tmp_path / "notes.txt"
    text.write_text("not a database, but long enough to be read as one " * 40, "utf-8")
    with pytest.raises(DataError, match="can't be opened"):
        open_database(str(text))
    assert text.read_text("utf-8").startswith("not a database")


@pytest.mark.parametrize(
    ("version", "bug"),
    [
        ("3.40.1", True),
        ("3.44.6", False),
        ("3.45.0", True),
        ("3.50.7", False),
        ("3.51.2", True),
        ("3.51.3", False),
    ],
)
def test_which_sqlite_may_corrupt_its_log(version: str, bug: bool) -> None:
    assert has_wal_reset_bug(version) is bug
