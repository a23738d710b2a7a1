"""The web chat has no way to ring anybody: what is planned for a browser waits on its page."""

from bot.model import Say


class WebChannel:
    """Sent means: it stands on the page when it is opened next, for the page shows what the ledger sent."""

    async def send(self, address: str, say: Say, key: str) -> str:
        return key

    async def edit(self, address: str, message: str, say: Say) -> None:
        """The page reads the words from the ledger, where they have changed already."""

    async def delete(self, address: str, message: str) -> None:
        """As with an edit."""
