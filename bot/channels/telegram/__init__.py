"""Telegram: what arrives there becomes an event, and a Say becomes a message there."""
