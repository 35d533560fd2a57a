"""A real terminal emulator: what a person sees, and what reaches the terminal itself."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.tmux


class Tmux:
    """One window of a private tmux server."""

    def __init__(self, socket: Path, record: Path) -> None:
        self.socket, self.record = socket, record

    def run(self, *arguments: str) -> str:
        command = ["tmux", "-S", str(self.socket), "-f", os.devnull, *arguments]
        return subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT).stdout

    def until(self, words: str, seconds: float = 15.0) -> str:
        """Wait until the screen shows these words; returns the screen."""
        end = time.monotonic() + seconds
        while words not in (screen := self.run("capture-pane", "-p")):
            assert time.monotonic() < end, f"{words!r} never appeared:\n{screen}"
            time.sleep(0.05)
        return screen


@pytest.fixture
def tmux(tmp_path: Path) -> Iterator[Tmux]:
    terminal = Tmux(tmp_path / "socket", tmp_path / "record")
    # Exported sizes are a trap for whoever believes them after a resize.
    program = f"COLUMNS=80 LINES=24 {sys.executable} -m tests.tui.station_program {terminal.record} 0"
    terminal.run("new-session", "-d", "-x", "80", "-y", "24", program)
    try:
        terminal.until("Scan Blue mug")
        yield terminal
    finally:
        terminal.run("kill-server")


def test_a_scan_changes_the_screen_and_a_smaller_window_still_shows_it(tmux: Tmux) -> None:
    tmux.run("send-keys", "-l", "5901234123457")
    tmux.run("send-keys", "Enter")
    screen = tmux.until("   1 ✔ 5901234123457")
    assert "#1#" in screen
    assert len(screen.splitlines()) == 24
    tmux.run("resize-window", "-x", "40", "-y", "12")
    screen = tmux.until("✔ OK")
    assert "A-01-2-03" in screen
    assert max(map(len, screen.splitlines())) <= 40


def test_no_title_and_no_clipboard_from_a_scan(tmux: Tmux) -> None:
    title = tmux.run("display-message", "-p", "#{pane_title}")
    keys = [f"{byte:02x}" for byte in b"\x1b]0;PWN\x07\x1b]52;c;A\x07\r"]
    tmux.run("send-keys", "-H", *keys)
    tmux.run("send-keys", "-l", "OK1")
    tmux.run("send-keys", "Enter")
    tmux.until("#2#")
    assert tmux.run("display-message", "-p", "#{pane_title}") == title
    assert tmux.record.read_text("utf-8").splitlines()[-1] == "OK1"
