"""Tests of reminders and of changes to sessions."""
