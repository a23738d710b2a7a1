"""The program as an operator starts it: a process of its own, in a folder of its own."""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.worlds import ROOT

CACHE = "PREHAB_TEST_CACHE"
"""Where all programs of a test run keep what they have read: reading it anew takes each of them 6 seconds."""

PATIENCE = 120.0
"""Seconds that a program may take on a machine that is busy with other tests."""


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def surroundings(folder: Path, **given: str) -> dict[str, str]:
    """A clean environment: the real content, everything else in the test's own folder."""
    own = {
        name: value for name, value in os.environ.items() if not name.startswith(("NAVIGATOR_", "TELEGRAM_"))
    }
    return own | {
        "NAVIGATOR_DATABASE": f"sqlite:///{folder / 'navigator.sqlite3'}",
        "NAVIGATOR_KNOWLEDGE": str(ROOT / "knowledge"),
        "NAVIGATOR_FLOWS": str(ROOT / "flows"),
        "NAVIGATOR_CACHE": os.environ.get(CACHE, str(folder / "cache")),
        "NAVIGATOR_SECRET_FILE": str(folder / "secret"),
        "NAVIGATOR_SHOW_DRAFTS": "1",
        **given,
    }


async def prehab(*arguments: str, environment: Mapping[str, str], typed: str = "") -> tuple[int, str]:
    """Run a command to its end; its exit code and what it printed."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        *arguments,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env=dict(environment),
    )
    out, _ = await asyncio.wait_for(process.communicate(typed.encode()), PATIENCE)
    return process.returncode or 0, out.decode()


class Running:
    """`prehab run`, until it is told or made to stop."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process
        self.printed: list[str] = []

    @classmethod
    async def start(cls, environment: Mapping[str, str], *arguments: str) -> "Running":
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot",
            "run",
            *arguments,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env=dict(environment),
        )
        running = cls(process)
        await asyncio.wait_for(running.until("Stop with Ctrl-C"), PATIENCE)
        return running

    async def until(self, wanted: str) -> None:
        """Read what it prints until a line holds these words."""
        assert self.process.stdout is not None
        async for line in self.process.stdout:
            self.printed.append(line.decode())
            if wanted in self.printed[-1]:
                return
        raise AssertionError("".join(self.printed))

    async def until_logged(self, wanted: str) -> str:
        """Read its log until a line holds these words."""
        assert self.process.stderr is not None
        async with asyncio.timeout(30):
            async for line in self.process.stderr:
                if wanted in line.decode():
                    return line.decode()
        raise AssertionError(wanted)

    async def stop(self) -> tuple[int, str]:
        """As an operator stops it; the exit code and its log."""
        self.process.send_signal(signal.SIGTERM)
        _, log = await asyncio.wait_for(self.process.communicate(), 30)
        return self.process.returncode or 0, log.decode()

    async def kill(self) -> None:
        """As a power cut does."""
        self.process.kill()
        await self.process.wait()
