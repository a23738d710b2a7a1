"""Finds Chromium, or installs it from the system's packages where that is allowed."""

import fcntl
import os
import shutil
import subprocess
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
)


def found() -> str | None:
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def found_or_installed(shared: Path) -> str | None:
    """Tried once for a whole test run: the workers share a folder, and the first to come leaves a note."""
    with (shared / "chromium").open("a+") as note:
        fcntl.flock(note, fcntl.LOCK_EX)
        note.seek(0)
        if found() is None and not note.read() and shutil.which("apt-get") and os.geteuid() == 0:
            _install()
        note.write("tried")
    return found()


def _install() -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update"], ["install", "-y", "--no-install-recommends", "chromium"]):
        subprocess.run(["apt-get", "-q", *command], check=False, capture_output=True, env=environment)
