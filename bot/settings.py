"""What the operator decides: environment variables into one frozen Settings, every problem at once."""

import re
from datetime import time
from pathlib import Path
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.hours import read_days, read_openings


def known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (OSError, ValueError, KeyError):
        raise ValueError("there is no such time zone; write one like Europe/London") from None
    return name


def known_database(address: str) -> str:
    if not address.startswith(("sqlite:///", "postgresql://", "postgres://")):
        raise ValueError("write sqlite:///path/to/file or postgresql://user:password@host/name")
    return address


def web_address(address: str | None) -> str | None:
    if address and not address.startswith(("https://", "http://")):
        raise ValueError("write the whole address, like https://prehab.example.org")
    return address or None


def openings(text: str) -> str:
    read_openings(text)
    return text


def days(text: str) -> str:
    read_days(text)
    return text


def bot_name(name: str | None) -> str | None:
    plain = (name or "").removeprefix("@")
    if plain and not re.fullmatch(r"[A-Za-z][A-Za-z0-9_]{4,31}", plain):
        raise ValueError("write the bot's name as Telegram shows it, like prehab_bot")
    return plain or None


class Settings(BaseSettings):
    """NAVIGATOR_<NAME> for each field; TELEGRAM_BOT_TOKEN and PORT by their usual names."""

    model_config = SettingsConfigDict(env_prefix="NAVIGATOR_", frozen=True, extra="ignore")

    mode: Literal["demo", "production"] = "demo"
    """In production, what patients depend on must be set, and no draft is shown: see `MUST`."""
    database: Annotated[str, AfterValidator(known_database)] = "sqlite:///var/navigator.sqlite3"
    telegram_bot_token: SecretStr | None = Field(default=None, validation_alias="TELEGRAM_BOT_TOKEN")
    telegram_api: str = "https://api.telegram.org"
    telegram_name: Annotated[str | None, AfterValidator(bot_name)] = None
    """The bot's own name, such as prehab_bot; leaflets lead to Telegram only where it is set."""
    telegram_secret: SecretStr | None = None
    """The webhook's secret token; made from `secret` when it is not set."""
    telegram_pace: float = Field(default=29.5, gt=0, le=1000)
    """Messages a second over all chats. Telegram allows 30; above, broadcasts are sent as paid ones."""
    public_url: Annotated[str | None, AfterValidator(web_address)] = None
    """Where the world reaches us. With a Telegram token: updates come by webhook instead of polling."""
    host: str = "127.0.0.1"
    port: int = Field(default=8080, ge=1, le=65535, validation_alias="PORT")
    secret: SecretStr | None = None
    """Signs cookies and links; made and kept beside the database when it is not set."""
    secret_file: Path = Path("var/secret")
    """Where the secret is kept when the operator set none."""
    knowledge: Path = Path("knowledge")
    flows: Path = Path("flows")
    cache: Path | None = Path("var/cache")
    show_drafts: bool = False
    reload: bool = True
    timezone: Annotated[str, AfterValidator(known_zone)] = "Europe/London"
    quiet_from: time = time(21)
    """From then on, and until `quiet_until`, nothing but answers goes out; the same time twice is never."""
    quiet_until: time = time(8)
    broadcast_approval: bool = True
    """A second member of staff must approve each broadcast; switch it off where only one person sends."""
    broadcast_hold_seconds: int = Field(default=60, ge=0, le=3600)
    """How long an approved broadcast waits, so that it can be stopped before anything is out."""
    nation: Literal["", "scotland", "england", "wales", "northern-ireland"] = ""
    """The nation whose numbers are shown when a person has not told their area; empty shows 999 and 111."""
    cancer_line: str | None = None
    """The 24-hour cancer line of this hospital (England: each has its own)."""
    staff_hours: str | None = None
    """When navigators phone back, in words that follow "in": "office hours, Monday to Friday"."""
    staff_open: Annotated[str, AfterValidator(openings)] = ""
    """The same for the program: "Mon-Fri 09:00-17:00, Sat 10:00-12:00". Empty: nobody is told when."""
    staff_closed: Annotated[str, AfterValidator(days)] = ""
    """Days on which nobody is there: "2026-12-25, 2027-01-01"."""
    sso_issuer: Annotated[str | None, AfterValidator(web_address)] = None
    """Staff may sign in through this OpenID Connect provider: its address, as its own documents spell it."""
    sso_client_id: str = ""
    sso_client_secret: SecretStr | None = None
    sso_name: str = ""
    """What the button says: "NHS login". Else the provider's address."""
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    trusted_proxies: int = Field(default=0, ge=0)
    """How many proxies stand before us: their X-Forwarded-For entries are believed."""

    @model_validator(mode="after")
    def _is_fit_for_patients(self) -> Self:
        missing = [name for name in MUST if not getattr(self, name)] if self.mode == "production" else []
        if missing:
            names = ", ".join(f"NAVIGATOR_{name.upper()}" for name in missing)
            raise ValueError(f"production needs {names}")
        if self.mode == "production" and self.show_drafts:
            raise ValueError("production shows no drafts: unset NAVIGATOR_SHOW_DRAFTS")
        return self

    @model_validator(mode="after")
    def _knows_itself_to_the_provider(self) -> Self:
        if self.sso_issuer and not (self.sso_client_id and self.sso_client_secret):
            raise ValueError("single sign-on needs NAVIGATOR_SSO_CLIENT_ID and NAVIGATOR_SSO_CLIENT_SECRET")
        return self


MUST = ("nation", "cancer_line", "staff_hours", "public_url", "secret")
"""Whose numbers, which 24-hour line, when people are phoned back, and how the world reaches us."""


def problems(error: ValidationError) -> list[str]:
    """Each problem as `NAVIGATOR_NAME: what is wrong`, never with a secret's value."""
    fields = Settings.model_fields
    told = (
        ((one["loc"] or ("mode",))[0], one["msg"].removeprefix("Value error, ")) for one in error.errors()
    )
    return [f"{_variable(str(name), fields)}: {message}" for name, message in told]


def _variable(name: str, fields: object) -> str:
    return name if name.isupper() else f"NAVIGATOR_{name.upper()}"
