"""What an author hears when something points to nothing, or to two things."""

from tests.content.author import SERVICE, SESSION, Author, article


def test_a_button_to_an_article_that_is_not_there_is_told(author: Author) -> None:
    author.changes("knowledge/articles/sleep.yaml", "{flow: welcome}", "{article: cannot-slep}")
    assert author.hears() == [
        (
            "knowledge/articles/sleep.yaml:9:19: no article is called 'cannot-slep'; did you mean "
            "'cannot-sleep'?"
        )
    ]


def test_a_button_to_a_flow_that_is_not_there_is_told(author: Author) -> None:
    author.changes("knowledge/articles/sleep.yaml", "{flow: welcome}", "{flow: welcom}")
    assert author.hears() == [
        "knowledge/articles/sleep.yaml:9:16: no flow is called 'welcom'; did you mean 'welcome'?"
    ]


def test_a_button_with_two_targets_is_told(author: Author) -> None:
    author.changes("knowledge/articles/sleep.yaml", "{flow: welcome}", "{flow: welcome, command: menu}")
    assert author.hears() == [
        (
            "knowledge/articles/sleep.yaml:9:9: a button has exactly one of article, flow, sessions, "
            "command; here is flow and command"
        )
    ]


def test_a_button_without_a_target_is_told(author: Author) -> None:
    author.changes("knowledge/articles/sleep.yaml", "{flow: welcome}", "{label: More}")
    assert author.hears() == [
        (
            "knowledge/articles/sleep.yaml:9:9: a button has exactly one of article, flow, sessions, "
            "command; here is nothing"
        )
    ]


def test_a_button_to_an_internal_flow_is_told(author: Author) -> None:
    author.changes("flows/welcome.yaml", "title: Welcome", "title: Welcome\ninternal: true")
    assert author.hears() == [
        (
            "knowledge/articles/sleep.yaml:9:16: 'welcome' is internal: only other flows start it; "
            "lead to another flow"
        )
    ]


def test_a_search_for_a_kind_of_session_that_is_none_is_told(author: Author) -> None:
    author.changes("knowledge/articles/sleep.yaml", "{flow: welcome}", "{sessions: {kind: groups}}")
    assert author.hears() == [
        ("knowledge/articles/sleep.yaml:9:27: no session is of the kind 'groups'; did you mean 'group'?")
    ]


def test_a_search_too_long_for_a_buttons_code_is_told(author: Author) -> None:
    author.changes(
        "knowledge/articles/sleep.yaml",
        "{flow: welcome}",
        "{sessions: {topic: moving-more-with-sore-joints, cancer: cancers-of-the-head-and-neck}}",
    )
    assert author.hears() == [
        (
            "knowledge/articles/sleep.yaml:9:10: this search makes a button's code of 72 bytes, 64 "
            "at most; wish for less"
        )
    ]


def test_two_articles_with_one_id_are_told(author: Author) -> None:
    author.writes("knowledge/articles/wake.yaml", article("cannot-sleep", "Why do I wake?"))
    assert author.hears() == [
        (
            "knowledge/articles/wake.yaml:4:9: another article is called 'cannot-sleep' (in "
            "knowledge/articles/sleep.yaml); give this one another id"
        )
    ]


def test_two_files_of_one_topic_are_told(author: Author) -> None:
    author.writes("knowledge/articles/wake.yaml", article("wake", "Why do I wake?", topic="sleep"))
    assert author.hears() == [
        (
            "knowledge/articles/wake.yaml:1:8: the topic 'sleep' is in knowledge/articles/sleep.yaml "
            "already; put them together"
        )
    ]


def test_a_sentence_in_two_files_is_told(author: Author) -> None:
    author.writes("knowledge/texts/en/web.yaml", "hello: Hi.\n")
    assert author.hears() == [
        (
            "knowledge/texts/en/web.yaml:1:8: 'hello' stands in knowledge/texts/en/core.yaml too; "
            "keep one of them"
        )
    ]


def test_a_contact_that_is_not_there_is_told_in_an_article(author: Author) -> None:
    author.changes("knowledge/articles/sleep.yaml", "Rest when you can.", "Phone {emergancy} now.")
    assert author.hears() == [
        (
            "knowledge/articles/sleep.yaml:7:12: nobody knows what to put into {emergancy}; did you "
            "mean {emergency}?"
        )
    ]


def test_a_contact_that_is_not_there_is_told_in_a_card(author: Author) -> None:
    author.changes("knowledge/red_flags/cards.yaml", "{emergency}", "{nhs-111}")
    assert author.hears() == [
        (
            "knowledge/red_flags/cards.yaml:4:11: nobody knows what to put into {nhs-111}; write the "
            "id of a contact"
        )
    ]


def test_a_contact_that_is_not_there_is_told_in_a_flow(author: Author) -> None:
    author.changes("flows/welcome.yaml", "Good.", "Good {name}.")
    assert author.hears() == [
        "flows/welcome.yaml:9:10: nobody knows what to put into {name}; write the id of a contact"
    ]


def test_a_contact_that_is_not_there_is_told_in_a_sentence(author: Author) -> None:
    author.changes("knowledge/texts/en/core.yaml", "Hello.", "Hello {nhs-111}.")
    assert author.hears() == [
        (
            "knowledge/texts/en/core.yaml:1:8: nobody knows what to put into {nhs-111}; write the id "
            "of a contact"
        )
    ]


def test_a_gap_with_capitals_is_told(author: Author) -> None:
    author.changes("knowledge/articles/sleep.yaml", "Rest when you can.", "Phone {Emergency} now.")
    assert author.hears() == [
        (
            "knowledge/articles/sleep.yaml:7:12: '{Emergency}' is not a gap; write {contact-id} in "
            "small letters, without blanks"
        )
    ]


def test_a_live_text_with_a_contact_that_is_a_draft_is_told(author: Author) -> None:
    author.changes("knowledge/contacts.yaml", "confidence: V", "confidence: V\n    status: draft")
    assert author.hears() == [
        (
            "knowledge/red_flags/cards.yaml:4:11: the contact 'emergency' is a draft; make this a "
            "draft too, or prove it"
        )
    ]


def test_a_step_that_shows_an_article_that_is_not_there_is_told(author: Author) -> None:
    author.changes("flows/welcome.yaml", "say: Good.", "article: rest")
    assert author.hears() == [
        ("flows/welcome.yaml:9:14: no article is called 'rest'; write it, or lead to another article")
    ]


def test_a_live_flow_that_shows_a_draft_is_told(author: Author) -> None:
    author.changes("knowledge/articles/sleep.yaml", "confidence: V", "confidence: V\n    status: draft")
    author.changes("flows/welcome.yaml", "say: Good.", "article: cannot-sleep")
    assert author.hears() == [
        (
            "flows/welcome.yaml:9:14: the article 'cannot-sleep' is a draft, and this flow is live; "
            "make both the same"
        )
    ]


def test_a_step_into_a_flow_that_is_not_there_is_told(author: Author) -> None:
    author.changes("flows/welcome.yaml", "say: Good.", "flow: find-session")
    assert author.hears() == [
        ("flows/welcome.yaml:9:11: no flow is called 'find-session'; write it, or lead to another flow")
    ]


def test_a_transcript_of_a_flow_that_is_not_there_is_told(author: Author) -> None:
    author.writes(
        "flows/hello.test.yaml",
        """\
flow: hello
transcripts:
  - name: hello
    says:
      - bot: Hello.
""",
    )
    assert author.hears() == [
        "flows/hello.test.yaml:1:7: no flow is called 'hello'; write it, or lead to another flow"
    ]


def test_a_session_of_a_service_that_is_not_there_is_told(author: Author) -> None:
    author.writes("knowledge/sessions/scotland.yaml", SESSION)
    assert author.hears() == [
        (
            "knowledge/sessions/scotland.yaml:3:14: no service is called 'gym'; write it, or lead to "
            "another service"
        )
    ]


def test_a_service_of_an_area_that_is_not_there_is_told(author: Author) -> None:
    author.writes("knowledge/services/scotland.yaml", SERVICE.replace("area: scotland", "area: scotlan"))
    assert author.hears() == [
        ("knowledge/services/scotland.yaml:4:11: no area is called 'scotlan'; did you mean 'scotland'?")
    ]


def test_a_flag_without_its_card_is_told(author: Author) -> None:
    author.changes("knowledge/red_flags/body.yaml", "card: call-999", "card: call-99")
    assert author.hears() == [
        ("knowledge/red_flags/body.yaml:5:11: no card is called 'call-99'; did you mean 'call-999'?")
    ]


def test_a_flag_with_a_card_of_another_level_is_told(author: Author) -> None:
    author.changes("knowledge/red_flags/body.yaml", "level: emergency", "level: urgent")
    assert author.hears() == [
        (
            "knowledge/red_flags/body.yaml:5:11: the card 'call-999' is of level emergency, this "
            "flag of level urgent"
        )
    ]


def test_a_flag_that_counts_with_one_that_is_not_there_is_told(author: Author) -> None:
    author.changes(
        "knowledge/red_flags/body.yaml",
        "flags:",
        """together:
  - {id: R02, level: emergency, all: [R01, S01]}
flags:""",
    )
    assert author.hears() == [
        "knowledge/red_flags/body.yaml:2:44: no flag is called 'S01'; write it, or take it out"
    ]


def test_postcodes_of_two_areas_are_told(author: Author) -> None:
    author.changes(
        "knowledge/areas.yaml",
        "areas:\n",
        """\
areas:
  - {id: lothian, name: Lothian, nation: scotland, letters: [EH]}
""",
    )
    assert author.hears() == ["knowledge/areas.yaml:3:64: the postcodes EH belong to 'lothian' already"]


def test_a_place_that_stands_twice_is_told(author: Author) -> None:
    author.writes(
        "knowledge/places.yaml",
        """\
places:
  - {name: Leith, at: EH6}
  - {name: leith, at: EH6}
""",
    )
    assert author.hears() == ["knowledge/places.yaml:3:12: 'leith' at EH6 stands here twice"]


def test_a_language_switched_on_too_early_is_told(author: Author) -> None:
    author.changes(
        "knowledge/languages.yaml",
        "languages:\n",
        """\
languages:
  - {id: pl, name: Polski, english: Polish, enabled: true}
""",
    )
    assert author.hears() == [
        (
            "knowledge/languages.yaml:2:54: 'pl' cannot be switched on yet; missing: translated_by, "
            "clinically_checked_by, checked, its red flags, the card 'call-999', 2 sentences of "
            "texts/pl"
        )
    ]


def test_a_translation_of_no_english_sentence_is_told(author: Author) -> None:
    author.changes(
        "knowledge/languages.yaml",
        "languages:\n",
        "languages:\n  - {id: pl, name: Polski, english: Polish}\n",
    )
    author.writes("knowledge/texts/pl/core.yaml", "helo: Witaj.\n")
    assert author.hears() == [
        ("knowledge/texts/pl/core.yaml:1:1: no English sentence is called 'helo'; did you mean 'hello'?")
    ]


def test_a_translation_with_another_gap_is_told(author: Author) -> None:
    author.changes(
        "knowledge/languages.yaml",
        "languages:\n",
        "languages:\n  - {id: pl, name: Polski, english: Polish}\n",
    )
    author.writes("knowledge/texts/pl/core.yaml", "hello: Witaj {emergency}.\n")
    assert author.hears() == [
        "knowledge/texts/pl/core.yaml:1:8: the English has the gaps none, this has {emergency}"
    ]


def test_a_translation_into_an_unknown_language_is_told(author: Author) -> None:
    author.writes("knowledge/texts/fr/core.yaml", "hello: Salut.\n")
    assert author.hears() == [
        "knowledge/texts/fr/core.yaml:1:1: no language is called 'fr' in languages.yaml"
    ]


def test_a_file_where_nobody_reads_is_told(author: Author) -> None:
    author.writes("knowledge/article/sleep.yaml", "topic: sleep\n")
    assert author.hears() == [
        (
            "knowledge/article/sleep.yaml:1:1: nobody reads a file here; files stand in "
            "knowledge/articles/*.test.yaml, knowledge/articles/*.yaml, "
            "knowledge/contacts.yaml, knowledge/areas.yaml, "
            "knowledge/languages.yaml, knowledge/texts/*/*.yaml, knowledge/words.yaml, "
            "knowledge/lock-screen.yaml, knowledge/glossary/*.yaml, "
            "knowledge/red_flags/cards.yaml, knowledge/red_flags/*.yaml, "
            "knowledge/services/*.yaml, knowledge/sessions/*.yaml, "
            "knowledge/programmes/*.yaml, knowledge/templates/*.yaml, knowledge/places.yaml"
        )
    ]


def test_a_file_with_the_other_ending_is_told(author: Author) -> None:
    author.writes("knowledge/articles/rest.yml", "topic: rest\n")
    assert author.hears() == ["knowledge/articles/rest.yml:1:1: nobody reads .yml files; call it 'rest.yaml'"]


def test_an_english_that_is_switched_off_is_told(author: Author) -> None:
    author.changes("knowledge/languages.yaml", "enabled: true", "enabled: false")
    assert author.hears() == ["knowledge/languages.yaml:1:1: English (en) must be there with 'enabled: true'"]


def test_a_list_of_red_flag_words_in_two_files_is_told(author: Author) -> None:
    author.writes("knowledge/red_flags/lists.yaml", "lists:\n  pains: [pain, ache]\n")
    author.writes("knowledge/red_flags/more.yaml", "lists:\n  pains: [hurting]\nsame: {ows: pains}\n")
    assert author.hears() == [
        (
            "knowledge/red_flags/more.yaml:2:3: 'pains' stands in knowledge/red_flags/lists.yaml too; "
            "put them together, or give it another name"
        )
    ]
