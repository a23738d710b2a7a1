"""The directory: which sessions to suggest, nearest first, then soonest, and never one that has passed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from bot.content.listings import PlaceName, Series, Service
from bot.content.shapes import Area
from bot.directory.changes import Change, changed
from bot.directory.codes import Code
from bot.directory.distance import whole_miles
from bot.directory.places import Places
from bot.directory.recurrence import Dates, end_of
from bot.directory.wishes import DROPPED_FIRST, Fit, Listing, in_universal_time, weigh
from bot.model import Location, Suggested, Suggestion, Wanted


@dataclass(frozen=True)
class Directory:
    """All listings, and the map they stand on."""

    listings: Mapping[str, Listing]
    places: Places
    zone: ZoneInfo
    written: Mapping[str, Listing] = field(default_factory=dict)
    """The listings as their authors wrote them, of those that staff have changed."""

    def changed_by(self, changes: Sequence[Change]) -> "Directory":
        """The same with exactly these changes of staff."""
        as_written = {**self.listings, **self.written}
        names = {one.session for one in changes} & as_written.keys()
        new = {
            name: changed(as_written[name], [one for one in changes if one.session == name], self.zone)
            for name in names
        }
        return replace(
            self, listings={**as_written, **new}, written={name: as_written[name] for name in names}
        )

    def rewritten(self, series: Series) -> "Directory":
        """The same as if its author had written this session so, and without what staff changed."""
        before = self.written.get(series.id) or self.listings[series.id]
        listing = replace(before, series=series, dates=Dates(series, self.zone))
        return replace(self, listings={**self.listings, **self.written, series.id: listing}, written={})

    def suggest(self, wanted: Wanted, now: datetime, limit: int = 3, skip: int = 0) -> Suggested:
        """Sessions that meet every wish; if there is none, those that meet all but as few as can be."""
        wanted = in_universal_time(self._with_area(wanted), self.zone)
        open_now = self._open(now.astimezone(self.zone).date())
        fits = [fit for listing in open_now if (fit := weigh(listing, wanted, now.astimezone(UTC)))]
        relaxed, chosen = _relaxed_least(fits)
        chosen.sort(key=_nearest_then_soonest)
        return Suggested(tuple(self._card(fit) for fit in chosen[skip : skip + limit]), relaxed)

    def session(self, id: str) -> Series:
        return self.listings[id].series

    def service(self, session: str) -> Service | None:
        return self.listings[session].service

    def next_date(self, session: str, now: datetime) -> datetime | None:
        """The next local start of one session, whatever anybody wishes."""
        starts = self.listings[session].dates.after(now.astimezone(UTC))
        return starts.astimezone(self.zone) if starts else None

    def _with_area(self, wanted: Wanted) -> Wanted:
        """Who tells us a place wishes what is offered online to people who live there."""
        if wanted.near is None or wanted.area:
            return wanted
        return replace(wanted, area=self.places.area(wanted.near))

    def _open(self, today: date) -> Iterator[Listing]:
        """Listings that have not run out."""
        for listing in self.listings.values():
            ends = [of.expires for of in (listing.series, listing.service) if of and of.expires]
            if all(today <= end for end in ends):
                yield listing

    def _card(self, fit: Fit) -> Suggestion:
        series, starts = fit.listing.series, fit.starts.astimezone(self.zone)
        away = None if fit.away is None else round(fit.away, 2)
        listed = fit.listing.dates.listed(fit.starts)
        moved = listed if listed != fit.starts else None
        return Suggestion(series.id, starts, end_of(starts, series), away, fit.unknown, moved)


def _relaxed_least(fits: Sequence[Fit]) -> tuple[tuple[str, ...], list[Fit]]:
    """Drop as few wishes as leave something to suggest; among equally few, those that cost least."""
    ways = {fit.failed for fit in fits if fit.failed.issubset(DROPPED_FIRST)}
    if not ways:
        return (), []
    dropped = min(ways, key=_cost)
    relaxed = tuple(wish for wish in DROPPED_FIRST if wish in dropped)
    return relaxed, [fit for fit in fits if fit.failed <= dropped]


def _cost(dropped: frozenset[str]) -> tuple[int, list[int]]:
    return len(dropped), sorted((DROPPED_FIRST.index(wish) for wish in dropped), reverse=True)


def _nearest_then_soonest(fit: Fit) -> tuple[bool, int, int, datetime, str]:
    """By the miles that a person reads; what is online stands after what is near, before what is far."""
    miles = whole_miles(fit.away) if fit.away is not None else 0
    group = 2 if "near" in fit.failed else 1 if fit.away is None else 0
    return fit.for_others, group, miles, fit.starts, fit.listing.series.id


def build_directory(
    services: Iterable[Service],
    sessions: Iterable[Series],
    places: Iterable[PlaceName],
    areas: Iterable[Area],
    timezone: str = "Europe/London",
) -> Directory:
    """Ready to suggest. The map is opened only if a session has a venue or somebody names a place."""
    atlas, zone = Places(tuple(places), tuple(areas)), ZoneInfo(timezone)
    offered = {service.id: service for service in services}
    listings = {
        series.id: Listing(series, offered.get(series.service), _venue(series, atlas), Dates(series, zone))
        for series in sessions
    }
    return Directory(listings, atlas, zone)


def _venue(series: Series, atlas: Places) -> Location | None:
    """Where it is held. A postcode that the map lacks has no distance."""
    if series.venue is None:
        return None
    outcode, _, unit = series.venue.postcode.partition(" ")
    return atlas.locate(Code(0, 1, outcode, unit[:1], unit))
