"""Tests of the staff desk in the chat."""
