"""The directory: places, dates and suggestions."""
