"""Red flags: which fixed safety card a message calls for. It matches phrases; it never assesses."""

from bot.safety.faults import Fault, faults
from bot.safety.matcher import Explained, Hit, Matcher, build_matcher
from bot.safety.static_card import static_card

__all__ = ["Explained", "Fault", "Hit", "Matcher", "build_matcher", "faults", "static_card"]
