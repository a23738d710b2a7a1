"""News is chosen by words that staff can choose by, too."""

from tests.content.author import Author

FLOW = """\
flow: updates
title: Updates
steps:
  about:
    ask: one-of
    text: What about?
    save: wanted
    options:
      - {id: lungs, label: Lungs}
      - {id: any, label: Anything}
  keep:
    interests: {cancer: wanted}
  done:
    end: Thank you.
"""


def test_an_interest_that_reaches_nobody_is_told(author: Author) -> None:
    author.writes("flows/updates.yaml", FLOW)
    said = [line for line in author.hears() if "cancer" in line]
    assert said == ["flows/updates.yaml:9:14: no cancer is called 'lungs'; did you mean 'lung'?"]


def test_an_interest_from_an_answer_that_nobody_gives_is_told(author: Author) -> None:
    author.writes("flows/updates.yaml", FLOW.replace("{cancer: wanted}", "{cancer: wantd}"))
    said = [line for line in author.hears() if "wantd" in line]
    assert len(said) == 1 and "no step saves an answer called 'wantd'" in said[0]
