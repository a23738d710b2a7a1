"""What the commands of `prehab` do."""
