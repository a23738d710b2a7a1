"""The fuzzy search over articles: normalise, spell, rank, abstain."""

from bot.search.articles import Article
from bot.search.cache import load_or_build
from bot.search.explain import Explained, Reason
from bot.search.found import Found, Hit
from bot.search.index import Index, build_index
from bot.search.leave_one_out import Lost, lost_phrasings
from bot.search.trial import first, with_article

__all__ = [
    "Article",
    "Explained",
    "Found",
    "Hit",
    "Index",
    "Lost",
    "Reason",
    "build_index",
    "first",
    "load_or_build",
    "lost_phrasings",
    "with_article",
]
