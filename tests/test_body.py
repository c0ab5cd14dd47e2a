"""The body drawing: limbs are cut where asked, the sides mirror each other."""

from __future__ import annotations

import pytest

from poems_course.figures.body import LANDMARKS, TALL, Body, beyond, limb


def area(outline: list[tuple[float, float]]) -> float:
    pairs = zip(outline, outline[1:] + outline[:1], strict=True)
    return abs(sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairs)) / 2


def test_a_square_is_cut_at_the_level() -> None:
    square = [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0)]
    assert area(beyond(square, 4.0)) == pytest.approx(60)
    assert area(beyond(square, 0.0)) == pytest.approx(100)
    assert beyond(square, 11.0) == []


@pytest.mark.parametrize("which", ["arm", "leg"])
def test_less_of_a_limb_is_left_the_lower_it_is_cut(which: str) -> None:
    outline = limb(which, "left")  # type: ignore[arg-type]
    left = [area(beyond(outline, level)) for level in range(0, int(TALL) + 10, 10)]
    assert left == sorted(left, reverse=True)
    assert left[0] == pytest.approx(area(outline))
    assert left[-1] == 0


def test_the_sides_mirror_each_other() -> None:
    assert limb("leg", "right") == [(-x, y) for x, y in limb("leg", "left")]


def test_the_liver_is_on_the_readers_left_and_the_spleen_on_the_right() -> None:
    body = Body(200, 0)
    assert body.landmark("liver")[0] < 200 < body.landmark("spleen")[0]
    assert all(0 <= y <= TALL for _, y in LANDMARKS.values())
