"""An author at work: a small whole content in a folder, and what `prehab check` says after a change."""

from datetime import date
from pathlib import Path

from bot.content import Content, Loaded, check, fails, read

TODAY = date(2026, 11, 22)

GOOD = {
    "knowledge/articles/sleep.yaml": """\
topic: sleep
title: Sleep
articles:
  - id: cannot-sleep
    question: What can help me sleep?
    asked: [a b, c d, e f, g h, i j, k l, m n, o p]
    short: Rest when you can.
    next:
      - {flow: welcome}
    sources:
      - {name: Macmillan, year: 2025}
    confidence: V
    checked: 2026-11-01
    review: 2027-11-01
""",
    "knowledge/contacts.yaml": """\
contacts:
  - id: emergency
    name: Emergency services
    for: Someone is in danger.
    phone: "999"
    sources:
      - {name: NHS}
    confidence: V
    verified_on: 2026-11-01
    review: 2027-11-01
""",
    "knowledge/areas.yaml": """\
areas:
  - {id: scotland, name: Scotland, nation: scotland, letters: [EH, KY]}
""",
    "knowledge/languages.yaml": """\
languages:
  - {id: en, name: English, english: English, enabled: true}
""",
    "knowledge/texts/en/core.yaml": """\
hello: Hello.
again: [Hello again., Good to see you.]
""",
    "knowledge/words.yaml": """\
expand: {u: you}
""",
    "knowledge/lock-screen.yaml": """\
words: [clinic*, blood test]
""",
    "knowledge/red_flags/body.yaml": """\
flags:
  - id: R01
    name: Chest pain
    level: emergency
    card: call-999
    phrases: [chest pain]
""",
    "knowledge/red_flags/cards.yaml": """\
cards:
  - id: call-999
    level: emergency
    text: Phone {emergency} now.
    buttons:
      - {label: Phone 999, url: "tel:999"}
""",
    "flows/welcome.yaml": """\
flow: welcome
title: Welcome
steps:
  hello:
    ask: yes-no
    text: Shall we start?
    no: bye
  again:
    say: Good.
  bye:
    end: Goodbye.
""",
}

SERVICE = """\
services:
  - id: gym
    name: Gym
    area: scotland
    provider: Council
    provider_type: council
    what: A gym.
    source: Council
    sample: true
    checked: 2026-11-01
    review: 2027-11-01
"""
SESSION = """\
sessions:
  - id: class
    service: gym
    title: Class
    kinds: group
    mode: online
    starts: 2026-11-23T10:00
    minutes: 30
    sample: true
    checked: 2026-11-01
    review: 2027-11-01
"""


def article(name: str, question: str, last: str = "q h", topic: str = "rest") -> str:
    """A file with one more article."""
    return f"""\
topic: {topic}
title: Rest
articles:
  - id: {name}
    question: {question}
    asked: [q a, q b, q c, q d, q e, q f, q g, {last}]
    short: Rest.
    next: [{{flow: welcome}}]
    sources: [{{name: NHS, year: 2025}}]
    confidence: V
    checked: 2026-11-01
    review: 2027-11-01
"""


class Author:
    """Writes files below one folder and hears what is wrong with them."""

    def __init__(self, home: Path) -> None:
        self.home = home
        for name, text in GOOD.items():
            self.writes(name, text)

    def writes(self, name: str, text: str | bytes) -> None:
        path = self.home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)

    def changes(self, name: str, old: str, new: str) -> None:
        """One place of a good file is written otherwise."""
        before = (self.home / name).read_text()
        assert before.count(old) == 1, f"{old!r} stands {before.count(old)} times in {name}"
        self.writes(name, before.replace(old, new))

    def loads(self, show_drafts: bool = False, cache: Path | None = None) -> Loaded:
        return read(self.home / "knowledge", self.home / "flows", show_drafts, cache)

    def content(self) -> Content:
        """What goes live; there must be nothing wrong."""
        loaded = self.loads()
        assert loaded.content is not None, loaded.problems
        return loaded.content

    def hears(self) -> list[str]:
        """Every problem that stops the content from going live."""
        return [self.short(str(problem)) for problem in self.loads().problems]

    def checks(self, severity: str = "error", today: date = TODAY) -> list[str]:
        """Every problem of this severity that `prehab check` tells."""
        found = check(self.loads(), today)
        return [self.short(str(problem)) for problem in found if problem.severity == severity]

    def fails(self, strict: bool = False) -> bool:
        """Whether `prehab check` would end badly."""
        return fails(check(self.loads(), TODAY), strict)

    def short(self, told: str) -> str:
        return told.replace(f"{self.home.as_posix()}/", "")
