"""The page about the red flags that a clinician reads and signs."""

from datetime import date
from pathlib import Path

import pytest

from bot.safety import build_matcher
from bot.tools.flag_scores import dangerous, harmless, judge, shares
from bot.tools.flags_report import report
from tests.worlds import real

DANGEROUS = """
- {flag: R04, level: emergency, voice: carer, damage: none, text: "my husband has crushing chest pain"}
- {flag: R04, level: emergency, voice: tired, damage: typo, text: "the elfin is on the <shelf>"}
"""
HARMLESS = """
- {kind: idiom, voice: scots, damage: none, text: "when is the walking group"}
- {kind: idiom, voice: scots, damage: none, text: "i have crushing chest pain"}
"""


@pytest.fixture
def messages(tmp_path: Path) -> Path:
    for half in ("tuning", "held_out"):
        (tmp_path / half).mkdir()
        secret = "held out words" if half == "held_out" else "shelf"
        (tmp_path / half / "dangerous.yaml").write_text(DANGEROUS.replace("shelf", secret))
        (tmp_path / half / "harmless.yaml").write_text(HARMLESS)
    return tmp_path


def page(messages: Path) -> str:
    content = real().content
    return report(content, build_matcher(content.flags), messages, date(2026, 11, 22))


def test_a_message_is_right_at_its_level_or_above_and_a_harmless_one_without_a_card(messages: Path) -> None:
    judged = judge(build_matcher(real().content.flags), messages / "tuning")
    assert [(one.right, one.given) for one in dangerous(judged)] == [(True, "emergency"), (False, "none")]
    assert [one.right for one in harmless(judged)] == [True, False]


def test_the_figures_stand_by_level_voice_and_damage(messages: Path) -> None:
    judged = dangerous(judge(build_matcher(real().content.flags), messages / "tuning"))
    assert [(one.name, one.right, one.of) for one in shares(judged, lambda one: one.voice)] == [
        ("carer", 1, 1),
        ("tired", 0, 1),
    ]
    html = page(messages)
    assert "By voice" in html and "By damage" in html and "By flag" in html


def test_the_page_shows_what_is_missed_in_the_tuning_half_and_nothing_of_the_held_out_one(
    messages: Path,
) -> None:
    html = page(messages)
    assert "the elfin is on the &lt;shelf&gt;" in html
    assert "held out words" not in html


def test_the_page_shows_every_card_and_a_place_to_sign(messages: Path) -> None:
    html = page(messages)
    assert all(flag.id in html for flag in real().content.flags.flags)
    assert "Clinical Safety Officer" in html
    assert "No clinician has approved" in html
