"""`python -m bot` is the same as `prehab`."""

from bot.cli import app

app()
