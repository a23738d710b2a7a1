"""The words around a place: what people write before and after it, and what is never a place."""

import re
import unicodedata

LONGEST_READ = 60
"""Words of a message that are looked at."""


def place_words(text: str) -> list[str]:
    """The words in which somebody may have named a place."""
    return plain_words(text[: LONGEST_READ * 12])[:LONGEST_READ]


def plain_words(text: str) -> list[str]:
    """Small letters and digits without accents, hyphens or points; digits of any script."""
    letters = unicodedata.normalize("NFKD", text).casefold()
    return re.findall(r"[a-z0-9]+", "".join(_letter(letter) for letter in letters))


def _letter(letter: str) -> str:
    """Apostrophes join ("King's Cross"), accents go, digits of other scripts are digits."""
    if letter in "'’‘`" or unicodedata.combining(letter):
        return ""
    return str(unicodedata.digit(letter)) if letter.isdigit() else letter


BEFORE = frozenset(
    plain_words("in near nr around from at by to outside postcode code live lives living stay stays staying")
)
"""After these words stands a place."""

FILLER = BEFORE | frozenset(
    plain_words("""
    a about actually and am are area as aye based be borough bit city close council county district
    em er erm find for hello here hey hi i im is it its ive just kind local looking lot me mine mostly my
    nearby need nhs of oh ok okay on only our out over part place please pls plz post pretty region
    really reside roughly round say session sessions side so somewhere sort street suppose sure thank
    thanks thats the then there think this town um us village want we well were where with yeah yep yes
    you your anything something class classes group groups any mean guess currently now
    hospital infirmary station road sunny or either maybe
    north south east west centre central greater upper lower bonnie home house address moved
    """)
)
"""What may stand around a place when somebody tells us theirs."""

NOT_PLACES = frozenset(
    plain_words("""
    action actor actors allow allows allowed argus array backing baking banking battered battery batteries
    bearded border bridge bridges codes comes cones cores country crawled diver dover eating finland
    foreign georgie gorge greenish hallway hammering hates hating having heading hearing heating hollow
    hosting hovering islam leads moral party pebbles perch polar pools popular ports portion rather
    readings sailing scale scotland england britain shale sibling stale starting staring starving
    stirring stony stone stones storey storing stranger striking string surgery surgeon tearing tending
    treatment waking walking working worrying bones buckle danny demon forces hands hangs heart hearts heats
    herbs hints hunts hurts large lever level pinned purely smoke spoke stake stole stove stroke survey
    troop wilson edith ellen broadband leaflet store stores surgey sugery surgry
    patrick barry bridget barney brett
    """)
)
"""Ordinary words, and a few people's names, that are one slip away from a place's name."""
