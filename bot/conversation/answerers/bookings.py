"""Taps on a session's buttons, and the same things typed: coming, reminders, calendar, my sessions."""

from dataclasses import replace

from bot.bookings import Book, CancelBooking, ChooseReminders, RemindMe, SessionDate, ShowBookings
from bot.conversation import asking, booked, codes, engine, session_buttons
from bot.conversation.moment import Moment, question_at
from bot.conversation.replies import label, plain, without_courtesy
from bot.conversation.replies.words import nearly
from bot.directory.occurrences import occurrence
from bot.model import Action, Button, Count, GiveConsent, Say, Tapped, Turn

SWITCH = "reminders"
TERMS = "booking/1"
"""The version of the words under which reminders are switched on: `booking.why-reminders`."""
SAYS = {"im-coming": "c", "remind-me": "m"}


def booking(moment: Moment) -> Turn | None:
    """A button of a card, a confirmation, a reminder or an offer; or its words, typed right after."""
    if moment.tapped and moment.tapped.target == "booking":
        return _tapped(moment, moment.tapped.name)
    return _typed(moment) if moment.typed else None


def _tapped(moment: Moment, name: str) -> Turn | None:
    read = session_buttons.read(name)
    if read is None:
        return None
    letter, date = read
    if letter == session_buttons.VERBS["choose"]:
        choices = [(one,) for one in session_buttons.leads(date, moment.texts)]
        return _with_question(moment, Say(moment.say("booking.choose"), tuple(choices), "question"))
    request = _request(letter, date)
    return None if request is None else _asked(moment, request)


def _request(letter: str, date: SessionDate) -> Book | RemindMe | CancelBooking | ChooseReminders | None:
    if letter in session_buttons.LEADS:
        return ChooseReminders(date, session_buttons.LEADS[letter])
    match letter:
        case "c":
            return Book(date)
        case "m":
            return RemindMe(date)
        case "x":
            return CancelBooking(date)
        case _:
            return None


def _asked(moment: Moment, request: Book | RemindMe | CancelBooking | ChooseReminders) -> Turn:
    """Ask for it. Coming, or a reminder, is a fresh yes to being written to."""
    counted = Count("booking", (("asked", type(request).__name__), ("channel", moment.person.channel)))
    agrees = isinstance(request, Book | RemindMe) or (isinstance(request, ChooseReminders) and request.leads)
    if not agrees or not _known(moment, request.date):
        return _with_question(moment, request, counted)
    person = moment.person
    given = () if SWITCH in person.consents else (GiveConsent(SWITCH, TERMS),)
    consents = person.consents if SWITCH in person.consents else (*person.consents, SWITCH)
    moment = moment.with_person(replace(person, consents=consents, stopped=False, grieving=False))
    return _with_question(moment, *given, request, counted)


def _known(moment: Moment, date: SessionDate) -> bool:
    """A forged or old code switches nothing on. A date that staff moved is known by its listed start."""
    return occurrence(moment.world.directory, date, moment.now) is not None


def _with_question(moment: Moment, *actions: Action) -> Turn:
    """In the middle of a flow the open question comes again; nothing of it is lost."""
    place = moment.person.place
    if place is None or question_at(moment.world, place.frames) is None:
        return moment.turn(*actions)
    again = engine.merged((Say(moment.say("flow.again")), asking.ask_again(moment, place)))
    return moment.turn(*actions, *again)


# ---- typed ----------------------------------------------------------------------------------------------


def _typed(moment: Moment) -> Turn | None:
    """ "I'm coming" after cards: the one card, or which of them; without a card, what is booked."""
    letter = _meant(moment)
    if letter is None:
        return mine(moment) if _cancels(moment) else None
    shown = [button for button in moment.person.offered if _letter(button) == letter]
    if len(shown) == 1:
        return booking(replace(moment, event=Tapped(shown[0].code), said=""))
    if shown:
        which = [(replace(button, label=_line(moment, button)),) for button in shown]
        return _with_question(moment, Say(moment.say("booking.which"), tuple(which), "question"))
    return _with_question(moment, ShowBookings()) if letter == "c" else None


def _meant(moment: Moment) -> str | None:
    said = without_courtesy(plain(moment.said))
    for name, letter in SAYS.items():
        words = (*moment.texts.variants(f"says.{name}"), moment.texts(f"booking.button.{_label(letter)}"))
        if said and any(nearly(said, label(word)) for word in words):
            return letter
    return None


def _cancels(moment: Moment) -> bool:
    """ "Cancel it", with no question open that it could be meant for."""
    said = without_courtesy(plain(moment.said))
    words = moment.texts.variants("says.cancel")
    return bool(said) and moment.person.place is None and any(nearly(said, label(word)) for word in words)


def _label(letter: str) -> str:
    return next(verb for verb, known in session_buttons.VERBS.items() if known == letter)


def _letter(button: Button) -> str | None:
    code = codes.read(button.code)
    read = session_buttons.read(code.name) if code and code.target == "booking" else None
    return read[0] if read else None


def is_about(row: tuple[Button, ...]) -> bool:
    """Whether these buttons stand under a session's card."""
    return any(_letter(button) for button in row)


def _line(moment: Moment, button: Button) -> str:
    """The day, time and place of a card, short enough for a button."""
    code = codes.read(button.code)
    read = session_buttons.read(code.name) if code else None
    if read is None:
        return button.label
    _, date = read
    listing = moment.world.directory.listings.get(date.session)
    title = moment.texts.written(listing.series.title) if listing else ""
    starts = listing.dates.now(date.listed) if listing else None
    when = booked.moment_in_words(moment.world, moment.texts, starts or date.listed, moment.now)
    return f"{when}: {title}"


def mine(moment: Moment) -> Turn:
    """My sessions."""
    return _with_question(moment, ShowBookings())
