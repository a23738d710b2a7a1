"""Sessions near somebody: places, dates and suggestions."""

from bot.directory.directory import Directory, build_directory
from bot.directory.places import Places, Reading
from bot.directory.postcodes import attribution

__all__ = ["Directory", "Places", "Reading", "attribution", "build_directory"]
