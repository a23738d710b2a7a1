"""What listings and contacts may not pretend: samples say so, gaps are told, and no number is made up."""

import re
from datetime import date
from pathlib import Path
from typing import Literal

import pytest
import yaml

from bot.content.listings import Kind
from bot.content.shapes import Contact, ContactFile
from bot.directory.wishes import Listing
from tests.directory.builders import KNOWLEDGE, real_directory

LISTINGS: tuple[Listing, ...] = tuple(real_directory().listings.values())
SERVICES = {listing.service.id: listing.service for listing in LISTINGS if listing.service}
FILES = sorted(path for kind in ("services", "sessions") for path in (KNOWLEDGE / kind).glob("*.yaml"))
TODAY = date(2026, 11, 22)
PHONE = re.compile(r"(?<![\w-])(?:\+44|0)[\d ]{8,}\d")
NOBODYS_PHONE = re.compile(r"0(?:1632960|2079460|1[1-9]14960|7700900|8081570)\d+")
"""The ranges that Ofcom keeps for films and samples."""
STREET_NUMBER = re.compile(r"\b\d+[a-z]? [A-Z][a-z]+ (?:Street|Road|Avenue|Lane|Way|Place|Square|Terrace)\b")
WITH_OTHERS: tuple[Kind, ...] = ("carers", "families", "peer-support", "young-people", "bereaved", "buddy")
FROM_THE_FACTS = {
    "emergency": "999",
    "nhs-111": "111",
    "mental-health-111-england": "111",
    "mental-health-111-scotland": "111",
    "cancer-line": "0800 917 7711",
    "macmillan": "0808 808 00 00",
    "samaritans": "116 123",
    "shout": "SHOUT to 85258",
    "breathing-space": "0800 83 85 87",
    "cruse-scotland": "0808 802 6161",
    "cruse": "0808 808 1677",
    "maggies": "0300 123 1801",
    "cruk-nurses": "0808 800 4040",
    "social-security-scotland": "0800 182 2222",
    "quit-your-way": "0800 84 84 84",
    "blood-cancer-uk": "0808 2080 888",
    "marie-curie": "0800 090 2309",
    "childline": "0800 1111",
    "prehab-site": "https://www.prehab.nhs.scot",
    "nhs-inform": "https://www.nhsinform.scot",
    "macmillan-site": "https://www.macmillan.org.uk",
    "aliss": "https://www.aliss.org",
    "nhs-uk": "https://www.nhs.uk",
    "talking-therapies": "https://www.nhs.uk",
    "qol-survey": "https://www.cancerqol.england.nhs.uk",
    "domestic-abuse-england": "0808 2000 247",
    "domestic-abuse-scotland": "0800 027 1234",
}
UNPROVEN = {
    "relay-uk",
    "contact-scotland-bsl",
    "emergency-bsl",
    "domestic-abuse-england",
    "domestic-abuse-scotland",
}


def contacts() -> dict[str, Contact]:
    written = yaml.safe_load((KNOWLEDGE / "contacts.yaml").read_text(encoding="utf-8"))
    return {contact.id: contact for contact in ContactFile.model_validate(written).contacts}


# ---- samples ------------------------------------------------------------------------------------------


def test_every_session_venue_and_service_says_sample_in_its_name() -> None:
    sessions = [listing.series for listing in LISTINGS]
    assert [one.id for one in sessions if not one.title["en"].startswith("SAMPLE: ")] == []
    assert [one.id for one in sessions if one.venue and not one.venue.name.startswith("SAMPLE ")] == []
    named = [(one.id, name) for one in SERVICES.values() for name in (one.name, one.provider)]
    assert [id for id, name in named if not name.startswith("SAMPLE ")] == []


def test_every_way_to_book_or_be_referred_says_sample() -> None:
    told = [listing.series.book for listing in LISTINGS] + [
        one.how_to_be_referred for one in SERVICES.values()
    ]
    assert [text["en"] for text in told if text and not text["en"].startswith("SAMPLE. ")] == []


def test_no_sample_names_a_real_kind_of_provider() -> None:
    assert {service.provider_type for service in SERVICES.values()} == {"sample"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_no_listing_holds_a_phone_that_somebody_could_answer_or_a_street_number(path: Path) -> None:
    written = path.read_text(encoding="utf-8")
    phones = [phone.replace(" ", "") for phone in PHONE.findall(written)]
    assert [phone for phone in phones if not NOBODYS_PHONE.fullmatch(phone)] == []
    assert STREET_NUMBER.findall(written) == []


def test_the_web_address_of_a_sample_is_one_kept_for_examples() -> None:
    assert {service.web for service in SERVICES.values()} <= {None, "https://example.org"}


# ---- gaps ---------------------------------------------------------------------------------------------


def test_a_good_share_of_listings_leaves_something_unsaid() -> None:
    sessions = [listing.series for listing in LISTINGS]
    venues = [one.venue for one in sessions if one.venue]
    assert sum(one.free == "not stated" for one in sessions) / len(sessions) >= 0.1
    assert sum(one.book is None for one in sessions) / len(sessions) >= 0.03
    assert sum(venue.step_free == "not stated" for venue in venues) / len(venues) >= 0.15
    assert sum(venue.parking is None for venue in venues) / len(venues) >= 0.3


@pytest.mark.parametrize("answer", ["yes", "no", "not stated"])
@pytest.mark.parametrize("area", ["scotland", "london", "wessex"])
def test_services_say_yes_no_or_nothing_on_referring_yourself(
    area: str, answer: Literal["yes", "no", "not stated"]
) -> None:
    told = [service.refer_yourself for service in SERVICES.values() if service.area == area]
    assert told.count(answer) >= 2


def test_step_free_is_yes_no_or_not_stated_somewhere_in_each_area() -> None:
    told = {(one.area, one.series.venue.step_free) for one in LISTINGS if one.series.venue}
    assert len(told) == 9


def test_a_session_is_not_silent_about_cost_when_its_service_is_free() -> None:
    silent = [
        one.series.id
        for one in LISTINGS
        if one.service and one.service.cost and one.series.free == "not stated"
    ]
    assert silent == []


def test_only_a_few_listings_are_past_their_review_to_show_how_that_looks() -> None:
    dates = [(one.checked, one.review) for one in SERVICES.values()]
    dates += [(one.series.checked, one.series.review) for one in LISTINGS]
    assert sum(review < TODAY for _, review in dates) == 6
    assert all(checked <= TODAY for checked, _ in dates)


@pytest.mark.parametrize("kind", WITH_OTHERS)
def test_sessions_for_a_certain_group_of_people_tell_that_in_each_area(kind: Kind) -> None:
    assert {one.area for one in LISTINGS if kind in one.series.kinds} == {"scotland", "london", "wessex"}


# ---- contacts -----------------------------------------------------------------------------------------


def test_contacts_are_reached_as_the_facts_say() -> None:
    listed = contacts()
    reached = {id: (listed[id].phone, listed[id].text, listed[id].web) for id in FROM_THE_FACTS}
    assert [id for id, way in FROM_THE_FACTS.items() if way not in reached[id]] == []


def test_a_contact_that_nobody_has_proved_stays_a_draft() -> None:
    listed = contacts()
    assert {id for id, contact in listed.items() if contact.status == "draft"} == UNPROVEN
    assert all(contact.confidence == "G" for contact in listed.values() if contact.status == "draft")


def test_a_help_line_of_one_nation_is_not_given_to_another() -> None:
    nations = {id: contact.nations for id, contact in contacts().items()}
    assert nations["cancer-line"] == nations["breathing-space"] == nations["cruse-scotland"] == ("scotland",)
    assert nations["talking-therapies"] == nations["stop-smoking-england"] == ("england",)
    assert "scotland" not in nations["cruse"]


def test_hours_on_which_sources_disagree_are_not_given() -> None:
    assert contacts()["cruse-scotland"].hours is None


def test_every_contact_is_proved_on_a_day_and_reviewed_after_it() -> None:
    assert [one.id for one in contacts().values() if not one.verified_on < one.review] == []
