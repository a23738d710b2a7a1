"""A few articles, as the search tests need them."""

from functools import cache

from bot.content.shapes import WordFile
from bot.search import Article, Index, build_index

WORDS = WordFile(
    expand={"wabbit": "tired", "peely wally": "pale", "kemo": "chemotherapy", "awfy": "very"},
    alike=(("chemotherapy", "chemo"), ("operation", "surgery", "op")),
)

ARTICLES = (
    Article(
        "exercise",
        "Can I exercise before chemotherapy?",
        (
            "is it safe to exercise",
            "can i go to the gym during chemo",
            "should I keep active before treatment",
            "is walking ok while on chemo",
            "working out before my treatment starts",
        ),
        ("exercise", "gym", "walking"),
    ),
    Article(
        "tired",
        "Why am I so tired?",
        ("tired", "no energy at all", "exhausted all the time", "how can i get my energy back"),
        ("fatigue", "energy"),
    ),
    Article(
        "eating",
        "What should I eat before my operation?",
        ("what food helps before surgery", "i have lost my appetite", "good foods to eat", "eating well"),
        ("food", "protein"),
    ),
    Article(
        "smoking",
        "How can I stop smoking?",
        ("help to quit smoking", "do vapes count as smoking", "stop fags", "i want to give up cigarettes"),
        ("nicotine",),
    ),
    Article(
        "sleep",
        "I cannot sleep. What helps?",
        ("awake all night", "how do i sleep better", "insomnia", "bad sleep since diagnosis"),
        ("sleep",),
    ),
    Article(
        "parking",
        "Where can I park at the hospital?",
        ("parking", "is hospital parking free", "car park cost", "how do i get to the hospital by bus"),
        ("car", "bus"),
    ),
)


@cache
def index() -> Index:
    """The index over these articles."""
    return build_index(ARTICLES, WORDS)
