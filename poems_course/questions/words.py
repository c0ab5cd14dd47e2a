"""Words as the rules and the robot read them: what an option says, what merely gives it away."""

from __future__ import annotations

import re
from functools import cache

ABSOLUTE = re.compile(r"\b(?:always|never|all|only|every|none|completely|entirely)\b", re.I)
VAGUE = re.compile(
    r"\b(?:usually|often|sometimes|may|might|frequently|occasionally|rarely)\b", re.I
)
_LONG_WORD = re.compile(r"[^\W\d_]{5,}")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_COMMON = frozenset(
    _LONG_WORD.findall(
        "about above after again among another because before being below between could does "
        "every first found given having himself herself known least other patient patients poems "
        "shows since still syndrome their there these thing those three through today under until "
        "using where which while whose without would years"
    )
)
_LINKING = frozenset(
    _WORD.findall(
        "a an and are as at be been but by can did do does for from had has have he her him his "
        "how if in into is it its more most no nor not of off on one or out over she so than that "
        "the their them then there these they this those to too two up was were what when "
        "where which who why will with would you your"
    )
)


@cache
def rare_words(text: str) -> frozenset[str]:
    """Words of five letters or more, the commonest left out: what a test-wise eye matches."""
    return frozenset(_LONG_WORD.findall(text.casefold())) - _COMMON


@cache
def content_words(text: str) -> frozenset[str]:
    """All words and numbers but the linking ones."""
    return frozenset(_WORD.findall(text.casefold())) - _LINKING


def shared_with_others(texts: tuple[str, ...]) -> list[int]:
    """For each text, how many times its content words turn up among the others."""
    bags = [content_words(text) for text in texts]
    return [
        sum(word in other for word in bag for at, other in enumerate(bags) if at != own)
        for own, bag in enumerate(bags)
    ]


_FORMS = (
    ("a number", re.compile(r"(?:about |around |at least |at most |[<>≤≥~≈] ?)?[-−]?[0-9]")),
    ("yes or no", re.compile(r"(?:yes|no)\b[:,;.]", re.I)),
    ("a reason", re.compile(r"because\b", re.I)),
    ("a condition", re.compile(r"if\b", re.I)),
    ("an infinitive", re.compile(r"to [a-z]+\b(?! (?:of|in)\b)")),
)


def form(text: str) -> str:
    """The grammatical form that an option opens with; "a phrase" where it is none of the others."""
    stripped = text.strip()
    return next((name for name, opens in _FORMS if opens.match(stripped)), "a phrase")


def grade_band(text: str) -> float:
    """Years of English schooling that a text asks for, by Flesch and Kincaid; a rough guide."""
    words = re.findall(r"[^\W\d_]+", text)
    sentences = max(1, len(re.findall(r"[.!?:](?:\s|$)", text)))
    syllables = sum(max(1, len(re.findall(r"[aeiouy]+", word.lower()))) for word in words)
    if not words:
        return 0.0
    return round(0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59, 1)
