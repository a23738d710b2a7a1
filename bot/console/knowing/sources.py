"""Which shared questions or answers a form is about, and where the authors' files are."""

import re
from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.authoring.files import Folders
from bot.console.knowing.groups import MOST_OF_A_GROUP
from bot.console.office import Office, Refusal, Visit
from bot.store import questions
from bot.store.questions import Shared

SOURCE = re.compile(r"(?:question|relay):[0-9]{1,9}")


def sources_of(visit: Visit) -> tuple[str, ...]:
    """What the form names, such as "question:17 question:18". Raises Refusal for anything else."""
    named = tuple(dict.fromkeys(visit.form.get("sources", "").split()))
    if not named or len(named) > MOST_OF_A_GROUP or not all(SOURCE.fullmatch(one) for one in named):
        raise Refusal("not-there", 404)
    if not visit.may("knowledge") and any(one.startswith("question:") for one in named):
        raise Refusal("no-right", 403, role=visit.member.role)
    return named


async def still_asked(tx: AsyncConnection, sources: Sequence[str]) -> Sequence[Shared]:
    """Those of the questions that nobody has dealt with. Raises Refusal when a colleague was quicker with all
    of them."""
    ids = [int(one.partition(":")[2]) for one in sources if one.startswith("question:")]
    left = await questions.of(tx, ids)
    if ids and not left:
        raise Refusal("dealt-with")
    return left


def folders_of(office: Office) -> Folders:
    return Folders(office.settings.knowledge, office.settings.flows)
