"""What authors write, read into one Content: or every problem of it, at its line."""

from bot.content.check import check, fails
from bot.content.content import Content, Topic
from bot.content.load import Loaded, read
from bot.content.problems import Problem
from bot.content.sources import Sources
from bot.content.watch import Watched

__all__ = ["Content", "Loaded", "Problem", "Sources", "Topic", "Watched", "check", "fails", "read"]
