"""Broadcasts: what staff send to people who opted in. The desk and the command line use these names only.

Each is `async f(tx, …)` in a transaction of `Store.write()` (or `read()` for those that only look), raises
`Refusal` when it does nothing, and returns the broadcast as it is then. A `Press` names the version that was
seen; when somebody else was quicker the refusal says so, and nothing happens twice.

    make(tx, by, request, draft, now)        a draft; the same request gives the same broadcast
    change(tx, press, draft, now)            other words, people, time
    preview(tx, id, world, now)              the first 3 as they will see it, numbers, warnings
    send_to_me(tx, id, chat, world, now)     the same in a staff member's own chat; how many messages
    propose(tx, press, world, now)           freeze and count; waits, set or holding
    approve(tx, press, world, now)           the second member of staff; set or holding
    take_back(tx, press, now)                a draft again (stopped, when some of it is out)
    cancel(tx, press, now)                   it ends; what is not out stays unsent
    stop(tx, id, by, now)                    at any time, whoever pressed what; again is no mistake
    resume(tx, press, world, now)            on from where it stopped
    correct(tx, press, texts, world, now)    new words for those who got it and those who did not
    recall(tx, id, by, now)                  delete what is out, send no more
    follow_up(tx, press, request, texts, now)  a draft for exactly those who got it
    report(tx, id)                           what became of everybody
    get(tx, id) · every(tx, limit, before) · live(tx) · history(tx, id) · show(tx, id, chat, message, shown)
    tick(store, world, now)                  every 0.5 s, in every worker
    digest(tx, world, area, now)             the coming 7 days as plain text, each part one message
    weekly(store, world, now)                every minute, in every worker: the digest to linked staff
"""

from bot.messaging.broadcasts.desk import (
    approve,
    cancel,
    change,
    correct,
    follow_up,
    make,
    propose,
    recall,
    resume,
    stop,
    take_back,
)
from bot.messaging.broadcasts.digest import digest, weekly
from bot.messaging.broadcasts.looking import every, get, history, live, preview, report, send_to_me
from bot.messaging.broadcasts.ticking import tick
from bot.messaging.broadcasts.words import (
    Audience,
    Broadcast,
    By,
    Chat,
    Draft,
    Happened,
    Press,
    Preview,
    Reach,
    Refusal,
    Report,
    Shown,
    State,
)
from bot.store.broadcasts import show

__all__ = [
    "Audience",
    "Broadcast",
    "By",
    "Chat",
    "Draft",
    "Happened",
    "Press",
    "Preview",
    "Reach",
    "Refusal",
    "Report",
    "Shown",
    "State",
    "approve",
    "cancel",
    "change",
    "correct",
    "digest",
    "every",
    "follow_up",
    "get",
    "history",
    "live",
    "make",
    "preview",
    "propose",
    "recall",
    "report",
    "resume",
    "send_to_me",
    "show",
    "stop",
    "take_back",
    "tick",
    "weekly",
]
