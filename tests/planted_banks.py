"""Banks of invented words: a sound one, and one for each fault that only a whole bank shows."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

from poems_course.questions import Question
from poems_course.questions.records import Option

LETTERS = "bdfgklmnprstvz"
Change = Callable[[Question, random.Random], Question]


def word(draw: random.Random) -> str:
    return "".join(draw.choice(LETTERS) + draw.choice("aeiou") for _ in range(draw.randint(2, 5)))


def words(draw: random.Random, count: int) -> str:
    return " ".join(word(draw) for _ in range(count))


def item(at: int, draw: random.Random) -> Question:
    """A single choice without a cue: its key lies anywhere and looks like the other options."""
    lesson = f"{1 + at % 12:02}"
    key = draw.randrange(4)
    options = tuple(
        Option(words(draw, draw.randint(2, 5)), f"This mistakes {words(draw, 6)}.", place == key)
        for place in range(4)
    )
    return Question(
        id=f"q{lesson}-{at}", version=1, lesson=lesson, objective=f"{lesson}-{1 + at % 5}",
        level=("recall", "apply", "reason", "reason")[at // 12 % 4], type="single",
        place="practice", stem=f"{words(draw, 25).capitalize()}. Which {word(draw)} is it?",
        hint="Think.", why="So it is.", facts=(), references=("dispenzieri-2012",),
        difficulty=0.5, options=options,
    )  # fmt: skip


def bank(size: int = 320, seed: int = 1, change: Change | None = None) -> list[Question]:
    """A bank of *size* items; *change* plants a fault in every second one."""
    draw = random.Random(seed)
    items = [item(at, draw) for at in range(size)]
    if change is None:
        return items
    return [change(one, draw) if at % 2 else one for at, one in enumerate(items)]


def of_key(text: Callable[[str], str]) -> Change:
    """Plants something in the text of the key."""
    return lambda item, draw: _with_texts(item, lambda o: text(o.text) if o.correct else o.text)


def of_others(text: Callable[[str], str]) -> Change:
    """Plants something in the text of the other options."""
    return lambda item, draw: _with_texts(item, lambda o: o.text if o.correct else text(o.text))


def _with_texts(item: Question, text: Callable[[Option], str]) -> Question:
    return replace(item, options=tuple(replace(o, text=text(o)) for o in item.options))


def stem_word(item: Question, draw: random.Random) -> Question:
    first, second = item.stem.split()[1:3]
    return of_key(lambda text: f"{text} {first} {second}")(item, draw)


def middle_number(item: Question, draw: random.Random) -> Question:
    options = tuple(
        replace(option, text=f"{10 * at + 10} weeks", correct=at == 1)
        for at, option in enumerate(item.options[:3])
    )
    return replace(item, options=options)


def article(item: Question, draw: random.Random) -> Question:
    asked = replace(item, stem=f"{item.stem.split('.')[0]}. This is called an ...?")
    return of_key(lambda text: f"a{text}")(asked, draw)


def convergent(item: Question, draw: random.Random) -> Question:
    texts = [option.text.split()[0] for option in item.options if not option.correct]
    return of_key(lambda text: " ".join([*texts, text.split()[0]]))(item, draw)


def same_place(item: Question, draw: random.Random) -> Question:
    """The key where the page shows it first: found by trying ids."""
    from poems_course.questions import order

    tried = (replace(item, id=f"{item.id}-{n}") for n in range(100))
    return next(one for one in tried if order(one)[0] == one.keys[0])


STRATEGIES: dict[str, Change] = {
    "longest": of_key(lambda text: f"{text} {text}"),
    "shortest": of_key(lambda text: text.split()[0][:4]),
    "stem-words": stem_word,
    "no-absolutes": of_others(lambda text: f"always {text}"),
    "hedged": of_key(lambda text: f"often {text}"),
    "middle": middle_number,
    "grammar": article,
    "convergent": convergent,
}
