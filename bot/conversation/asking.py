"""Drawing a question: its words, its choices as buttons (paged when they are many), and the ways out."""

from bot.content.flows import Ask
from bot.conversation import codes
from bot.conversation.buttons import batched, command, rows
from bot.conversation.moment import Moment, question_at
from bot.conversation.replies import Choice
from bot.conversation.values import gaps, options_of
from bot.model import Button, Place, Rows, Say

PAGE = 8
"""Choices on one page: what fits a small phone without scrolling."""


def ask_again(moment: Moment, place: Place) -> Say:
    """The open question of this place, as a message."""
    step = question_at(moment.world, place.frames)
    if step is None:
        raise LookupError(f"no question at {place.frames[-1]}")
    return ask(moment, place, step)


def ask(moment: Moment, place: Place, step: Ask) -> Say:
    texts = moment.texts.with_values(gaps(moment, place))
    choice_rows = rows(_page(moment, place, step), across=6 if step.ask == "scale" else 2)
    text = texts.written(step.text)
    if step.ask == "scale" and step.ends:
        low, high = (texts.written(end) for end in step.ends)
        text += "\n" + texts("scale.ends", low=low, high=high, least=str(least(step)), most=str(most(step)))
    if place.chosen and step.ask == "several-of":
        text += "\n" + texts("several.chosen", chosen=", ".join(_labels(moment, step, place)))
    return Say(text, choice_rows + _ways_out(moment, place, step), "question", step.ask == "place")


def least(step: Ask) -> int:
    return step.least if step.least is not None else 0


def most(step: Ask) -> int:
    return step.most if step.most is not None else (10 if step.ask == "scale" else 1_000_000)


def choices(moment: Moment, step: Ask, place: Place) -> tuple[Choice, ...]:
    """Every choice with all its names, in the order shown."""
    match step.ask:
        case "yes-no":
            return tuple(Choice(name, (moment.texts(f"button.{name}"),)) for name in ("yes", "no"))
        case "one-of" | "several-of":
            written = moment.texts.written
            return tuple(
                Choice(o.id, (written(o.label), o.label["en"], o.id, *o.says))
                for o in options_of(moment, step, place)
            )
        case "scale":
            return tuple(Choice(str(n), (str(n),)) for n in range(least(step), most(step) + 1))
        case "place":
            return tuple(Choice(f"place-{n}", (label,)) for n, label in enumerate(place.chosen))
        case _:
            return ()


def _labels(moment: Moment, step: Ask, place: Place) -> list[str]:
    options = options_of(moment, step, place)
    return [moment.texts.written(option.label) for option in options if option.id in place.chosen]


def on_page(place: Place, listed: tuple[Choice, ...]) -> tuple[Choice, ...]:
    """The choices that the person sees: "the 2nd one" counts these."""
    start = place.page % max(1, -(-len(listed) // PAGE)) * PAGE
    return listed[start : start + PAGE]


def _page(moment: Moment, place: Place, step: Ask) -> tuple[Button, ...]:
    """The choices of the page shown, then a button to the next page, then *done* for a list to tick."""
    shown = [_choice(place, step, choice) for choice in choices(moment, step, place)]
    extra: list[Button] = []
    if step.ask != "scale" and len(shown) > PAGE:
        pages = -(-len(shown) // PAGE)
        start = place.page % pages * PAGE
        shown = shown[start : start + PAGE]
        turn = codes.reply_name(place.run, _visit(place), str((place.page + 1) % pages))
        extra = [Button(moment.texts("button.more-choices"), codes.write("page", turn))]
    if step.ask == "several-of":
        extra.append(_option(place, moment.texts("button.done" if place.chosen else "button.none"), "done"))
    return (*shown, *extra)


def _choice(place: Place, step: Ask, choice: Choice) -> Button:
    ticked = step.ask == "several-of" and choice.id in place.chosen
    return _option(place, f"✓ {choice.names[0]}" if ticked else choice.names[0], choice.id)


def _option(place: Place, label: str, option: str) -> Button:
    return Button(label, codes.write("reply", codes.reply_name(place.run, _visit(place), option)))


def _visit(place: Place) -> int:
    return len(place.visits) - 1


def _ways_out(moment: Moment, place: Place, step: Ask) -> Rows:
    """Back, skip, a person, menu: nobody is ever held in a question."""
    skip = [_option(place, moment.texts("button.skip"), "skip")] if step.skip else []
    back = [command(moment.texts, "back")] if _visit(place) else []
    already = place.frames[0].flow == "talk-to-person"
    person = [] if already else [command(moment.texts, "person")]
    return batched((*back, *skip, *person, command(moment.texts, "menu")), 4)
