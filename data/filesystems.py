"""Is a path on a disk of this machine? SQLite's write-ahead log is only safe there."""

import re
import sys
from pathlib import Path

NETWORK_TYPES = frozenset(
    {
        "nfs",
        "nfs3",
        "nfs4",
        "cifs",
        "smb2",
        "smb3",
        "smbfs",
        "9p",
        "afs",
        "ceph",
        "glusterfs",
        "lustre",
        "ncpfs",
    }
    | {"fuse.sshfs", "fuse.rclone", "fuse.glusterfs", "fuse.ceph", "fuse.s3fs", "fuse.gvfsd-fuse", "vboxsf"}
)
_DRIVE_REMOTE = 4
_OCTAL = re.compile(r"\\([0-7]{3})")


def network_type(path: Path) -> str | None:
    """The kind of network file system `path` lies on, or None for a local disk (or when it can't be told)."""
    if sys.platform == "win32":
        return _windows_share(path)
    try:
        mounts = Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    kind = mount_type(mounts, path.resolve())
    return kind if kind in NETWORK_TYPES else None


def mount_type(mountinfo: str, path: Path) -> str:
    """The type of the innermost mount that holds `path`, from the text of mountinfo (proc(5))."""
    best, kind = -1, ""
    for line in mountinfo.splitlines():
        before, separator, after = line.partition(" - ")
        fields = before.split(" ")
        if not separator or len(fields) < 5:
            continue
        point = Path(_OCTAL.sub(lambda fstype: chr(int(fstype[1], 8)), fields[4]))
        if path.is_relative_to(point) and len(point.parts) >= best:
            best, kind = len(point.parts), after.split(" ")[0]
    return kind


def _windows_share(path: Path) -> str | None:
    if sys.platform != "win32":
        return None
    import ctypes

    drive = path.resolve().drive
    if drive.startswith("\\\\"):
        return "a network share"
    remote = ctypes.windll.kernel32.GetDriveTypeW(drive + "\\") == _DRIVE_REMOTE
    return "a mapped network drive" if remote else None
