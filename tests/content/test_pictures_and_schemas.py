"""What is made from the same YAML: a picture of each flow, and help for editors."""

from bot.content.graph import mermaid
from bot.content.kinds import KINDS
from bot.content.schema_export import schemas
from tests.content.author import Author


def test_a_flow_is_drawn_with_its_questions_and_ways(author: Author) -> None:
    assert mermaid(author.content().flows["welcome"]) == (
        "flowchart TD\n"
        '    s0("hello<br>Shall we start?")\n'
        '    s1["again<br>Good."]\n'
        '    s2(("bye<br>Goodbye."))\n'
        '    s0 -- "yes" --> s1\n'
        '    s0 -- "no" --> s2\n'
        "    s1 --> s2\n"
    )


def test_signs_in_a_text_do_not_break_the_picture(author: Author) -> None:
    author.changes("flows/welcome.yaml", "Good.", "'Say \"yes\" & <go>'")
    assert "Say #quot;yes#quot; #amp; #lt;go#gt;" in mermaid(author.content().flows["welcome"])


def test_every_kind_of_file_has_its_schema() -> None:
    assert list(schemas()) == [kind.name for kind in KINDS]


def test_a_schema_knows_the_names_as_authors_write_them() -> None:
    branch = schemas()["flows"]["$defs"]["Branch"]
    assert branch["required"] == ["branch", "else"]


def test_a_schema_lets_a_plain_text_stand_for_english() -> None:
    title = schemas()["flows"]["properties"]["title"]
    assert {"type": "string"} in title["anyOf"]
