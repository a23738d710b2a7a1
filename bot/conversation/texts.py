"""The approved sentences of one language, with their gaps filled. No sentence is written in code."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

GAP = re.compile(r"\{([a-z0-9][a-z0-9_.-]*)\}")

Sentences = Mapping[str, tuple[str, ...]]


def fill(text: str, values: Mapping[str, str]) -> str:
    """Put values into the {gaps}; a gap nobody knows stays visible, and `prehab check` has refused it."""
    return GAP.sub(lambda gap: values.get(gap[1], gap[0]), text) if "{" in text else text


@dataclass(frozen=True)
class Texts:
    """What the program says to one person: their language, English beneath it, their nation's numbers."""

    sentences: Mapping[str, Sentences]
    language: str = "en"
    values: Mapping[str, str] = field(default_factory=dict)

    def variants(self, key: str) -> tuple[str, ...]:
        """Every wording of a sentence, English where the language has none."""
        own = self.sentences.get(self.language, {})
        return own[key] if key in own else self.sentences["en"][key]

    def __call__(self, key: str, turn: int = 0, **values: str) -> str:
        """The sentence of this key; where it has several wordings, `turn` picks one."""
        wordings = self.variants(key)
        return fill(wordings[turn % len(wordings)], {**self.values, **values})

    def written(self, text: Mapping[str, str], **values: str) -> str:
        """A text from a flow or an article, in the person's language if it is there."""
        return fill(text.get(self.language, text["en"]), {**self.values, **values})

    def with_values(self, values: Mapping[str, str]) -> "Texts":
        """The same, with further gaps known."""
        return replace(self, values={**self.values, **values})
