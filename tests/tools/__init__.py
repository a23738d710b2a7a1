"""The commands that look at the content."""
