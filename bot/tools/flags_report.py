"""`prehab flags report`: the page a clinician reads and signs, with what is caught and what is missed."""

from datetime import date
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.content import Content
from bot.safety import Matcher
from bot.tools.flag_scores import HALVES, TARGETS, Judged, dangerous, harmless, judge, shares

TEMPLATES = Path(__file__).parent / "templates"


def report(content: Content, matcher: Matcher, messages: Path, today: date) -> str:
    """The whole page as HTML. Of the held-out half it shows numbers only, or it would not stay held out."""
    halves = {half: judge(matcher, messages / half) for half in HALVES}
    tuning = halves["tuning"]
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("red-flags.html").render(
        today=today.isoformat(),
        fingerprint=content.fingerprint[:12],
        targets=TARGETS,
        halves={name: tables(judged) for name, judged in halves.items()},
        flags=content.flags.flags,
        cards=content.cards,
        missed=[one for one in dangerous(tuning) if not one.right],
        alarms=[one for one in harmless(tuning) if not one.right],
    )


def tables(judged: tuple[Judged, ...]) -> dict[str, object]:
    """The tables of one half."""
    danger, calm = dangerous(judged), harmless(judged)
    return {
        "levels": shares(danger, lambda one: one.level),
        "flags": shares(danger, lambda one: one.flag),
        "voices": shares(danger, lambda one: one.voice),
        "damage": shares(danger, lambda one: one.damage),
        "calm": shares(calm, lambda one: one.flag),
        "calm_voices": shares(calm, lambda one: one.voice),
        "alarms": sum(not one.right for one in calm),
        "calm_of": len(calm),
    }
