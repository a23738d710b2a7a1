"""The pages that need nobody signed in, for the console's server."""

from collections.abc import Iterator

from starlette.routing import BaseRoute, Route

from bot.console.door import HOME
from bot.console.office import Office
from bot.console.signin import invited, with_passkey, with_password, with_single_sign_on
from bot.console.signin.porch import Porch, Step, open_to_all

STEPS: tuple[Step, ...] = (
    *with_password.STEPS,
    *with_passkey.STEPS,
    *with_single_sign_on.STEPS,
    *invited.STEPS,
)


def routes(office: Office) -> Iterator[BaseRoute]:
    porch = Porch(office)
    for step in STEPS:
        yield Route(f"{HOME}{step.path}", open_to_all(porch, step), methods=[step.method])
