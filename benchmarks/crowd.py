"""2,000 people chat at once with a Telegram on loopback that fails 5 % of requests; counted at the receiver.

    python -m benchmarks.crowd [--people 2000] [--faults 0.05] [--real]

The fake Telegram and the people run in a process of their own (crowd_people.py). Each person writes some
messages at once, waits for all answers, and writes again. Poller, inbox, service, ledger, dispatcher and
sender are the real ones. The navigator counts a person's turns and repeats what they said, so that every
answer names its turn; with --real it is the real one on the real content.
"""

import argparse
import asyncio
import json
import logging
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Protocol

import structlog

from benchmarks.crowd_people import BURSTS, Script
from bot import clock
from bot.channels.telegram.channel import Telegram
from bot.channels.telegram.connection import Patience, connect
from bot.channels.telegram.drawing import draw
from bot.channels.telegram.intake import Doors
from bot.channels.telegram.payload import unpack
from bot.channels.telegram.redact import hush
from bot.channels.telegram.setup import COMMANDS
from bot.channels.telegram.translate import translate
from bot.conversation.texts import Texts
from bot.messaging.dispatcher import Dispatcher
from bot.messaging.pace import Pace
from bot.model import Event, Person, Said, Say, Turn
from bot.service import Navigator as Deciding
from bot.service import Service
from bot.store import tables
from bot.store.engine import Store
from tests.speechless import Speechless
from tests.telegram.builders import update
from tests.telegram.emulator import TOKEN

HURRIED = Patience(answer=1.0, connect=1.0, pool=5.0, poll=2)
PACE = 1000.0
LONG_TURNS = 2
"""Every so many turns the echo answers in two messages."""
SAYINGS = (
    ("/start", "can I exercise during chemo?", "what should I eat before my operation?"),
    ("hello", "how do I stop smoking", "I feel very tired all the time"),
    ("what is prehab?", "I have chest pain and cannot breathe", "is walking ok for me?"),
)
COUNTED = (tuple(f"message {turn}" for turn in range(1, sum(BURSTS) + 1)),)
"""What people say to the real navigator, and to the echo. Nobody is told the same thing twice."""


class Navigator(Deciding, Protocol):
    """One that also knows the words around the chat."""

    def texts_for(self, person: Person) -> Texts: ...


class Echo(Speechless):
    """A navigator that names the person's turn and repeats what they said."""

    def respond(self, person: Person, event: Event, now: datetime) -> Turn:
        turn = person.turns + 1
        said = event.text if isinstance(event, Said) else ""
        parts = range(2 if turn % LONG_TURNS == 0 else 1)
        return Turn(replace(person, turns=turn), tuple(Say(f"{turn}/{part}/{said}") for part in parts))

    def our_mistake(self, person: Person, event: Event | None = None) -> Say:
        return Say("our mistake")

    def data_report(self, person: Person, held: Mapping[str, object]) -> Say:
        return Say("nothing")

    def texts_for(self, person: Person) -> Texts:
        keys = ("description", "short-description", *(f"command.{name}" for name in COMMANDS))
        return Texts({"en": {f"telegram.{key}": (key,) for key in keys}})


def real() -> Navigator:
    """Imported here, since the echo needs no content."""
    from bot.compose import Current
    from bot.settings import Settings

    return Current(Settings())()


def rehearsed(navigator: Navigator, sayings: Sequence[str]) -> Script:
    """What must be read after each saying: deciding is pure, so it is known beforehand."""
    person, script = Person(channel="telegram"), []
    for text in sayings:
        found = translate(update({"text": text}))
        assert found is not None and found.event is not None
        turn = navigator.respond(person, found.event, clock.now())
        says = [action for action in turn.actions if isinstance(action, Say)]
        texts = navigator.texts_for(person)
        script.append((text, [message.text for say in says for message in draw(say, texts)]))
        person = turn.person
    lines = [line for _, answers in script for line in answers]
    assert len(lines) == len(set(lines)), "choose sayings whose answers all differ"
    return script


async def program(url: str, folder: Path, navigator: Navigator) -> None:
    """Poller, service and dispatcher, as `prehab run` starts them; until cancelled."""
    store = Store(f"sqlite:///{folder / 'crowd.sqlite3'}")
    async with store.write() as tx:
        await tx.run_sync(tables.metadata.create_all)
    service = Service(store, lambda: navigator, clock.now, {"telegram": unpack})
    texts = navigator.texts_for(Person())
    telegram = Telegram(connect(TOKEN, url, PACE, HURRIED), texts, Doors(service.accept))
    dispatcher = Dispatcher(store, {"telegram": telegram.sender}, Pace(per_second=PACE), clock.now)
    stop = asyncio.Event()
    try:
        await asyncio.gather(telegram.listen(stop, None, HURRIED), service.run(stop), dispatcher.run(stop))
    finally:
        await telegram.close()
        await store.close()


async def measure(navigator: Navigator, scripts: Sequence[Script], people: int, share: float) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "scripts.json").write_text(json.dumps(scripts), "utf-8")
        command = ("-m", "benchmarks.crowd_people", str(folder / "scripts.json"), str(people), str(share))
        pipe = asyncio.subprocess.PIPE
        server = await asyncio.create_subprocess_exec(sys.executable, *command, stdin=pipe, stdout=pipe)
        assert server.stdout is not None and server.stdin is not None
        url = (await server.stdout.readline()).decode().strip()
        started, cpu = time.perf_counter(), time.process_time()
        ours = asyncio.create_task(program(url, folder, navigator))
        report = json.loads(await server.stdout.readline())
        seconds, cpu = time.perf_counter() - started, time.process_time() - cpu
        ours.cancel()
        await asyncio.gather(ours, return_exceptions=True)
        server.stdin.close()
        await server.wait()
    show(people, report, seconds, cpu)


def show(people: int, report: Mapping[str, object], seconds: float, cpu: float) -> None:
    delivered, faults, by_rule = report["delivered"], report["faults"], report["by-rule"]
    assert isinstance(delivered, int) and isinstance(faults, dict) and isinstance(by_rule, dict)
    print(f"{people} people, {delivered} messages arrived, {sum(faults.values())} requests failed:")
    for name, times in sorted(faults.items()):
        print(f"  {times:5} {name}")
    print(f"lost {report['lost']} repeated {report['repeated']} wrong-order {report['wrong-order']}")
    print(f"repeated by rule (Telegram did it, its answer never came): {sum(by_rule.values())} {by_rule}")
    print(f"{delivered / seconds:.0f} messages/s, {delivered / cpu:.0f} per second of CPU, {seconds:.1f} s")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    arguments.add_argument("--people", type=int, default=2000)
    arguments.add_argument("--faults", type=float, default=0.05)
    arguments.add_argument("--real", action="store_true", help="the real navigator on the real content")
    given = arguments.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    hush()
    navigator = real() if given.real else Echo()
    scripts = [rehearsed(navigator, sayings) for sayings in (SAYINGS if given.real else COUNTED)]
    asyncio.run(measure(navigator, scripts, given.people, given.faults))


if __name__ == "__main__":
    main()
