"""Rules for other people's questionnaires: flows ask our own questions; articles may explain theirs."""

import re
from collections.abc import Iterator

from bot.content.content import Content
from bot.content.flows import Flow
from bot.content.problems import Problem
from bot.content.sources import Sources
from bot.content.walk import walk

LICENSED = re.compile(
    r"EQ-?5D|QLQ-?C30|EORTC|Distress Thermometer|Concerns Checklist|PAR-?Q|MUST score|PG-?SGA|HADS\b|PHQ-?\d|"
    r"GAD-?7|Scot-?PASQ|Clinical Frailty Scale|Duke Activity|WEMWBS|PROMIS\b|UKONS|CTCAE"
)
"""Names of instruments that are somebody's property: an open repository would hand them on."""


def flows_ask_our_own_questions(content: Content, sources: Sources) -> Iterator[Problem]:
    """No flow names a licensed instrument, unless it says which licence allows it."""
    for path, flow in sources.files(Flow):
        for where, text in walk(flow) if flow.origin == "own" else ():
            if isinstance(text, str) and (name := LICENSED.search(text)):
                message = (
                    f"'{name[0]}' belongs to somebody; ask in our own words, "
                    f"or write the licence that allows it as 'origin'"
                )
                yield sources.problem(path, where, message)


RULES = (flows_ask_our_own_questions,)
