"""Broadcasts in the console: a form becomes a draft, a broadcast becomes a page."""
