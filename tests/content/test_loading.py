"""What authors wrote becomes one content."""

from pathlib import Path

from bot.content import read
from bot.content.flows import TranscriptFile
from bot.content.load import Loaded
from tests.content.author import SERVICE, SESSION, Author, article

DRAFT = ("confidence: V", "confidence: G\n    status: draft")


def test_good_files_go_live(author: Author) -> None:
    assert author.loads().problems == ()


def test_everything_is_found_by_its_id(author: Author) -> None:
    author.writes("knowledge/services/scotland.yaml", SERVICE)
    author.writes("knowledge/sessions/scotland.yaml", SESSION)
    content = author.content()
    found = (content.articles, content.contacts, content.areas, content.flows, content.cards)
    assert [next(iter(table)) for table in (*found, content.services, content.sessions)] == [
        "cannot-sleep",
        "emergency",
        "scotland",
        "welcome",
        "call-999",
        "gym",
        "class",
    ]


def test_a_topic_knows_its_articles_in_order(author: Author) -> None:
    author.writes("knowledge/articles/rest.yaml", article("rest", "How do I rest?"))
    topics = author.content().topics
    assert {name: topic.articles for name, topic in topics.items()} == {
        "rest": ("rest",),
        "sleep": ("cannot-sleep",),
    }


def test_a_sentence_has_one_wording_or_several(author: Author) -> None:
    assert author.content().texts == {
        "en": {"hello": ("Hello.",), "again": ("Hello again.", "Good to see you.")}
    }


def test_a_draft_is_not_in_the_content(author: Author) -> None:
    author.writes("knowledge/articles/rest.yaml", article("rest", "How do I rest?").replace(*DRAFT))
    assert "rest" not in author.content().articles


def test_a_topic_of_drafts_only_is_no_topic(author: Author) -> None:
    author.writes("knowledge/articles/rest.yaml", article("rest", "How do I rest?").replace(*DRAFT))
    assert "rest" not in author.content().topics


def test_a_draft_is_shown_where_drafts_are_shown(author: Author) -> None:
    author.writes("knowledge/articles/rest.yaml", article("rest", "How do I rest?").replace(*DRAFT))
    assert "rest" in author.loads(show_drafts=True).readable.articles


def test_a_step_without_next_goes_on_below(author: Author) -> None:
    step = author.content().flows["welcome"].steps["again"]
    assert step.model_dump()["next"] == "bye"


def test_what_an_editor_leaves_behind_is_passed_by(author: Author) -> None:
    author.writes("knowledge/articles/.sleep.yaml", "half")
    author.writes("knowledge/articles/sleep.yaml~", "old")
    assert author.loads().problems == ()


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    told = [str(problem) for problem in read(tmp_path / "knowledge", tmp_path / "flows").problems]
    assert f"{tmp_path}/flows:1:1: there is no such folder; the flows are expected here" in told


def test_content_without_red_flags_never_goes_live(author: Author) -> None:
    (author.home / "knowledge/red_flags/body.yaml").unlink()
    assert author.hears() == [
        "knowledge/red_flags/*.yaml:1:1: no red flags are written; nobody would be kept safe"
    ]


def test_the_same_files_have_the_same_fingerprint_wherever_they_stand(tmp_path: Path) -> None:
    one, other = Author(tmp_path / "one"), Author(tmp_path / "other")
    assert one.content().fingerprint == other.content().fingerprint


def test_a_changed_letter_changes_the_fingerprint(author: Author) -> None:
    before = author.content().fingerprint
    author.changes("knowledge/texts/en/core.yaml", "Hello.", "Hello!")
    assert author.content().fingerprint != before


def test_a_rule_elsewhere_can_tell_a_place_in_a_transcript(author: Author) -> None:
    author.writes(
        "flows/welcome.test.yaml",
        """\
flow: welcome
transcripts:
  - name: hello
    says:
      - them: hi
      - bot: Hello.
""",
    )
    assert (
        author.short(_last_line_is_wrong(author.loads()))
        == "flows/welcome.test.yaml:6:9: the bot said nothing"
    )


def _last_line_is_wrong(loaded: Loaded) -> str:
    path, file = next(loaded.source.files(TranscriptFile))
    last = len(file.transcripts[0].says) - 1
    return str(loaded.source.problem(path, ("transcripts", 0, "says", last), "the bot said nothing"))


def test_an_error_fails_the_check_and_a_warning_only_a_strict_one(author: Author) -> None:
    author.changes("knowledge/articles/sleep.yaml", "Rest when you can.", "Ask your GP.")
    assert (author.fails(), author.fails(strict=True)) == (False, True)
