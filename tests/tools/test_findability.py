"""A change of the content that makes other words lose their answer is told before it goes live."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.content import Loaded, read
from bot.search import build_index, lost_phrasings
from bot.search.found import Found, Hit
from bot.tools.findability import Measured, accept, accepted, accuracy, lost_lines, measure, worse
from tests.content.author import GOOD

ASKED = "[tired, no energy, worn out all day, i am exhausted, so weary, wabbit, knackered, drained]"
TIRED = (
    GOOD["knowledge/articles/sleep.yaml"]
    .replace("topic: sleep", "topic: tiredness")
    .replace("cannot-sleep", "tired")
    .replace("What can help me sleep?", "Why am I so tired?")
    .replace("[a b, c d, e f, g h, i j, k l, m n, o p]", ASKED)
)
SLEEP = GOOD["knowledge/articles/sleep.yaml"].replace(
    "[a b, c d, e f, g h, i j, k l, m n, o p]",
    "[i cannot sleep, awake all night, bad nights, sleep help, wide awake, cant doze, restless, insomnia]",
)
FOUND = Found("sure", (Hit("tired", 0.9),))


@dataclass
class Author:
    """Somebody with two articles in a folder."""

    folder: Path

    def writes(self, sleep: str) -> Loaded:
        files = {**GOOD, "knowledge/articles/sleep.yaml": sleep, "knowledge/articles/tired.yaml": TIRED}
        for name, text in files.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        return read(self.folder / "knowledge", self.folder / "flows", show_drafts=True)


@pytest.fixture
def author(tmp_path: Path) -> Author:
    return Author(tmp_path)


def measured(loaded: Loaded, before: Measured | None = None) -> Measured:
    assert loaded.content is not None
    index = build_index(tuple(loaded.content.articles.values()), loaded.content.words)
    return measure(loaded.content, index, lambda _: FOUND, before)


def test_a_wording_that_belongs_to_another_article_is_told_at_its_line(author: Author) -> None:
    before = measured(author.writes(SLEEP))
    changed = author.writes(SLEEP.replace("restless", "i am so exhausted and worn out"))
    problems = [str(problem) for problem in worse(changed, measured(changed, before), before)]
    [told] = [problem for problem in problems if "'i am so exhausted and worn out'" in problem]
    assert "sleep.yaml:6:" in told
    assert "would go to 'tired' if it were not written here" in told


def test_what_was_accepted_is_not_told_again(author: Author, tmp_path: Path) -> None:
    changed = author.writes(SLEEP.replace("restless", "i am so exhausted and worn out"))
    accept(measured(changed), tmp_path / "accepted.yaml")
    known = accepted(tmp_path / "accepted.yaml")
    assert known is not None and known.lost == measured(changed).lost
    assert not list(worse(changed, measured(changed), known))


def test_finding_a_point_less_of_the_held_out_messages_is_an_error(author: Author) -> None:
    loaded = author.writes(SLEEP)
    now, before = Measured(0.85, {}), Measured(0.87, {})
    [problem] = worse(loaded, now, before)
    assert problem.severity == "error"
    assert "85.0% find their answer, before this change it was 87.0%" in str(problem)


def test_a_fall_of_less_than_a_point_is_no_error(author: Author) -> None:
    loaded = author.writes(SLEEP)
    assert not list(worse(loaded, Measured(0.865, {}), Measured(0.87, {})))


def test_messages_that_no_article_answers_do_not_count(tmp_path: Path) -> None:
    (tmp_path / "questions.yaml").write_text(
        "- {text: knackered, right: [tired]}\n- {text: cannae sleep, right: [sleep]}\n"
        "- {text: the bus, right: []}\n"
    )
    assert accuracy(lambda _: FOUND, tmp_path) == 0.5


def test_without_held_out_messages_nothing_is_compared(tmp_path: Path) -> None:
    assert accuracy(lambda _: FOUND, tmp_path) == 1.0
    assert accepted(tmp_path / "accepted.yaml") is None


def test_the_whole_list_names_both_articles(author: Author) -> None:
    loaded = author.writes(SLEEP.replace("restless", "i am so exhausted and worn out"))
    assert loaded.content is not None
    index = build_index(tuple(loaded.content.articles.values()), loaded.content.words)
    lines = list(lost_lines(lost_phrasings(index)))
    assert any("cannot-sleep: “i am so exhausted and worn out” would go to tired" in line for line in lines)
    assert "phrasings that another article would win" in lines[-1]


def test_an_article_that_nobody_touched_is_not_measured_again(author: Author) -> None:
    before = measured(author.writes(SLEEP.replace("restless", "i am so exhausted and worn out")))
    assert before.lost and before.articles
    assert not measured(
        author.writes(SLEEP.replace("restless", "i am so exhausted and worn out")), before
    ).lost


def test_a_wording_of_an_untouched_article_that_now_loses_is_told_too(author: Author) -> None:
    before = measured(author.writes(SLEEP))
    changed = author.writes(
        SLEEP.replace("restless", "so weary and tired of it, wabbit, worn out all day long")
    )
    assert any(article == "tired" for article, _ in measured(changed, before).lost)
