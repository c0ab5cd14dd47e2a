"""An invented cohort of bone lesions, and what each way of looking at bone would show of it.

The cohort agrees with what was published of patients: of 38, CT shows a lesion in 37 and an X-ray
survey in 33, the pelvis is hit in 34, 35 have sclerotic lesions and 32 mixed ones (Wang 2016); 71 %
of the lesions are under 10 mm (another clinic's, Shibuya 2011). All else is invented. No study that
we read prints the share of *lesions* that each method finds: the rules of ``seen`` follow
directions that were published, their millimetres are assumptions for the classroom.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

PATIENTS = 38
KINDS = ("sclerotic", "mixed", "lytic")
SITES = ("pelvis", "spine", "ribs and shoulder girdle", "skull", "long bones")
MODALITIES = (
    "X-ray survey",
    "CT, chest to pelvis",
    "CT, whole skeleton",
    "FDG-PET without its CT",
    "PET/CT, both read",
)
_FIELD = frozenset(SITES[:3])  # what a CT from chest to pelvis takes in
_X_RAY_STRONG = frozenset(SITES[2:])  # where X-ray has the advantage (Shi 2015)


@dataclass(frozen=True)
class Lesion:
    """A spot of abnormal bone in one invented patient (0 to 37)."""

    patient: int
    kind: str
    site: str
    size_mm: int


def seen(lesion: Lesion, modality: str) -> bool:
    """Whether that way of looking shows the lesion, by the classroom's rules."""
    if modality == "X-ray survey":
        return lesion.size_mm >= (6 if lesion.site in _X_RAY_STRONG else 10)
    if modality == "CT, chest to pelvis":
        return lesion.site in _FIELD
    if modality == "FDG-PET without its CT":
        return lesion.size_mm >= {"sclerotic": 20, "mixed": 10, "lytic": 5}[lesion.kind]
    return True


@dataclass(frozen=True)
class Count:
    """What one way of looking finds among some lesions."""

    lesions: int
    shown: int
    patients: int
    falsely_single: int


def count(lesions: Sequence[Lesion], modality: str) -> Count:
    """Lesions shown, patients with one shown, and patients who seem to have one but have more."""
    have: dict[int, int] = {}
    show: dict[int, int] = {}
    for lesion in lesions:
        have[lesion.patient] = have.get(lesion.patient, 0) + 1
        if seen(lesion, modality):
            show[lesion.patient] = show.get(lesion.patient, 0) + 1
    single = sum(number == 1 and have[patient] > 1 for patient, number in show.items())
    return Count(len(lesions), sum(show.values()), len(show), single)


@cache
def cohort() -> tuple[Lesion, ...]:
    """The invented lesions, patient by patient; the last patient has none."""
    kinds = [kind for patient in range(PATIENTS - 1) for kind in _kinds(patient)]
    small = round(_SMALL * len(kinds))
    sizes = [_SMALL_MM[i % len(_SMALL_MM)] for i in range(small)]
    sizes += [_LARGE_MM[i % len(_LARGE_MM)] for i in range(len(kinds) - small)]
    places = [_PLACES[i % len(_PLACES)] for i in range(len(kinds))]
    draw = random.Random(_SEED)
    draw.shuffle(sizes)
    draw.shuffle(places)
    found = []
    for patient in range(PATIENTS - 1):
        spared = patient in _PELVIS_SPARED
        for i, kind in enumerate(_kinds(patient)):
            site = places.pop() if i or spared else "pelvis"
            if spared and site == "pelvis":
                site = "spine"
            found.append(Lesion(patient, kind, site, sizes.pop()))
    return tuple(found)


def _kinds(patient: int) -> list[str]:
    """The kinds of one patient's lesions: most have a sclerotic and a mixed one, and some more."""
    sclerotic, mixed = patient < 35, patient >= 5
    first = ["sclerotic"] * sclerotic + ["mixed"] * mixed
    more = [_MORE_KINDS[(patient + 2 * i) % len(_MORE_KINDS)] for i in range(_MORE[patient % 9])]
    allowed = {"lytic", *first}
    return first + [kind for kind in more if kind in allowed]


_SEED = 23  # with this order an X-ray survey shows a lesion in 33 patients
_SMALL = 0.71  # share under 10 mm
_SMALL_MM, _LARGE_MM = (3, 4, 5, 6, 8), (10, 12, 15, 18, 25)
_PLACES = ("pelvis", "spine", "spine", "ribs and shoulder girdle", "pelvis", "skull", "spine",
           "ribs and shoulder girdle", "long bones")  # fmt: skip
_PELVIS_SPARED = (6, 18, 30)
_MORE = (3, 0, 2, 1, 5, 0, 2, 1, 4)
_MORE_KINDS = ("sclerotic", "mixed", "sclerotic", "lytic", "sclerotic")
