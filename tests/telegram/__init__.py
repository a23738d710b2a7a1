"""Telegram, against a Telegram on loopback."""
