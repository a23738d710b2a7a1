"""Prehab Navigator: a chat navigator for people with cancer."""
