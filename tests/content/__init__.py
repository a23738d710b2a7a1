"""What authors write, and what they hear."""
