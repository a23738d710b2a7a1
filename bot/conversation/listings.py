"""A session in words: what, when, where, what it costs, how to get in, and how sure we are of it."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from functools import reduce

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_time

from bot.content.listings import Series, Service
from bot.conversation.texts import Texts
from bot.directory import Directory
from bot.directory.distance import whole_miles
from bot.directory.recurrence import cancelled_between
from bot.model import Suggested, Suggestion, Wanted

FAR_AHEAD = 300
"""Days from which on a date is shown with its year."""


def session_card(
    directory: Directory, suggestion: Suggestion, wanted: Wanted, texts: Texts, now: datetime
) -> str:
    """Everything a person needs to decide; what a listing does not state is said so."""
    listing = directory.listings[suggestion.session]
    series, service = listing.series, listing.service
    now = now.astimezone(directory.zone)
    parts = (
        _what(series, texts),
        _when(directory, suggestion, texts, now),
        _where(series, suggestion, wanted, texts),
        _for_whom(series, listing.cancer, texts),
        _getting_in(series, service, texts),
        _how_sure(series, suggestion, texts, now.date()),
    )
    return "\n".join(line for lines in parts for line in lines)


def session_line(directory: Directory, suggestion: Suggestion, texts: Texts, now: datetime) -> str:
    """One line for a list or a button: the title and the day."""
    series = directory.session(suggestion.session)
    day = day_in_words(suggestion.starts.date(), texts, now.date())
    return texts("session.comma", first=texts.written(series.title), last=day)


def relaxed_line(suggested: Suggested, texts: Texts) -> str:
    """Which wishes were left out, or nothing."""
    wishes = [texts(f"session.dropped.{wish}") for wish in suggested.relaxed]
    return texts("session.relaxed", wishes=together(wishes, texts)) if wishes else ""


def nothing_found(texts: Texts) -> str:
    return texts("session.nothing")


# ---- the parts of a card ------------------------------------------------------------------------------


def _what(series: Series, texts: Texts) -> Iterator[str]:
    yield texts("session.title", title=texts.written(series.title))
    if series.about:
        yield texts.written(series.about)


def _when(directory: Directory, suggestion: Suggestion, texts: Texts, now: datetime) -> Iterator[str]:
    series, starts = directory.session(suggestion.session), suggestion.starts
    day = day_in_words(starts.date(), texts, now.date())
    yield texts(
        "session.when", date=day, time=time_in_words(starts, texts), length=length(series.minutes, texts)
    )
    for cancelled in cancelled_between(series, directory.zone, now, starts):
        yield texts("session.cancelled", date=day_in_words(cancelled.date(), texts, now.date()))
    if series.rrule or series.extra:
        again = directory.next_date(series.id, starts)
        next_day = day_in_words(again.date(), texts, now.date()) if again else ""
        yield texts("session.repeats" if again else "session.last", date=next_day)


def _where(series: Series, suggestion: Suggestion, wanted: Wanted, texts: Texts) -> Iterator[str]:
    if series.mode != "in-person":
        yield texts(f"session.mode.{series.mode}")
    if not (venue := series.venue):
        return
    yield texts("session.place", venue=venue.name, postcode=venue.postcode)
    if suggestion.kilometres is not None and wanted.near and wanted.near.label:
        yield distance(suggestion.kilometres, wanted.near.label, texts)
    yield texts(f"session.step-free.{_key(venue.step_free)}")
    for name, text in (("parking", venue.parking), ("bus", venue.bus), ("toilet", venue.toilet)):
        if text:
            yield texts(f"session.{name}", text=texts.written(text))


def _for_whom(series: Series, cancer: Sequence[str], texts: Texts) -> Iterator[str]:
    if cancer:
        types = [texts(f"session.cancer.{name}") for name in cancer]
        yield texts("session.cancer", types=together(types, texts))
    if series.languages and series.languages != ("en",):
        named = [_language_name(code, texts) for code in series.languages]
        yield texts("session.language", languages=together(named, texts))
    if series.level:
        yield texts(f"session.level.{series.level}")


def _getting_in(series: Series, service: Service | None, texts: Texts) -> Iterator[str]:
    # What the session itself states counts before what its service says of all its sessions.
    cost = series.cost or (service.cost if service and series.free != "yes" else None)
    if cost:
        yield texts("session.cost", text=texts.written(cost))
    else:
        yield texts(f"session.free.{_key(series.free)}")
    yield (
        texts("session.book", text=texts.written(series.book))
        if series.book
        else texts("session.book-not-stated")
    )
    if service:
        yield texts(f"session.refer.{_key(service.refer_yourself)}")
        yield from _service_lines(service, texts)


def _service_lines(service: Service, texts: Texts) -> Iterator[str]:
    if service.how_to_be_referred and service.refer_yourself != "yes":
        yield texts("session.how-to-be-referred", text=texts.written(service.how_to_be_referred))
    yield texts("session.provider", provider=service.provider)
    for name, text in (("phone", service.phone), ("web", service.web)):
        if text:
            yield texts(f"session.{name}", text=text)


def _how_sure(series: Series, suggestion: Suggestion, texts: Texts, today: date) -> Iterator[str]:
    if series.sample:
        yield texts("session.sample")
    if suggestion.unknown:
        wishes = together([texts(f"session.wish.{wish}") for wish in suggestion.unknown], texts)
        yield texts("session.unknown", wishes=wishes)
    if series.review < today:
        month = "session.month" if series.checked.year == today.year else "session.month-with-year"
        yield texts("session.unchecked", month=_formatted(series.checked, texts(month), texts))
    else:
        yield texts("session.checked", date=_formatted(series.checked, texts("session.checked-date"), texts))


# ---- days, times and lists in words -------------------------------------------------------------------


def day_in_words(day: date, texts: Texts, today: date) -> str:
    """ "Tuesday 3 March", with its year when that is far ahead."""
    far = (day - today).days > FAR_AHEAD
    return _formatted(day, texts("session.date-with-year" if far else "session.date"), texts)


def time_in_words(moment: datetime, texts: Texts) -> str:
    """ "10.30am", "2pm", "12 noon"."""
    if moment.minute == 0 and moment.hour in (0, 12):
        return texts("session.noon" if moment.hour else "session.midnight")
    pattern = texts("session.time" if moment.minute else "session.hour")
    return format_time(moment.time(), pattern, locale=_locale(texts.language))


def length(minutes: int, texts: Texts) -> str:
    hours, over = divmod(minutes, 60)
    if not hours:
        return texts("session.minutes", minutes=str(minutes))
    key = ("session.one-hour" if hours == 1 else "session.hours") + ("-and" if over else "")
    return texts(key, hours=str(hours), minutes=str(over))


def together(words: Sequence[str], texts: Texts) -> str:
    """ "a, b and c"."""
    if len(words) < 2:
        return "".join(words)
    first = reduce(lambda before, word: texts("session.comma", first=before, last=word), words[:-1])
    return texts("session.and", first=first, last=words[-1])


def distance(kilometres: float, near: str, texts: Texts) -> str:
    miles = whole_miles(kilometres)
    key = {0: "session.less-than-a-mile", 1: "session.one-mile"}.get(miles, "session.miles")
    return texts(key, miles=str(miles), near=near)


def _key(stated: str) -> str:
    return stated.replace(" ", "-")


def _formatted(day: date, pattern: str, texts: Texts) -> str:
    return format_date(day, pattern, locale=_locale(texts.language))


def _language_name(code: str, texts: Texts) -> str:
    return str(_locale(texts.language).languages.get(code, code))


def _locale(language: str) -> Locale:
    """Dates as they are written here; a language that Babel does not know has English ones."""
    try:
        return Locale.parse(language if language != "en" else "en_GB")
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en_GB")
