"""How wrong tries lock an account: 5 in a row for 15 minutes, each further 5 for twice as long."""

from datetime import datetime, timedelta

TRIES = 5
FIRST = timedelta(minutes=15)
DOUBLED_AT_MOST = 7
LONGEST = timedelta(hours=24)


def after_wrong_try(failures: int, now: datetime) -> tuple[int, datetime | None]:
    """Failures in a row with this one, and until when the account is locked, if it is now."""
    failures += 1
    if failures % TRIES:
        return failures, None
    doubled = min(failures // TRIES - 1, DOUBLED_AT_MOST)
    return failures, now + min(FIRST * 2**doubled, LONGEST)
