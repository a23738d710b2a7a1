"""Reading replies as people write them: yes and no, choices, numbers, dates, phone numbers."""

from bot.conversation.replies.choices import Choice, at_position, named, pick, pick_label, pick_several
from bot.conversation.replies.dates import read_date
from bot.conversation.replies.numbers import read_number
from bot.conversation.replies.phones import read_phone
from bot.conversation.replies.words import label, plain, without_courtesy, yes_or_no

__all__ = [
    "Choice",
    "at_position",
    "label",
    "named",
    "pick",
    "pick_label",
    "pick_several",
    "plain",
    "read_date",
    "read_number",
    "read_phone",
    "without_courtesy",
    "yes_or_no",
]
