"""Nerve conduction: motor and sensory studies by nerve and segment."""

from __future__ import annotations

import numpy as np

from poems_course.synthetic.dataset import Dataset, Words
from poems_course.synthetic.draws import Array, correlation, normals, stream
from poems_course.synthetic.quantities import cases, number

GROUPS = ("POEMS", "CIDP", "healthy")
MOTOR, SENSORY = ("median", "ulnar", "tibial"), ("median", "ulnar", "sural")
STUDIES = ("motor", "sensory")
NERVES = ("median", "ulnar", "tibial", "sural")
SEGMENTS = ("distal", "proximal")
_NAME = "nerve_conduction"
Study = dict[str, Array]


def build(seed: int, patients: int | None = None) -> Dataset:
    """The table: a row for each patient, nerve and place of stimulation.

    Raises ValueError where *seed* is negative.
    """
    group = groups(seed, patients)
    parts = []
    for nerve in MOTOR:
        study = motor(seed, group, nerve)
        parts += [_rows(group, study, "motor", nerve, segment) for segment in SEGMENTS]
    for nerve in SENSORY:
        parts.append(_rows(group, sensory(seed, group, nerve), "sensory", nerve, "distal"))
    whole = {name: np.stack([part[name] for part in parts], axis=1).ravel() for name in parts[0]}
    columns: dict[str, Array | Words] = {
        "patient": whole["patient"],
        "diagnosis": Words(whole["group"], GROUPS),
        "study": Words(whole["study"], STUDIES),
        "nerve": Words(whole["nerve"], NERVES),
        "stimulation": Words(whole["segment"], SEGMENTS),
    }
    numbers = ("distance", "latency", "cmap", "snap", "duration", "velocity")
    columns |= {name: whole[name] for name in numbers}
    columns |= {"terminal_latency_index": whole["index"]}
    columns |= {name: whole[name] for name in ("absent", "block", "dispersion")}
    columns["synthetic"] = Words(np.zeros(len(whole["group"]), dtype=np.int8), ("yes",))
    return Dataset(_NAME, columns)


def groups(seed: int, patients: int | None = None) -> Array:
    """The diagnosis of each patient, as a code into GROUPS, in an order that betrays nothing."""
    shares = np.array([cases(_NAME, "patients")[each] for each in GROUPS])
    n = patients or int(shares.sum())
    ends = np.round(np.cumsum(shares / shares.sum()) * n).astype(int)
    group = np.searchsorted(ends, np.arange(n), side="right").astype(np.int8)
    stream(seed, _NAME, "order").shuffle(group)
    return group


def _by_group(name: str, group: Array) -> Array:
    chosen: Array = np.array([cases(_NAME, name)[each] for each in GROUPS])[group]
    return chosen


def _by_nerve(name: str, nerve: str, group: Array) -> Array:
    """A quantity with an entry of its own for each disease, ``name_poems`` and so on."""
    chosen = [cases(_NAME, f"{name}_{each.lower()}")[nerve] for each in GROUPS]
    return np.array(chosen)[group]


def _shared(seed: int, group: Array, nerve: str) -> Array:
    """Normal for velocity in *nerve*: alike in all nerves of a patient as far as uniform."""
    everywhere = stream(seed, _NAME, "patient").standard_normal(len(group))
    here = stream(seed, _NAME, "velocity", nerve).standard_normal(len(group))
    weight = 2 * np.sin(np.pi * _by_group("uniform", group) / 6)
    mixed: Array = np.sqrt(weight) * everywhere + np.sqrt(1 - weight) * here
    return mixed


def motor(seed: int, group: Array, nerve: str) -> Study:
    """One motor nerve of every patient, as printed: one array for each measured quantity."""
    n, rng = len(group), stream(seed, _NAME, "motor", nerve)
    matrix, _ = correlation(
        ("velocity", "amplitude"), {("velocity", "amplitude"): number(_NAME, "slow_is_weak")}
    )
    own = normals(rng, n, matrix)
    speed = _shared(seed, group, nerve)
    strength = matrix[0, 1] * speed + np.sqrt(1 - matrix[0, 1] ** 2) * own[1]
    index_z, length_z, distal_z, time_z = rng.standard_normal((4, n))
    velocity = _velocity(speed, group, nerve)
    index = _by_nerve("index", nerve, group) * np.exp(_by_group("index_spread", group) * index_z)
    distal = np.rint(cases(_NAME, "distal")[nerve] + number(_NAME, "distal_sd") * distal_z)
    sd = cases(_NAME, "segment_sd")[nerve]
    segment = np.rint(cases(_NAME, "segment")[nerve] + sd * length_z)
    latency = np.maximum(np.round(distal / (velocity * index), 1), 1.0)
    further = np.maximum(np.round(latency + segment / velocity, 1), latency + 1)
    printed = np.round(segment / (further - latency), 1)
    first = np.maximum(np.round(_amplitude(strength, group, nerve), 1), 0.1)
    block, dispersed = _signs(rng, group, nerve)
    second, times = _proximal(rng, block, dispersed)
    start = _by_group("duration", group) * np.exp(number(_NAME, "duration_spread") * time_z)
    start = np.round(start, 1)
    gone = rng.random(n) < _absent(group, nerve)
    found = {
        "distance": distal,
        "segment": segment,
        "latency": latency,
        "further": further,
        "velocity": printed,
        "amplitude": first,
        "proximal": np.maximum(np.round(first * second, 1), 0.0),
        "duration": start,
        "longer": np.round(start * times, 1),
        "index": np.round(distal / (printed * latency), 2),
    }
    for name, values in found.items():
        found[name] = np.where(gone & (name not in ("distance", "segment")), np.nan, values)
    return found | {"absent": gone.astype(np.int8)}


def _absent(group: Array, nerve: str) -> Array:
    shares = [cases(_NAME, f"absent_{each}")[nerve] for each in ("poems", "cidp")]
    return np.array([*shares, 0.0])[group]


def _velocity(normal: Array, group: Array, nerve: str) -> Array:
    """In m/s. Health is normal about its mean, disease lognormal about its median."""
    health = GROUPS.index("healthy")
    spread = cases(_NAME, "velocity_spread")
    ill = _by_nerve("velocity", nerve, group) * np.exp(
        np.array([spread["POEMS"], spread["CIDP"], 0.0])[group] * normal
    )
    sd = cases(_NAME, "velocity_healthy_sd")[nerve]
    well = cases(_NAME, "velocity_healthy")[nerve] + sd * normal
    return np.clip(np.where(group == health, well, ill), 8, 75)


def _amplitude(normal: Array, group: Array, nerve: str) -> Array:
    """In mV, by distal stimulation."""
    spread = cases(_NAME, "amplitude_spread")
    ill = _by_nerve("amplitude", nerve, group) * np.exp(
        np.array([spread["POEMS"], spread["CIDP"], 0.0])[group] * normal
    )
    sd = cases(_NAME, "amplitude_healthy_sd")[nerve]
    well = cases(_NAME, "amplitude_healthy")[nerve] + sd * normal
    return np.clip(np.where(group == GROUPS.index("healthy"), well, ill), 0.1, 25)


def _signs(rng: np.random.Generator, group: Array, nerve: str) -> tuple[Array, Array]:
    """Whether block and dispersion are there; the two may meet in one nerve."""
    part = 0.5 if nerve == "tibial" else 1.0
    block = rng.random(len(group)) < part * _by_group("block", group)
    return block, rng.random(len(group)) < _by_group("dispersion", group)


def _proximal(rng: np.random.Generator, block: Array, dispersed: Array) -> tuple[Array, Array]:
    """Proximal over distal amplitude, and over distal duration."""
    kept, longer = cases(_NAME, "kept"), cases(_NAME, "longer")
    share, time = rng.random((2, len(block)))

    def between(ends: dict[str, float], kind: str, at: Array) -> Array:
        found: Array = ends[f"{kind}_low"] + (ends[f"{kind}_high"] - ends[f"{kind}_low"]) * at
        return found

    amplitude = np.where(
        block,
        between(kept, "blocked", share),
        np.where(dispersed, between(kept, "dispersed", share), between(kept, "plain", share)),
    )
    return amplitude, np.where(
        dispersed, between(longer, "dispersed", time), between(longer, "plain", time)
    )


def sensory(seed: int, group: Array, nerve: str) -> Study:
    """One sensory nerve of every patient, as printed."""
    n, rng = len(group), stream(seed, _NAME, "sensory", nerve)
    speed = _shared(seed, group, f"sensory {nerve}")
    velocity = _by_group("sensory_velocity", group) * np.exp(
        _by_group("sensory_velocity_spread", group) * speed
    )
    limb = "leg" if nerve == "sural" else "arm"
    left, absent = (
        np.array([cases(_NAME, name)[f"{each.lower()}_{limb}"] for each in GROUPS])[group]
        for name in ("sensory_left", "sensory_absent")
    )
    normal = cases(_NAME, "sensory_amplitude")[nerve]
    spread = number(_NAME, "sensory_amplitude_spread")
    amplitude = normal * left * np.exp(spread * rng.standard_normal(n))
    distance = np.full(n, cases(_NAME, "sensory_distance")[nerve])
    latency = np.round(distance / np.clip(velocity, 15, 75), 1)
    gone = rng.random(n) < absent
    found = {
        "latency": latency,
        "velocity": np.round(distance / latency, 1),
        "amplitude": np.maximum(np.round(amplitude, 1), 0.5),
    }
    found = {name: np.where(gone, np.nan, values) for name, values in found.items()}
    return found | {"distance": distance, "absent": gone.astype(np.int8)}


def blocked(study: Study) -> Array:
    """Conduction block, from the printed amplitudes: yes 1, no 0, not to be told -1."""
    return _told(study["proximal"] / study["amplitude"] < number(_NAME, "block_from"), study)


def dispersed(study: Study) -> Array:
    """Temporal dispersion, from the printed durations: yes 1, no 0, not to be told -1."""
    return _told(study["longer"] / study["duration"] > number(_NAME, "dispersion_from"), study)


def _told(found: Array, study: Study) -> Array:
    return np.where(study["absent"] == 1, -1, found).astype(np.int8)


def _rows(group: Array, study: Study, kind: str, nerve: str, segment: str) -> Study:
    """One place of stimulation, as columns of the table."""
    n, none = len(group), np.full(len(group), np.nan)
    unknown = np.full(n, -1, dtype=np.int8)
    further = segment == "proximal"
    is_motor = kind == "motor"
    return {
        "patient": np.arange(1, n + 1, dtype=np.int32),
        "group": group,
        "study": np.full(n, STUDIES.index(kind), dtype=np.int8),
        "nerve": np.full(n, NERVES.index(nerve), dtype=np.int8),
        "segment": np.full(n, SEGMENTS.index(segment), dtype=np.int8),
        "distance": study["segment"] if further else study["distance"],
        "latency": study["further"] if further else study["latency"],
        "cmap": (study["proximal"] if further else study["amplitude"]) if is_motor else none,
        "snap": none if is_motor else study["amplitude"],
        "duration": (study["longer"] if further else study["duration"]) if is_motor else none,
        "velocity": study["velocity"] if further or not is_motor else none,
        "index": study["index"] if is_motor and not further else none,
        "absent": study["absent"],
        "block": blocked(study) if further else unknown,
        "dispersion": dispersed(study) if further else unknown,
    }
