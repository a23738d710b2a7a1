"""Every state, step and button of the desk has its words, and no words are left over."""

import re
from typing import get_args

import pytest

from bot.messaging.broadcasts import State
from bot.staff import figures, lists, respond
from bot.staff.asks import Deed
from bot.staff.drafting import WAYS
from tests.worlds import ROOT, real

WORDS = {key for key in real().world.content.texts["en"] if key.startswith("staff.")}
CODE = "".join(path.read_text("utf-8") for path in (ROOT / "bot" / "staff").glob("*.py"))


@pytest.mark.parametrize("state", get_args(State))
def test_every_state_has_words_and_buttons(state: str) -> None:
    assert {f"staff.state.{state}", f"staff.list.{state}"} <= WORDS
    assert figures.BUTTONS[state]


@pytest.mark.parametrize("deed", [deed for deed in get_args(Deed)])
def test_every_step_says_what_was_done(deed: str) -> None:
    assert f"staff.done.{deed}" in WORDS


def test_every_button_of_the_figures_has_words_and_a_verb() -> None:
    buttons = {one for state in figures.BUTTONS.values() for one in state}
    assert {f"staff.button.{name}" for name, _ in buttons} <= WORDS
    assert {verb for _, verb in buttons} <= respond.VERBS.keys()


def test_every_way_to_choose_people_has_words() -> None:
    assert {f"staff.{group}.{way}" for group in ("by", "pick") for way in WAYS} <= WORDS


def test_every_command_has_a_line_in_the_help() -> None:
    helped = {command for commands in lists.HELP.values() for command in commands}
    # /coming is the old name of /sessions.
    assert helped == respond.COMMANDS.keys() - {"help", "coming"}
    assert {f"staff.help.{command}" for command in helped} <= WORDS
    assert set(respond.COMMANDS.values()) <= respond.VERBS.keys()


def test_no_words_are_left_over() -> None:
    groups = {found[1] for found in re.finditer(r"""f["'](?:staff\.)?([a-z-]+)\.(?:is-)?\{""", CODE)} | {
        "did",
        "reason",
    }
    alone = {key for key in WORDS if key.removeprefix("staff.").partition(".")[0] not in groups}
    quoted = set(re.findall(r"""["']([a-z0-9.-]+)["']""", CODE))
    named = {key for key in alone if key.removeprefix("staff.") in quoted or key in quoted}
    assert alone - named == set()
    buttons = {key for key in WORDS if key.startswith("staff.button.")}
    assert {key for key in buttons if f'"{key.removeprefix("staff.button.")}"' not in CODE} <= {
        "staff.button.write-to",
        "staff.button.further",
    }


def test_every_kind_of_notice_is_a_sentence() -> None:
    """As bot/messaging writes them down."""
    kinds = ("late", "parked", "unsure", "free-place", "broadcast-late")
    assert {f"staff.notice.{kind}" for kind in kinds} <= WORDS
