"""What an author hears about pages, comparisons, the plan, and lists made of earlier lists."""

import pytest

from tests.content.author import Author

CHECK = """\
flow: welcome
title: Welcome
steps:
  body:
    ask: several-of
    text: Body?
    save: body
    options: [{id: sleep, label: Sleep}, {id: pain, label: Pain}]
  top:
    ask: several-of
    text: Which?
    save: top
    options_from: [body]
    most: 1
  mood:
    ask: one-of
    text: Mood?
    save: mood
    options: [{id: good, label: Good}, {id: low, label: Low}]
  beside:
    compare: [mood]
    best_first: [good, low]
  first:
    set: {first: $top.0, day: $today}
  sheet:
    page: My list
    lines:
      - when: {first: given}
        line: "First: {first} ({mood_change}), {day}"
        article: cannot-sleep
    save: page
  when:
    ask: date
    text: When?
    save: visit
  put:
    keep: page
    text: "{page}"
    day: visit
  bye:
    end: Bye.
"""


def test_a_page_a_comparison_and_a_line_for_the_plan_are_no_mistake(author: Author) -> None:
    author.writes("flows/welcome.yaml", CHECK)
    assert author.hears() == []


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        (
            "options_from: [body]",
            "options_from: [bodie]",
            ":13:20: no step saves an answer called 'bodie'; did you mean 'body'?",
        ),
        (
            "options_from: [body]",
            "options_from: [body]\n    options: [{id: a, label: A}, {id: b, label: B}]",
            ":13:5: 'options_from' stands in 'ask: one-of' or 'several-of', without options",
        ),
        (
            "compare: [mood]",
            "compare: [moood]",
            ":21:15: no step saves an answer called 'moood'; did you mean",
        ),
        (
            "best_first: [good, low]",
            "best_first: [good, bad]",
            ":21:15: 'mood' can be answered 'low', which is not in best_first; add it there",
        ),
        (
            "{first: given}",
            "{furst: given}",
            ":28:23: no step saves an answer called 'furst'; did you mean 'first'?",
        ),
        ("$top.0", "$topp.0", ":24:18: no step saves an answer called 'topp'; did you mean"),
        (
            "article: cannot-sleep",
            "article: cannot-slep",
            ":30:18: no article is called 'cannot-slep'; did you mean",
        ),
        ("day: visit", "day: vist", ":39:10: no step saves an answer called 'vist'; did you mean 'visit'?"),
        ("keep: page", "keep: pages", ":37:11: "),
        (
            "text: Mood?",
            "text: Your EQ-5D mood?",
            ":17:11: 'EQ-5D' belongs to somebody; ask in our own words",
        ),
        (
            "{mood_change}",
            "{mood_chnge}",
            ":29:15: nobody knows what to put into {mood_chnge}; did you mean {mood_change}?",
        ),
    ],
)
def test_a_slip_is_told_at_its_line(author: Author, right: str, wrong: str, told: str) -> None:
    author.writes("flows/welcome.yaml", CHECK.replace(right, wrong))
    heard = author.checks()
    assert any(f"flows/welcome.yaml{told}" in line for line in heard), heard


def test_a_flow_with_a_licence_may_name_its_instrument(author: Author) -> None:
    licensed = CHECK.replace("title: Welcome", "title: Welcome\norigin: licence 123").replace(
        "Mood?", "HADS mood?"
    )
    author.writes("flows/welcome.yaml", licensed)
    assert author.hears() == []
