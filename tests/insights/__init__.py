"""What the service measures, and what may be shown of it."""
