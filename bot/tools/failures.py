"""What went wrong outside of us, in words for an operator."""


def no_database(failure: Exception) -> str:
    """The driver's own words, which hold no password."""
    said = str(getattr(failure, "orig", None) or type(failure).__name__).strip().splitlines()
    return f"The database cannot be used: {said[0]}"
