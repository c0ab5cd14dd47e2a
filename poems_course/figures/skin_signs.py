"""The signs of the skin atlas: how each is drawn, and what is to be said of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from poems_course.clinic.words import word_list
from poems_course.evidence import cohorts
from poems_course.figures.cohort_rows import interval, percent
from poems_course.figures.finger_profile import CARD, fingertip, measure
from poems_course.figures.skin_hand import hand
from poems_course.figures.skin_limbs import back, close_up, forearm
from poems_course.figures.skin_microscope import section
from poems_course.figures.skin_tones import Tone

Drawing = Callable[[Tone, bool], str]  # the tone, and whether the sign is there; box 200 by 250
WHITE_NAIL, CLUBBED, HEALTHY = "#f3efe4", 195, 160
OURS = "our assumption: no description on dark skin in POEMS was found"


@dataclass(frozen=True)
class Sign:
    """One sign: its *word* in the patient form, its *finding* in the cohorts (both may be empty).

    *on_light* and *on_dark* say how it looks there, *source* where the look on dark skin is from.
    """

    word: str
    finding: str
    see: str
    on_light: str
    on_dark: str
    source: str
    cause: str
    draw: Drawing
    beside: str

    def look(self, skin: Tone) -> str:
        """How the sign looks on a tone."""
        return self.on_dark if skin.dark else self.on_light

    @property
    def counts(self) -> str:
        """Whether the sign fills the skin criterion, as the table says it."""
        if self.word == "haemangioma":
            return "the glomeruloid kind, by the current list"
        return "yes" if self.word in word_list("skin_changes").counts else "no"

    @property
    def frequency(self) -> str:
        """The share in the Mayo skin series with its 95 % interval."""
        if not self.finding:
            return "not printed apart from other haemangiomas"
        row = next(row for row in cohorts(self.finding) if row.source == "miest-2013")
        return f"{percent(row)} % of {row.n} ({interval(row)} %), Mayo Clinic records"


def _spots(skin: Tone, ill: bool) -> str:
    return back(skin, ill) + (close_up(skin, 168, 212, 27) if ill else "")


def _blue(skin: Tone, ill: bool) -> str:
    return hand(skin, skin.cyanosed(), skin.blue_nail) if ill else hand(skin)


def _profile(skin: Tone, ill: bool) -> str:
    angle = CLUBBED if ill else HEALTHY
    return fingertip(skin, angle) + measure(angle)


SIGNS: dict[str, Sign] = {
    "darker skin": Sign(
        "hyperpigmentation", "hyperpigmentation",
        "the back of a hand that is darker all over, with nails that are not",
        "it looks like a tan that no holiday explains",
        "it looks like health, and only a question or the old photograph tells",
        OURS, "not known", lambda skin, ill: hand(skin.darkened() if ill else skin),
        "on the old photograph the same hand is lighter",
    ),
    "haemangiomas": Sign(
        "haemangioma", "haemangioma",
        "a back with red domes the size of a lentil or less, one of them under a lens",
        "they are cherry red and seen from the door",
        "they are dark wine-coloured to almost black, easily taken for moles, and found by their "
        "glint and by touch",
        "Medscape: most noticeable on pale skin; the colour is our assumption",
        "uncertain; VEGF and other vessel messengers are suspected", _spots,
        "on the old photograph there are two, as healthy people have",
    ),
    "glomeruloid haemangioma, microscope": Sign(
        "glomeruloid_haemangioma", "",
        "three widened vessels, each of which holds a ball of capillaries",
        "the lower edge of the outer skin holds little brown pigment",
        "the lower edge of the outer skin is a broad brown line, and the vessels look the same",
        "DermNet for the vessels; pigment drawn by general anatomy",
        "uncertain; VEGF and other vessel messengers are suspected",
        lambda skin, ill: section(skin, ill, CARD),
        "the cherry haemangioma has only lobules of round full vessels",
    ),
    "white nails": Sign(
        "white_nails", "white-nails",
        "nails that are white nearly to their edge",
        "the white stands out little from the skin, but the pink is gone",
        "the white stands out sharply, where pink nails with a brown band or two would be normal",
        "Medscape for the brown bands; the contrast is our assumption",
        "not known; in general put down to a swollen nail bed",
        lambda skin, ill: hand(skin, nails=WHITE_NAIL if ill else ""),
        "on the old photograph the nails are pink",
    ),
    "blue hands": Sign(
        "acrocyanosis", "acrocyanosis",
        "fingers whose colour has changed towards the tips, nails most of all",
        "they are blue to violet",
        "they are ashen rather than blue, and the nails tell more than the skin",
        "a table of signs by skin colour, for lips and tongue; for fingers our assumption",
        "not known; in general spasm of small arteries", _blue,
        "on the old photograph they have the colour of the hand",
    ),
    "more hair": Sign(
        "hypertrichosis", "hypertrichosis",
        "a forearm with long, thick, close hair",
        "the dark hair stands out",
        "dark hair hardly stands out, and light from the side and a stroking hand find it",
        OURS, "not known; low androgens speak against a hormone of hair",
        lambda skin, ill: forearm(skin, ill), "on the old photograph the hair is short and sparse",
    ),
    "thickened skin": Sign(
        "skin_thickening", "skin-thickening",
        "a hand that shines, without creases over joints and knuckles",
        "the shine is pale and easily missed",
        "the shine stands out, and on any tone the skin will not lift into a fold",
        OURS, "not known",
        lambda skin, ill: hand(skin, tight=ill), "on the old photograph the creases are there",
    ),
    "clubbing": Sign(
        "clubbing", "clubbing",
        "a fingertip from the side, swollen, with a nail that bends down from a hump at its fold",
        "the shape tells, whatever the colour",
        "the shape tells here too, and no colour can hide it",
        "shape does not depend on pigment", "uncertain; VEGF may play a central part", _profile,
        "on the old photograph there is a notch at the fold",
    ),
}  # fmt: skip
