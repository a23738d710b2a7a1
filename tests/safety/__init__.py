"""Tests of the red flags and of their cards."""
