"""What the navigator promises."""
