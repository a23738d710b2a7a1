"""What people decide about their own data: stop, see, switch off, delete."""

from collections.abc import Callable
from dataclasses import replace

from bot.bookings import GiveBackBookings
from bot.conversation import buttons, codes, engine
from bot.conversation.answerers.leading import menu
from bot.conversation.moment import Moment
from bot.model import EndRelay, EraseMe, Say, ShowMyData, StopMessages, Turn, WithdrawConsent


def stop(moment: Moment) -> Turn:
    """At once, in any state, without a second question."""
    person = moment.person
    ended = [switch for switch in ("reminders", "news") if switch in person.consents]
    kept = tuple(switch for switch in person.consents if switch not in ended)
    person = replace(person, place=None, parked=None, finished=None, consents=kept, stopped=True)
    talked = (EndRelay(),) if person.relay else ()
    person = replace(person, interests=(), relay=0)
    told = "\n".join((moment.say("stop.done"), *(moment.say("stop.talk") for _ in talked)))
    say = Say(told, buttons.rows(buttons.commands(moment.texts, "menu", "mydata", "delete")))
    withdrawn = tuple(WithdrawConsent(switch) for switch in ended)
    return Turn(person, (StopMessages(), *talked, *withdrawn, say, GiveBackBookings()))


def my_data(moment: Moment) -> Turn:
    return moment.turn(ShowMyData())


def delete(moment: Moment) -> Turn:
    """Step one of two."""
    rows = buttons.rows(buttons.commands(moment.texts, "delete-yes", "delete-no"))
    say = Say(moment.say(f"delete.ask.{_where(moment)}"), rows, "question")
    return moment.with_person(engine.park(moment.person)).turn(say)


def delete_yes(moment: Moment) -> Turn:
    """Step two, only right after step one."""
    if codes.write("command", "delete-yes") not in {button.code for button in moment.person.offered}:
        return delete(moment)
    return moment.turn(Say(moment.say("delete.done")), EraseMe())


def delete_no(moment: Moment) -> Turn:
    return engine.carry_on(moment) or menu(moment, "delete.kept")


def switch_off(switch: str) -> Callable[[Moment], Turn]:
    """As easy to take back as to give."""

    def off(moment: Moment) -> Turn:
        kept = tuple(one for one in moment.person.consents if one != switch)
        say = Say(moment.say(f"off.{switch}"), buttons.rows(buttons.commands(moment.texts, "mydata", "menu")))
        return Turn(
            engine.forgetting(replace(moment.person, consents=kept), switch), (WithdrawConsent(switch), say)
        )

    return off


def _where(moment: Moment) -> str:
    return "telegram" if moment.person.channel == "telegram" else "here"


def privacy(moment: Moment) -> Turn:
    rows = buttons.rows(buttons.commands(moment.texts, "menu", "mydata", "delete"))
    return moment.turn(Say(moment.say("privacy.text"), rows))
