"""Every rule there is: those that content must meet to go live, and those of `prehab check` on top."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import TypeAlias

from bot.content import (
    check_answers,
    check_articles,
    check_dates,
    check_findings,
    check_flows,
    check_glossary,
    check_licences,
    check_lock_screen,
    check_programmes,
    check_questions,
    check_reading,
    check_references,
    check_safety,
    check_texts,
)
from bot.content.content import Content
from bot.content.problems import Problem
from bot.content.sources import Sources

Rule: TypeAlias = Callable[[Content, Sources], Iterator[Problem]]
DatedRule: TypeAlias = Callable[[Content, Sources, date], Iterator[Problem]]

STANDING: tuple[Rule, ...] = (
    *check_safety.RULES,
    *check_references.RULES,
    *check_flows.RULES,
    *check_questions.RULES,
    *check_answers.RULES,
    *check_texts.RULES,
    *check_findings.STANDING,
    *check_glossary.STANDING,
    *check_lock_screen.STANDING,
    *check_programmes.RULES,
)
"""Without these the program could not keep its word: content that breaks one never goes live."""

QUALITY: tuple[Rule, ...] = (
    *check_articles.RULES,
    *check_reading.RULES,
    *check_findings.QUALITY,
    *check_glossary.QUALITY,
    *check_licences.RULES,
    *check_programmes.QUALITY,
)
"""What authors must mend before a release, and what need not stop a bot that runs."""

DATED: tuple[DatedRule, ...] = check_dates.RULES


def run(rules: Iterable[Rule], content: Content, sources: Sources) -> Iterator[Problem]:
    """Every problem that these rules find."""
    for rule in rules:
        yield from rule(content, sources)
