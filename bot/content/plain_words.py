"""Words to avoid, and what to write instead; the second half of the house rules for patients' texts."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from bot.content.problems import Severity


class Avoided(NamedTuple):
    """A pattern (whole words, any case), what to write instead, and how bad it is."""

    pattern: str
    instead: str
    severity: Severity = "warning"


AVOIDED: tuple[Avoided, ...] = (
    Avoided(
        r"(?:fight|fights|fighting|fought)(?! (?:off )?infection)",
        "say what is done, such as 'have treatment'",
        "error",
    ),
    Avoided(r"(?:fight|fighting) (?:off )?infection", "write 'deal with infection'"),
    Avoided(
        r"battle|battles|battling|war on cancer|warriors?",
        "say what is done, such as 'live with cancer'",
        "error",
    ),
    Avoided(
        r"beat (?:cancer|it)|beating cancer|lost (?:his|her|their) fight",
        "say what happens, without a contest",
        "error",
    ),
    Avoided(r"journeys?(?! (?:time|by))", "write 'treatment', 'care' or 'time'", "error"),
    Avoided(
        r"(?:cancer )?(?:sufferers?|victims?)|suffering from|suffers? from",
        "write 'people with cancer' or 'has'",
        "error",
    ),
    Avoided(r"committed suicide|commit suicide", "write 'died by suicide' or 'end your life'", "error"),
    Avoided(
        r"don['’]?t worry|do not worry|(?:you|everything) will be (?:fine|all right|ok|okay)",
        "say what can help",
        "error",
    ),
    Avoided(
        r"guarantees?|guaranteed|miracle|will cure|will save your life",
        "promise nothing; say what may help",
        "error",
    ),
    Avoided(r"(?:stay|be|think) positive|stay strong|be brave", "say that any feeling is all right", "error"),
    Avoided(r"your GP", "write 'a GP'"),
    Avoided(
        r"experienc(?:e|es|ing) (?:\w+ ){0,2}(?:side effects?|symptoms?|pain|problems?)",
        "write 'get' or 'have'",
    ),
    Avoided(r"urinate|urination|urinating|pass(?:ing)? urine", "write 'pee (wee)'"),
    Avoided(r"faeces|stools?|bowel movements?|defecate", "write 'poo'"),
    Avoided(r"vomit|vomits|vomited|vomiting", "write 'being sick (vomiting)'"),
    Avoided(r"abdomen|abdominal", "write 'tummy'"),
    Avoided(r"telephone", "write 'phone'"),
    Avoided(r"oncologists?", "write 'cancer doctor'"),
    Avoided(r"clinicians?|healthcare professionals?", "write 'doctor or nurse' or 'your team'"),
    Avoided(r"prognosis", "write 'outlook'"),
    Avoided(r"fatigue", "write 'tiredness' (name it once as '(fatigue)')"),
    Avoided(r"nausea|nauseous", "write 'feeling sick'"),
    Avoided(r"constipated|constipation", "write 'hard to poo (constipation)'"),
    Avoided(r"medications?", "write 'medicine'"),
    Avoided(r"utilise[sd]?|utilising", "write 'use'"),
    Avoided(r"commence[sd]?|commencing", "write 'start'"),
    Avoided(r"prior to", "write 'before'"),
    Avoided(r"in order to", "write 'to'"),
    Avoided(r"approximately", "write 'about'"),
    Avoided(r"additional|additionally", "write 'more' or 'also'"),
    Avoided(r"assistance", "write 'help'"),
    Avoided(r"sufficient", "write 'enough'"),
    Avoided(r"requires?|required|requirement", "write 'need'"),
    Avoided(r"obtain|obtained", "write 'get'"),
    Avoided(r"purchase[sd]?", "write 'buy'"),
    Avoided(r"ensures?|ensuring", "write 'make sure'"),
    Avoided(r"regarding|concerning", "write 'about'"),
    Avoided(r"discontinue[sd]?|terminate[sd]?", "write 'stop'"),
    Avoided(r"facilitates?", "write 'help'"),
    Avoided(r"individuals?", "write 'person' or 'people'"),
    Avoided(r"e\.g\.|i\.e\.|etc\.?", "write 'such as', 'that is', or the whole list"),
    Avoided(r"click here|tap here", "say where the link leads"),
    Avoided(r"the elderly|old people", "write 'older people'"),
    Avoided(r"wheelchair[- ]bound", "write 'uses a wheelchair'"),
    Avoided(r"two|three|four|five|six|seven|eight|nine|ten", "write the numeral (2, 3 ...)"),
)

PATTERNS = tuple(
    (re.compile(rf"(?<![\w'’])(?:{one.pattern})(?![\w'’])", re.IGNORECASE), one) for one in AVOIDED
)
EXPLAINED = re.compile(r"\([^()]*\)|“[^”]*”|‘[^’]*’|\"[^\"]*\"|https?://\S+|\{[^}]*\}")
"""A hard word in brackets or quotes is explained by the plain words around it."""


def avoided(text: str) -> Iterator[tuple[str, Avoided]]:
    """Every word to avoid in a text, once each."""
    plain = EXPLAINED.sub(" ", text)
    for pattern, one in PATTERNS:
        if found := pattern.search(plain):
            yield found[0], one
