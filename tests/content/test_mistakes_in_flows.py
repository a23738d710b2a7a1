"""What an author hears when a flow leads nowhere, or round and round."""

from tests.content.author import Author


def test_a_step_that_leads_to_no_step_is_told(author: Author) -> None:
    author.changes("flows/welcome.yaml", "no: bye", "no: by")
    assert author.hears() == ["flows/welcome.yaml:7:9: no step is called 'by'; did you mean 'bye'?"]


def test_a_step_that_nobody_reaches_is_told(author: Author) -> None:
    author.changes(
        "flows/welcome.yaml", "    say: Good.", "    say: Good.\n    next: bye\n  lost:\n    say: Lost."
    )
    assert author.hears() == [
        "flows/welcome.yaml:11:3: nothing leads to step 'lost'; lead to it or take it out"
    ]


def test_steps_in_a_circle_without_a_question_are_told(author: Author) -> None:
    author.writes(
        "flows/welcome.yaml",
        """\
flow: welcome
title: Welcome
steps:
  one:
    ask: yes-no
    text: Go?
  two:
    branch:
      - when: {one: true}
        go: bye
    else: three
  three:
    say: Three.
    next: two
  bye:
    end: Bye.
""",
    )
    assert author.hears() == [
        (
            "flows/welcome.yaml:7:3: step 'two' leads back to itself and asks nothing on the way; "
            "put a question between"
        )
    ]


def test_a_flow_that_never_ends_is_told(author: Author) -> None:
    author.writes(
        "flows/welcome.yaml",
        """\
flow: welcome
title: Welcome
steps:
  one:
    ask: yes-no
    text: Go?
    next: one
""",
    )
    assert author.hears() == [
        ("flows/welcome.yaml:4:3: from step 'one' no end can be reached; add a way to a step with 'end'")
    ]


def test_a_last_step_that_is_no_end_is_told(author: Author) -> None:
    author.changes("flows/welcome.yaml", "end: Goodbye.", "say: Goodbye.")
    assert author.hears() == [
        (
            "flows/welcome.yaml:10:3: after 'bye' the flow stops without a word; add 'next: <step>', "
            "or a step with 'end'"
        )
    ]


def test_a_search_for_sessions_with_one_way_out_is_told(author: Author) -> None:
    author.changes("flows/welcome.yaml", "    say: Good.", "    sessions: {mode: online}\n    found: bye")
    assert author.hears() == [
        (
            "flows/welcome.yaml:8:3: after 'again' on the way 'none' the flow stops without a word; "
            "add 'none: <step>', or a step with 'end'"
        )
    ]


def test_a_question_with_one_option_is_told(author: Author) -> None:
    author.changes(
        "flows/welcome.yaml",
        "say: Good.",
        """ask: one-of
    text: Which?
    options:
      - {id: a, label: A}""",
    )
    assert author.hears() == ["flows/welcome.yaml:8:3: 'ask: one-of' needs 2 or more options; there are 1"]


def test_options_beside_a_question_that_has_none_are_told(author: Author) -> None:
    author.changes(
        "flows/welcome.yaml", "    no: bye", "    no: bye\n    options:\n      - {id: a, label: A}"
    )
    assert author.hears() == [
        ("flows/welcome.yaml:8:5: 'ask: yes-no' has no options; write 'ask: one-of', or take them out")
    ]


def test_two_options_with_one_id_are_told(author: Author) -> None:
    author.changes(
        "flows/welcome.yaml",
        "say: Good.",
        """ask: one-of
    text: Which?
    options:
      - {id: a, label: A}
      - {id: a, label: B}""",
    )
    assert author.hears() == [
        "flows/welcome.yaml:13:14: another option here is called 'a'; give it another id"
    ]


def test_two_options_with_like_labels_are_told(author: Author) -> None:
    author.changes(
        "flows/welcome.yaml",
        "say: Good.",
        """ask: one-of
    text: Which?
    options:
      - {id: a, label: Not now}
      - {id: b, label: Not now!}""",
    )
    assert author.hears() == [
        ("flows/welcome.yaml:13:24: this label is like that of 'a'; people could not tell them apart")
    ]


def test_two_options_with_one_name_are_told(author: Author) -> None:
    author.changes(
        "flows/welcome.yaml",
        "say: Good.",
        """ask: one-of
    text: Which?
    options:
      - {id: a, label: Online}
      - {id: b, label: At home, says: [online]}""",
    )
    assert author.hears() == ["flows/welcome.yaml:13:40: 'online' is also a name for 'a'; keep one of them"]


def test_an_option_with_a_name_of_the_programs_own_is_told(author: Author) -> None:
    author.changes(
        "flows/welcome.yaml",
        "say: Good.",
        """ask: several-of
    text: Which?
    options:
      - {id: done, label: All}
      - {id: b, label: None}""",
    )
    assert author.hears() == [
        "flows/welcome.yaml:12:14: 'done' is a name of the program's own; give it another id"
    ]


def test_an_option_of_many_that_leads_somewhere_is_told(author: Author) -> None:
    author.changes(
        "flows/welcome.yaml",
        "say: Good.",
        """ask: several-of
    text: Which?
    options:
      - {id: a, label: A, next: bye}
      - {id: b, label: B}""",
    )
    assert author.hears() == [
        "flows/welcome.yaml:12:33: 'next' is never used with 'ask: several-of'; take it out"
    ]


def test_a_label_too_long_for_a_button_is_told(author: Author) -> None:
    author.changes(
        "flows/welcome.yaml",
        "say: Good.",
        """ask: one-of
    text: Which?
    options:
      - {id: a, label: A}
      - id: b
        label: I would like a class that is near my own home""",
    )
    assert author.hears() == [
        ("flows/welcome.yaml:14:16: this label has 45 characters; a button shows 40: make it shorter")
    ]


def test_a_yes_beside_a_question_for_a_number_is_told(author: Author) -> None:
    author.changes("flows/welcome.yaml", "say: Good.", "ask: number\n    text: How many?\n    yes: bye")
    assert author.hears() == ["flows/welcome.yaml:11:10: 'yes' is never used with 'ask: number'; take it out"]


def test_a_least_that_is_more_than_the_most_is_told(author: Author) -> None:
    author.changes(
        "flows/welcome.yaml", "say: Good.", "ask: scale\n    text: How many?\n    least: 10\n    most: 1"
    )
    assert author.hears() == ["flows/welcome.yaml:11:12: 'least' (10) must be smaller than 'most' (1)"]


def test_a_scale_with_too_many_buttons_is_told(author: Author) -> None:
    author.changes("flows/welcome.yaml", "say: Good.", "ask: scale\n    text: How many?\n    most: 100")
    assert author.hears() == [
        (
            "flows/welcome.yaml:11:11: a scale has 11 buttons at most, such as 0 to 10; write 'ask: "
            "number' for more"
        )
    ]


def test_a_limit_beside_a_question_without_one_is_told(author: Author) -> None:
    author.changes("flows/welcome.yaml", "    no: bye", "    no: bye\n    least: 3")
    assert author.hears() == [
        "flows/welcome.yaml:8:12: 'least' is for 'ask: number' or 'ask: scale'; take it out"
    ]


def test_ends_beside_a_question_that_is_no_scale_are_told(author: Author) -> None:
    author.changes("flows/welcome.yaml", "    no: bye", "    no: bye\n    ends: [low, high]")
    assert author.hears() == ["flows/welcome.yaml:8:5: 'ends' is for 'ask: scale'; take it out"]


def test_an_agreement_that_is_no_yes_or_no_is_told(author: Author) -> None:
    author.changes("flows/welcome.yaml", "say: Good.", "ask: number\n    text: How many?\n    consent: news")
    assert author.hears() == [
        "flows/welcome.yaml:11:14: only a yes can switch something on; write 'ask: yes-no'"
    ]


def test_a_branch_on_an_answer_that_nobody_saves_is_told(author: Author) -> None:
    author.changes(
        "flows/welcome.yaml",
        "say: Good.",
        """branch:
      - when: {helo: true}
        go: bye
    else: bye""",
    )
    assert author.hears() == [
        "flows/welcome.yaml:10:22: no step saves an answer called 'helo'; did you mean 'hello'?"
    ]


def test_a_branch_that_waits_for_no_option_is_told(author: Author) -> None:
    author.changes(
        "flows/welcome.yaml",
        "say: Good.",
        """branch:
      - when: {hello: maybe}
        go: bye
    else: bye""",
    )
    assert author.hears() == [
        (
            "flows/welcome.yaml:10:23: this question is answered yes or no, never 'maybe'; write yes "
            "or no without quotes"
        )
    ]


def test_a_search_for_an_answer_that_nobody_saves_is_told(author: Author) -> None:
    author.changes(
        "flows/welcome.yaml", "say: Good.", "sessions: {near: $place}\n    found: bye\n    none: bye"
    )
    assert author.hears() == [
        (
            "flows/welcome.yaml:9:22: no step saves an answer called 'place'; there is: cancer, "
            "handed_over, hello, joined, kind, mode, shown, today, topic"
        )
    ]


def test_a_search_for_a_wish_that_nobody_can_have_is_told(author: Author) -> None:
    author.changes(
        "flows/welcome.yaml", "say: Good.", "sessions: {stepfree: true}\n    found: bye\n    none: bye"
    )
    assert author.hears() == [
        "flows/welcome.yaml:9:26: nobody can wish for 'stepfree'; did you mean 'step_free'?"
    ]


def test_a_hand_over_of_an_answer_that_nobody_saves_is_told(author: Author) -> None:
    author.changes("flows/welcome.yaml", "say: Good.", "handover: Call back\n    phone: number")
    assert author.hears() == [
        (
            "flows/welcome.yaml:10:12: no step saves an answer called 'number'; there is: cancer, "
            "handed_over, hello, joined, kind, mode, shown, today, topic"
        )
    ]


def test_a_flow_that_goes_through_itself_is_told(author: Author) -> None:
    author.changes("flows/welcome.yaml", "say: Good.", "flow: welcome")
    assert author.hears() == [
        ("flows/welcome.yaml:9:11: 'welcome' goes through 'welcome', which comes back here: it never ends")
    ]


def test_two_flows_that_go_through_each_other_are_told(author: Author) -> None:
    author.changes("flows/welcome.yaml", "say: Good.", "flow: other")
    author.writes(
        "flows/other.yaml",
        """\
flow: other
title: Other
steps:
  go:
    flow: welcome
  bye:
    end: Bye.
""",
    )
    assert author.hears() == [
        ("flows/other.yaml:5:11: 'other' goes through 'welcome', which comes back here: it never ends"),
        ("flows/welcome.yaml:9:11: 'welcome' goes through 'other', which comes back here: it never ends"),
    ]


def test_a_text_longer_than_a_message_is_told(author: Author) -> None:
    author.changes("flows/welcome.yaml", "Good.", "😀 " * 1400)
    assert author.hears() == [
        ("flows/welcome.yaml:9:10: this text has 4,199 characters; one message takes 4,096: make it shorter")
    ]
