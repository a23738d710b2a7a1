"""One arrival is one transaction: load, decide, save, plan what goes out."""

from bot.service.inbox import Translate
from bot.service.service import Service
from bot.service.turns import Navigator
from bot.store.arrivals import Raw

__all__ = ["Navigator", "Raw", "Service", "Translate"]
