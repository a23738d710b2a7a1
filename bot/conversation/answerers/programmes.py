"""Programmes in the chat: see them, put them off, carry on, stop; and start messages again."""

from dataclasses import replace

from bot.bookings import LeaveProgramme, PauseProgrammes, ResumeProgrammes, ShowProgrammes
from bot.conversation import buttons, codes, engine
from bot.conversation.moment import Moment
from bot.conversation.programmes import STOP
from bot.conversation.replies import label, plain
from bot.model import Say, Turn


def show(moment: Moment) -> Turn:
    """What this person takes part in, and what there is. An open flow is parked."""
    return moment.with_person(engine.park(moment.person)).turn(ShowProgrammes())


def pause(moment: Moment) -> Turn | None:
    """ "Not now". In answer to a question of ours it is only a no."""
    return None if _answers_us(moment) else moment.turn(PauseProgrammes())


def _answers_us(moment: Moment) -> bool:
    """Typed words that mean no, while something waits for a yes or no: a step, or the last message."""
    if not moment.typed or plain(moment.said) not in {label(no) for no in moment.texts.variants("says.no")}:
        return False
    sure = {"delete-yes", "plan-clear-yes", "carry-on"}
    offered = (codes.read(button.code) for button in moment.person.offered)
    return moment.person.place is not None or any(one and one.name in sure for one in offered)


def resume(moment: Moment) -> Turn:
    return moment.turn(ResumeProgrammes())


def stop(moment: Moment) -> Turn:
    """All programmes; everything else goes on."""
    return moment.turn(LeaveProgramme())


def follow(moment: Moment, name: str) -> Turn | None:
    """A button of a message or of the list; pressing it twice changes nothing more."""
    if programme := name.removeprefix(STOP) if name.startswith(STOP) else "":
        return moment.turn(LeaveProgramme(programme))
    return {"pause": pause, "resume": resume}[name](moment) if name in ("pause", "resume") else None


def start_again(moment: Moment) -> Turn:
    """Messages may be sent again after the compassion pause or "stop"; nothing planned comes back."""
    person = replace(moment.person, grieving=False, stopped=False)
    shown = buttons.rows(buttons.commands(moment.texts, "programmes", "menu"))
    return moment.with_person(person).turn(Say(moment.say("grief.started-again"), shown))
