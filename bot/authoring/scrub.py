"""Takes out of a shared question what could say whose it is: names, numbers, dates, postcodes, addresses."""

import re
from collections.abc import Callable

from bot.authoring.names import ALSO_WORDS, FIRST_NAMES, VERBS
from bot.conversation.private import MASK, MONTH, Masked, mask

EMAIL = re.compile(r"[\w.+'-]+\s?(?:@|\(at\)|\[at\])\s?[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
EMAIL_SPELLED = re.compile(
    r"[\w.+'-]+(?: dot \w+)*\s+(?:at|@)\s+(?:gmail|googlemail|hotmail|outlook|live|yahoo|icloud|btinternet|"
    r"sky|aol|msn|me)\b(?:(?:\.| dot )(?:com|co|uk|net|org|ie)\b)*",
    re.IGNORECASE,
)
LINK = re.compile(r"\b(?:https?://|www\.)\S+|\b(?:facebook|instagram|twitter|tiktok|t)\.(?:com|me)/\S+", re.I)
HANDLE = re.compile(r"(?<![\w@])@\w[\w.]{2,}")

DATE = re.compile(
    rf"\b(?:\d{{1,2}}[/.-]\d{{1,2}}[/.-](?:\d{{4}}|\d{{2}})|\d{{4}}[/.-]\d{{1,2}}[/.-]\d{{1,2}}"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?(?: of)?[ -]{MONTH},?[ -]\d{{4}}"
    rf"|{MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}})\b",
    re.IGNORECASE,
)
"""A whole date, of whatever: who is operated on that day is known to somebody."""
BIRTHDAY = re.compile(
    rf"\b((?:d\.?o\.?b\.?|date of birth|birthday|born)\b[\s:]*(?:is|was|on|in|the|\s)*)"
    rf"(\d[\d/. -]{{3,10}}|\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {MONTH}(?: \d{{2,4}})?|{MONTH}(?: \d+)*)",
    re.IGNORECASE,
)
NO_MEASURE = (
    r"(?!\d{2,3}/\d{2,3}(?![\d/]))"
    r"(?!\d+\s?(?:steps|mg|ml|mcg|g|kg|cal|cals|calories|kcal|kj|units|iu|miles|metres|people)\b)"
)
"""A blood pressure, steps, calories, a dose: nobody is known by them."""
NUMBER = re.compile(rf"(?<![\d.,£]){NO_MEASURE}\+?\(?\d(?:[ .()/–—-]{{0,2}}\d){{4,}}(?![\d%])")
"""Five digits or more, however they are spaced: phone, NHS, CHI and hospital numbers."""
LETTERED = re.compile(r"\b[a-z]{1,4}[-/]?\d{4,}[a-z]?\b|\b\d{7}[a-z]\b", re.IGNORECASE)
"""RGT12345, 7001234k, QQ123456C in one piece: before its digits go alone."""
OH_FOR_NOUGHT = re.compile(r"\b(?=[\d .-]*o)[o\d](?:[ .-]?[o\d]){8,}\b", re.IGNORECASE)
"""o7700 9OO123"""
DIGIT = r"(?:oh|o|zero|nought|one|two|three|four|five|six|seven|eight|nine|double|treble|triple|hundred)"
SPELLED = re.compile(rf"\b{DIGIT}(?:[ ,-]+{DIGIT}){{5,}}\b", re.IGNORECASE)
CODE = re.compile(
    rf"\b{NO_MEASURE}(?=[a-z]*\d)(?:[a-z]{1, 4}[-/ ]?\d{(4,)}[a-z]?|\d{(4,)}[a-z]{1, 3})\b", re.IGNORECASE
)
"""RGT12345, 1234567X: as hospitals number people."""
NUMBERED = re.compile(
    r"\b((?:hospital|patient|nhs|chi|unit|hosp|ref(?:erence)?|case)\s?(?:number|num|no|id|ref|#)?\.?"
    r"(?:\s*is|\s*:|\s*#)?\s*)(?=[a-z/-]*\d)([\w/-]{3,})",
    re.IGNORECASE,
)

AREAS = (
    "AB|AL|BA|BB|BD|BH|BL|BN|BR|BS|BT|CA|CB|CF|CH|CM|CO|CR|CT|CV|CW|DA|DD|DE|DG|DH|DL|DN|DT|DY|EC|EH|EN|EX|"
    "FK|FY|GL|GU|HA|HD|HG|HP|HR|HS|HU|HX|IG|IP|IV|KA|KT|KW|KY|LA|LD|LE|LL|LN|LS|LU|ME|MK|ML|NE|NG|NN|NP|NR|"
    "NW|OL|OX|PA|PE|PH|PL|PO|PR|RG|RH|RM|SA|SE|SG|SK|SL|SM|SN|SO|SP|SR|SS|ST|SW|SY|TA|TD|TF|TN|TQ|TR|TS|TW|"
    "UB|WA|WC|WD|WF|WN|WR|WS|WV|YO|ZE|GY|JE|IM"
)
POSTCODE_SPACED = re.compile(
    r"\b(post ?code(?: is|:)?\s+)([a-z]{1,2} ?\d ?[a-z\d]? {0,2}\d ?[a-z] ?[a-z])\b", re.IGNORECASE
)
POSTCODE = re.compile(r"\b[a-z]{1,2}\d[a-z\d]?\s{0,2}\d[a-z]{2}\b", re.IGNORECASE)
OUTWARD = re.compile(
    rf"\b(?!me\d|so\d)(?:{AREAS})\d{{1,2}}[A-Z]?\b(?!-\d)|\b[EGLMNSW]\d\d\b|\bB(?!12)\d\d\b", re.I
)
"""The first half alone. "me2" is text-speak, B12 a vitamin, CA19-9 a blood test."""
SHORT_OUTWARD = re.compile(
    rf"\b((?:in|near|from|around|postcode(?: is)?|live at)\s+)((?:{AREAS}|[BEGLMNSW])\d[A-Z\d]?)\b", re.I
)
"""N1 is a stage of cancer and L4 a part of the spine: these are places only after a word that says so."""

ROAD = r"(?:street|road|rd|avenue|ave|crescent|terrace|wynd|lane|drive|gardens|court|mews)"
NAMED_ROAD = (
    r"(?:Street|St|Road|Avenue|Lane|Drive|Close|Court|Crescent|Place|Terrace|Gardens|Way|Square|Grove|Hill|Row|"
    r"Wynd|Loan|Brae|Mews|Park|Gate|Walk|View|Rise|Path)"
)
NOT_A_ROAD = r"(?!(?:min|mins|minute|minutes|hour|hours|hr|hrs|mile|miles|km|day|days|week|long)\b)"
ADDRESS = (
    re.compile(
        rf"\b\d{{1,4}}[a-z]?(?:/\d{{1,2}})?,? {NOT_A_ROAD}(?:[a-z'’]+ ){{1,3}}?{ROAD}\b\.?", re.IGNORECASE
    ),
    re.compile(rf"\b(?:\d{{1,4}}[a-zA-Z]?,? )?(?:[A-Z][\w'’]+ ){{1,3}}{NAMED_ROAD}\b(?!['’]| John)"),
    re.compile(r"\b\d{1,4}[a-z]? [a-z'’]{3,} st\b(?! john)", re.IGNORECASE),
    re.compile(r"\b(?:flat|apartment|apt)\.? ?\d+[a-z]?(?:/\d+)?\b", re.IGNORECASE),
)

CALLED = r"[A-Z][\w'’-]+(?: (?!I\b)[A-Z][\w'’-]+)*"
TITLED = re.compile(
    r"\b((?:mr|mrs|ms|miss|mx|dr|doctor|prof|professor|nurse|sister|consultant|surgeon|revd|rev|father)\.?\s+)"
    rf"((?-i:{CALLED}))",
    re.IGNORECASE,
)
TITLED_LOW = re.compile(
    r"\b((?:mr|mrs|ms|dr|prof)\.?\s+)(?!(?:and|or|said|says|told|who|about|to|the|is|if|will|at|for|in)\b)"
    r"((?:[a-z]\.? )?(?:(?:de|da|di|van|von|el|al|mac|o) )?[a-z'’-]{2,})",
    re.IGNORECASE,
)
INTRODUCED = re.compile(
    r"\b((?:i['’]?m|i am|it['’]?s|this is|ask(?:ed)? for|called|named|name['’]?s|name is|speak(?:ing)? to|"
    r"regards,?|thanks,?|thank you,?|love,?|from|signed,?|hi,?|hello,?|dear)\s+)"
    rf"(?!(?:I|I['’]\w+|NHS|GP|A&E|Macmillan|Maggie['’]?s?|Marie|Scotland|England|Wales|London|OK|My|The|Can|"
    rf"How|What|Is|Do|Will|Should|Where|When|Why|Who|Chemo|Radio|\w+day|Christmas)\b)((?-i:{CALLED}))",
    re.IGNORECASE,
)
RELATED = re.compile(
    r"\b(my (?:husband|wife|partner|mum|mother|dad|father|son|daughter|sister|brother|friend|mate|pal|gran|"
    r"granny|grandad|nurse|doctor|surgeon|consultant|neighbour|carer|boyfriend|girlfriend|fiance|aunt|auntie|uncle)"
    rf"s?,?\s+)(?!(?:I|NHS|GP)\b)((?-i:{CALLED}))",
    re.IGNORECASE,
)
ANNOUNCED = re.compile(
    r"\b((?:i['’]?m|i am|it['’]?s|this is|name['’]?s|name is|named|called|speak(?:ing)? to|ask for|regards|"
    r"love|thanks|cheers|from|my (?:husband|wife|partner|mum|mam|mother|dad|da|father|son|daughter|sister|"
    r"brother|friend|mate|pal|gran|granny|nan|nana|grandad|nurse|doctor|surgeon|consultant|neighbour|carer|uncle|aunt|"
    r"auntie)|doctor|nurse|uncle|aunt|auntie),?\s+)([^\W\d_]+)(?=['’]s\b|\b)(?!['’](?!s))",
    re.IGNORECASE,
)
FIELD = re.compile(
    r"\b(name\s?[:=]\s*|"
    r"(?:his|her|their|(?:husband|wife|son|daughter|mum|dad|partner)['’]?s) name(?: is|['’]?s)\s+)"
    rf"(?!{MASK})([^\W\d_]+(?: (?!and|is|was|i|who|has)[^\W\d_]+)?)",
    re.IGNORECASE,
)
SIGNED_OFF = re.compile(r"\b((?:love|from)\s+)([^\W\d_]{2,12})(?=\s+x+\s*$)", re.IGNORECASE)
BARE = re.compile(
    r"(?<!\bIvor )(?<!\bSt )(?<!\bSt\. )(?<!\bQueen )(?<!\bKing )(?<!\bPrincess )\b[^\W\d_]+(?=['’]s\b|\b)"
)
SURNAME = re.compile(rf"({MASK} )((?!I\b)[A-Z][\w’'-]+)")


def scrub(text: str) -> Masked:
    """The text with every detail that we can tell replaced by "…", and which kinds were in it. Scrubbing what
    was scrubbed changes nothing."""
    first = mask(text)
    text, kinds = first.text, list(first.kinds)
    for kind, take in STEPS:
        text, found = take(text)
        kinds += [kind] * bool(found)
    return Masked(_once(text), tuple(dict.fromkeys(kinds)))


def _once(text: str) -> str:
    """Two details side by side leave one mark."""
    return re.sub(rf"{MASK}(?:[\s,]*{MASK})+", MASK, text)


def _whole(*patterns: re.Pattern[str]) -> Callable[[str], tuple[str, int]]:
    def take(text: str) -> tuple[str, int]:
        total = 0
        for pattern in patterns:
            text, found = pattern.subn(MASK, text)
            total += found
        return text, total

    return take


def _after(*patterns: re.Pattern[str]) -> Callable[[str], tuple[str, int]]:
    """What comes after the words that announce it; those stay."""

    def take(text: str) -> tuple[str, int]:
        total = 0
        for pattern in patterns:
            text, found = pattern.subn(rf"\g<1>{MASK}", text)
            total += found
        return text, total

    return take


def _first_names(text: str) -> tuple[str, int]:
    found = 0

    def one(word: re.Match[str]) -> str:
        nonlocal found
        if word[0].casefold() not in FIRST_NAMES:
            return word[0]
        found += 1
        return MASK

    return BARE.sub(one, text), found


def _announced(text: str) -> tuple[str, int]:
    """ "Will" and "jean" are words too: a name only after words that lead us to expect one."""
    found = 0

    def one(words: re.Match[str]) -> str:
        nonlocal found
        if words[2].casefold() not in ALSO_WORDS or words[2] in VERBS:
            return words[0]
        found += 1
        return f"{words[1]}{MASK}"

    return ANNOUNCED.sub(one, text), found


STEPS: tuple[tuple[str, Callable[[str], tuple[str, int]]], ...] = (
    ("address", _whole(EMAIL, EMAIL_SPELLED, LINK, HANDLE)),
    ("birth", _after(BIRTHDAY)),
    ("date", _whole(DATE)),
    ("address", _after(POSTCODE_SPACED)),
    ("address", _whole(*ADDRESS, POSTCODE)),
    ("number", _whole(OH_FOR_NOUGHT, LETTERED, NUMBER, CODE, SPELLED)),
    ("number", _after(NUMBERED)),
    ("address", _after(SHORT_OUTWARD)),
    ("address", _whole(OUTWARD)),
    ("name", _after(FIELD, TITLED, TITLED_LOW, INTRODUCED, RELATED, SIGNED_OFF)),
    ("name", _announced),
    ("name", _first_names),
    ("name", _after(SURNAME)),
)
"""In this order: what is longer first, so that no half of it is left over."""
