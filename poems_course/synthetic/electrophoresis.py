"""Serum electrophoresis, immunofixation and free light chains."""

from __future__ import annotations

import numpy as np

from poems_course.synthetic.dataset import Dataset, Words
from poems_course.synthetic.draws import Array, correlation, evened, normals, stream
from poems_course.synthetic.quantities import cases, number
from poems_course.synthetic.shape import threshold

GROUPS = ("POEMS", "MGUS neuropathy", "myeloma", "healthy")
HEAVY = ("IgG", "IgA", "IgM")
LIGHT = ("lambda", "kappa")
FRACTIONS = ("albumin", "alpha1", "alpha2", "beta", "gamma")
_NAME = "electrophoresis"
_SMALL = 10_000
_PROTEINS = ("albumin", "alpha1", "alpha2", "beta1", "beta2", "gamma")
_DRAWS = (*_PROTEINS, "clone", "size", "heavy", "light", "place", "kappa", "lambda", "effect")


def build(seed: int, patients: int | None = None) -> Dataset:
    """The table, a row for each patient. Raises ValueError where *seed* is negative."""
    who = people(seed, patients)
    found = curves(who)
    n = len(found)
    visible = sharpness(found) >= number(_NAME, "sharp")
    band = who["size"] > 0
    columns: dict[str, Array | Words] = {
        "patient": np.arange(1, n + 1, dtype=np.int32),
        "diagnosis": Words(who["group"], GROUPS),
        **dict(zip(FRACTIONS, _fractions(found), strict=True)),
        "spike": visible.astype(np.int8),
        "m_protein": np.where(visible, np.maximum(np.round(who["size"], 1), 0.1), np.nan),
        "immunofixation": band.astype(np.int8),
        **{
            f"lane_{name[-1].lower()}": _lane(who["heavy"], i, band) for i, name in enumerate(HEAVY)
        },
        "lane_kappa": _lane(who["light"], 1, band),
        "lane_lambda": _lane(who["light"], 0, band),
        "band_place": np.where(band, np.round(who["place"], 2), np.nan),
        "free_kappa": who["kappa"],
        "free_lambda": who["lambda"],
        "ratio": np.round(who["kappa"] / who["lambda"], 2),
        "synthetic": Words(np.zeros(n, dtype=np.int8), ("yes",)),
    }
    return Dataset(_NAME, columns)


def people(seed: int, patients: int | None = None) -> dict[str, Array]:
    """What is true of each patient, before any method shows it: proteins, clone, chains."""
    rng = stream(seed, _NAME, "people")
    shares = np.array([cases(_NAME, "patients")[each] for each in GROUPS])
    n = patients or int(shares.sum())
    ends = np.round(np.cumsum(shares / shares.sum()) * n).astype(int)
    group = np.searchsorted(ends, np.arange(n), side="right").astype(np.int8)
    rng.shuffle(group)
    matrix, _ = correlation(_DRAWS, {("kappa", "lambda"): number(_NAME, "chains_together")})
    drawn = normals(rng, n, matrix)
    if n <= _SMALL:
        drawn = evened(drawn, group, rng)
    z = dict(zip(_DRAWS, drawn, strict=True))
    heavy, light = _classes(z, group)
    return {
        "group": group,
        **{name: _protein(z[name], name) for name in _PROTEINS},
        "size": _size(z, group),
        "heavy": heavy,
        "light": light,
        "place": _place(z["place"], heavy),
        **_chains(z, group, light),
    }


def _of(name: str, group: Array) -> Array:
    found = cases(_NAME, name)
    chosen: Array = np.array([found[each] for each in GROUPS])[group]
    return chosen


def _at(name: str, group: Array) -> Array:
    found = cases(_NAME, name)
    chosen: Array = np.array([threshold(found[each]) for each in GROUPS])[group]
    return chosen


def _protein(normal: Array, name: str) -> Array:
    spread = cases(_NAME, "protein_spread")[name]
    found: Array = cases(_NAME, "protein")[name] * np.exp(spread * normal)
    return found


def _size(z: dict[str, Array], group: Array) -> Array:
    """The M-protein in g/dL; 0 where no method shows one."""
    large = np.minimum(
        _of("large_size", group) * np.exp(_of("large_spread", group) * z["size"]),
        _of("large_most", group),
    )
    little = cases(_NAME, "small_size")
    small = little["median"] * np.exp(little["spread"] * z["size"])
    large_share, small_share = cases(_NAME, "large"), cases(_NAME, "small")
    both = np.array([threshold(large_share[g] + small_share[g]) for g in GROUPS])[group]
    return np.where(
        z["clone"] > _at("large", group), large, np.where(z["clone"] > both, small, 0.0)
    )


def _classes(z: dict[str, Array], group: Array) -> tuple[Array, Array]:
    """Codes of heavy and light chain."""
    either = cases(_NAME, "iga"), cases(_NAME, "igm")
    both = np.array([threshold(either[0][g] + either[1][g]) for g in GROUPS])[group]
    heavy = np.where(z["heavy"] > _at("iga", group), 1, np.where(z["heavy"] > both, 2, 0))
    light = np.where(z["light"] > _at("lambda", group), 0, 1)
    return heavy.astype(np.int8), light.astype(np.int8)


def _place(normal: Array, heavy: Array) -> Array:
    mean, sd = (
        np.array([cases(_NAME, name)[each] for each in HEAVY])[heavy]
        for name in ("spike_place", "spike_place_sd")
    )
    place: Array = np.clip(mean + sd * normal, 0.64, 0.93)
    return place


def _chains(z: dict[str, Array], group: Array, light: Array) -> dict[str, Array]:
    """Free kappa and lambda in mg/L, as printed. A clone raises its own chain."""
    spread = cases(_NAME, "chain_spread")
    effect = _of("clone_effect", group) + _of("clone_effect_spread", group) * z["effect"]
    kappa = _of("kappa", group) * np.exp(spread["kappa"] * z["kappa"] + effect * (light == 1))
    chain = _of("lambda_chain", group)
    chain = chain * np.exp(spread["lambda"] * z["lambda"] + effect * (light == 0))
    return {
        "kappa": np.clip(np.round(kappa, 1), 0.5, 20_000),
        "lambda": np.clip(np.round(chain, 1), 0.5, 20_000),
    }


def track() -> Array:
    """The places of a curve's points, as shares of the track."""
    points = int(number(_NAME, "points"))
    return (np.arange(points) + 0.5) / points


def curves(who: dict[str, Array]) -> Array:
    """Density along the track, a row for each patient; its area is total protein in g/dL."""
    found = np.zeros((len(who["size"]), len(track())))
    for name in _PROTEINS:
        at, width = cases(_NAME, "place")[name], cases(_NAME, "width")[name]
        found += who[name][:, None] * _bell(at, width)
    found += who["size"][:, None] * _bell(who["place"][:, None], number(_NAME, "spike_width"))
    return found


def _bell(at: Array | float, width: float) -> Array:
    found: Array = np.exp(-0.5 * ((track()[None, :] - at) / width) ** 2)
    found /= width * np.sqrt(2 * np.pi)
    return found


def sharpness(found: Array) -> Array:
    """The steepest turn downwards beyond alpha2: what the eye takes for a spike."""
    step = track()[1] - track()[0]
    turn = -(found[:, 2:] - 2 * found[:, 1:-1] + found[:, :-2]) / step**2
    beyond = track()[1:-1] > cases(_NAME, "boundary")["alpha2"]
    highest: Array = turn[:, beyond].max(axis=1)
    return highest


def _fractions(found: Array) -> list[Array]:
    """Each fraction in g/dL, by its boundaries."""
    ends = [cases(_NAME, "boundary")[name] for name in FRACTIONS]
    parts, start = [], 0.0
    for end in ends:
        inside = (track() > start) & (track() <= end)
        parts.append(np.round(found[:, inside].sum(axis=1) / len(track()), 2))
        start = end
    return parts


def _lane(codes: Array, code: int, band: Array) -> Array:
    lane: Array = ((codes == code) & band).astype(np.int8)
    return lane
