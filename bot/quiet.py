"""Quiet hours: when nothing but an answer goes out. Local time, so both clock changes move nothing."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
LEEWAY = timedelta(minutes=15)
"""What is moved before quiet hours comes this much earlier than they begin: it must be out by then."""


@dataclass(frozen=True, slots=True)
class Quiet:
    """From `begins` to `ends`, usually over midnight. When both are the same, there are none."""

    begins: time = time(21)
    ends: time = time(8)
    zone: ZoneInfo = LONDON

    def at(self, moment: datetime) -> bool:
        """Whether this moment lies in quiet hours; their end does not."""
        local = moment.astimezone(self.zone).time()
        if self.begins <= self.ends:
            return self.begins <= local < self.ends
        return local >= self.begins or local < self.ends

    def before(self, moment: datetime) -> datetime:
        """This moment, or, in quiet hours, a little before they begin. In universal time."""
        if not self.at(moment):
            return moment.astimezone(UTC)
        local = moment.astimezone(self.zone)
        begun_today = local.time() >= self.begins
        day = local.date() if begun_today else local.date() - timedelta(days=1)
        # Where they leave less than the leeway between two nights, the end of the night before counts.
        return self.after(min(self._moments(datetime.combine(day, self.begins))) - LEEWAY)

    def after(self, moment: datetime) -> datetime:
        """This moment, or, in quiet hours, their end. In universal time."""
        if not self.at(moment):
            return moment.astimezone(UTC)
        local = moment.astimezone(self.zone)
        ends_today = local.time() < self.ends
        day = local.date() if ends_today else local.date() + timedelta(days=1)
        return max(self._moments(datetime.combine(day, self.ends)))

    def _moments(self, wall: datetime) -> tuple[datetime, datetime]:
        """Both readings of a local time that the clocks skip or repeat; of any other they are the same."""
        first, second = (wall.replace(tzinfo=self.zone, fold=fold) for fold in (0, 1))
        return first.astimezone(UTC), second.astimezone(UTC)


USUAL = Quiet()
NEVER_QUIET = Quiet(time(0), time(0))
