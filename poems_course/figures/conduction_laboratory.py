"""The conduction laboratory: slow a nerve, block it, lose axons, and see what the machine sees."""

from __future__ import annotations

from poems_course.clinic.conduction import MotorStudy, Response
from poems_course.figures.chart import Chart, Table
from poems_course.figures.exploration import Choice, Exploration, Slider
from poems_course.figures.nerve_fibres import END, FIBRES, STEP, Nerve, Recording, record
from poems_course.figures.svg import DASHES, WIDTH, at, figure_svg, path, text

PATTERNS = ("every fibre alike", "some fibres more")
SPEEDS = (100.0, 80.0, 60.0, 40.0)
SHARES = (0.0, 30.0, 60.0, 90.0)

_ELBOW, _WRIST, _MUSCLE, _GAP = 40.0, 290.0, 396.0, (158.0, 178.0)
_FIRST, _APART = 30.0, 3.4
_BASES, _MV = (186.0, 296.0), 6.6
_LEFT, _RIGHT = 40.0, WIDTH - 14.0
_HEIGHT, _TICKS = 386.0, (0, 10, 20, 30, 40, 50)


def laboratory(forearm: float, hand: float, pattern: str, blocked: float, lost: float) -> Chart:
    """What a study of this nerve shows; speeds in % of health, *blocked* and *lost* in %."""
    nerve = Nerve(forearm / 100, hand / 100, pattern == PATTERNS[1], blocked / 100, lost / 100)
    found = record(nerve)
    said = reading(found.study)
    title = "A motor nerve, stimulated at the wrist and at the elbow"
    drawing = _fibres(nerve) + _traces(found) + _axis() + _numbers(found.study)
    return Chart(figure_svg(title, said, _HEIGHT, drawing), said, _table(found.study))


def reading(study: MotorStudy) -> str:
    """The study in one sentence, with the verdicts of the European limits."""
    signs = [name for name, found in _signs(study) if found]
    verdict = " and ".join(signs) if signs else "neither block nor dispersion"
    return (
        f"The wrist gives {study.distal.amplitude:.1f} mV after {study.distal.latency:.1f} ms, "
        f"the elbow {study.proximal.amplitude:.1f} mV after {study.proximal.latency:.1f} ms "
        f"({_changed(study)}): velocity {study.velocity:.0f} m/s, terminal latency index "
        f"{study.terminal_latency_index:.2f}, and by the European limits {verdict}."
    )


def _signs(study: MotorStudy) -> tuple[tuple[str, bool], tuple[str, bool]]:
    return ("conduction block", study.block), ("temporal dispersion", study.dispersion)


def _changed(study: MotorStudy) -> str:
    """How the response from the elbow differs from that from the wrist."""
    return (
        f"{_apart(-study.fall, 'larger', 'smaller', 'as high')}, "
        f"{_apart(study.longer, 'longer', 'shorter', 'as long')}"
    )


def _apart(percent: float, more: str, less: str, same: str) -> str:
    if round(percent) == 0:
        return same
    return f"{abs(percent):.0f} % {more if percent > 0 else less}"


def _fibres(nerve: Nerve) -> str:
    """Twenty lines from elbow to muscle: dashed where slow, broken where blocked, pale if lost."""
    conducting, passing = set(nerve.conducting), set(nerve.passing)
    lost, whole, hands, bars = "", "", "", ""
    for fibre in range(FIBRES):
        y = at(_FIRST + _APART * fibre)
        if fibre not in conducting:
            lost += f"M{_ELBOW:g} {y}H{_MUSCLE:g}"
            continue
        hands += f"M{_WRIST:g} {y}H{_MUSCLE:g}"
        if fibre in passing:
            whole += f"M{_ELBOW:g} {y}H{_WRIST:g}"
        else:
            whole += f"M{_ELBOW:g} {y}H{_GAP[0]:g}M{_GAP[1]:g} {y}H{_WRIST:g}"
            bars += f"M{_GAP[0]:g} {at(_FIRST + _APART * fibre - 1.7)}v3.4"
    names = ((_ELBOW, "elbow"), (_WRIST, "wrist"), (_MUSCLE, "thumb"))
    parts = [text(x, 18, name, "strong", "middle") for x, name in names]
    parts += [path("g", lost)] if lost else []
    parts += [_line(whole, nerve.forearm), _line(hands, nerve.hand)]
    parts += [path("k s1", bars)] if bars else []
    bottom = _FIRST + _APART * FIBRES
    marks = "".join(f"M{x:g} 22V{at(bottom)}" for x in (_ELBOW, _WRIST))
    return "".join(parts) + path("r", marks)


def _line(data: str, share: float) -> str:
    dash = f' stroke-dasharray="{DASHES[1] if share > 0.6 else DASHES[2]}"' if share < 1 else ""
    return f'<path class="k s0"{dash} d="{data}"/>'


def _x(ms: float) -> float:
    return _LEFT + ms / END * (_RIGHT - _LEFT)


def _traces(found: Recording) -> str:
    healthy = record(Nerve())
    parts = []
    pairs = ((found.wrist, healthy.wrist, "wrist"), (found.elbow, healthy.elbow, "elbow"))
    for series, (trace, ghost, place) in enumerate(pairs):
        base = _BASES[series]
        answer = found.study.distal if series == 0 else found.study.proximal
        parts += [
            path("a", _curve(ghost, base)),
            f'<path class="k s{series}" d="{_curve(trace, base)}"/>',
            path("r", f"M{at(_x(answer.latency))} {at(base + 22)}V{at(base - 26)}"),
            text(_RIGHT, base - 56, f"stimulus at the {place}", "strong", "end"),
            text(_RIGHT, base - 40, _peak(answer), "ink", "end"),
        ]
    return "".join(parts)


def _peak(answer: Response) -> str:
    return f"{answer.amplitude:.1f} mV after {answer.latency:.1f} ms"


def _curve(trace: tuple[float, ...], base: float) -> str:
    """A trace as a path, upwards for negative as in every laboratory; flat parts are one line."""
    active = [i for i, value in enumerate(trace) if abs(value) > 0.02]
    first, last = active[0] - 1, min(active[-1] + 1, len(trace) - 1)
    points = "".join(
        f"L{at(_x(i * STEP))} {at(base - _MV * trace[i])}" for i in range(first + 1, last)
    )
    start, back = at(_x(first * STEP)), f"{at(_x(last * STEP))} {at(base)}"
    return f"M{at(_x(0))} {at(base)}H{start}{points}L{back}H{at(_x(END))}"


def _axis() -> str:
    base = _HEIGHT - 46
    parts = [path("a", f"M{at(_x(0))} {at(base)}H{at(_x(END))}")]
    for tick in _TICKS:
        parts.append(path("a", f"M{at(_x(tick))} {at(base)}v5"))
        parts.append(text(_x(tick), base + 17, str(tick), "muted", "middle"))
    parts.append(text(_x(45), base + 17, "ms", "muted", "middle"))
    return "".join(parts)


def _numbers(study: MotorStudy) -> str:
    words = (
        f"{study.velocity:.0f} m/s from elbow to wrist; "
        f"terminal latency index {study.terminal_latency_index:.2f}"
    )
    return text(WIDTH / 2, _HEIGHT - 8, words, "strong", "middle")


def _table(study: MotorStudy) -> Table:
    rows = tuple(zip(_MEASURES, _cells(study), _cells(record(Nerve()).study), strict=True))
    return Table("A study of the model nerve", ("Measure", "This nerve", "Healthy nerve"), rows)


_MEASURES = (
    *("wrist: amplitude, mV", "wrist: latency, ms", "elbow: amplitude, mV", "elbow: latency, ms"),
    *("elbow against wrist", "velocity, m/s", "terminal latency index"),
    *("conduction block", "temporal dispersion"),
)


def _cells(study: MotorStudy) -> tuple[str, ...]:
    near, far = study.distal, study.proximal
    return (
        *(f"{n:.1f}" for n in (near.amplitude, near.latency, far.amplitude, far.latency)),
        _changed(study),
        f"{study.velocity:.0f}",
        f"{study.terminal_latency_index:.2f}",
        *("yes" if found else "no" for _, found in _signs(study)),
    )


LABORATORY = Exploration(
    id="conduction-laboratory",
    title="A conduction laboratory",
    prompt=(
        "Predict first: you kill 60 % of the axons and slow none. What happens to the height of "
        "the response, and what to the velocity? Then build a nerve of your own."
    ),
    controls=(
        Slider("forearm", "Speed in the forearm", SPEEDS, 0, "% of health"),
        Slider("hand", "Speed from wrist to muscle", SPEEDS, 0, "% of health"),
        Choice("pattern", "Slowing hits", PATTERNS),
        Slider("blocked", "Fibres blocked in the forearm", SHARES, 0, "%"),
        Slider("lost", "Axons lost", SHARES, 0, "%"),
    ),
    model=laboratory,
)
