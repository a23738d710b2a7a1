"""The web chat: a page that works without scripts, an account or anybody else's server."""

from bot.channels.web.app import app
from bot.channels.web.ports import Answering, Navigating

__all__ = ["Answering", "Navigating", "app"]
