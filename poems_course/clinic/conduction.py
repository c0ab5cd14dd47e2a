"""A motor nerve conduction study, and what the published limits call block and dispersion."""

from __future__ import annotations

from dataclasses import dataclass

from poems_course.evidence import fact


@dataclass(frozen=True)
class Response:
    """One compound muscle action potential: onset in ms, height in mV, negative part in ms."""

    latency: float
    amplitude: float
    duration: float


@dataclass(frozen=True)
class MotorStudy:
    """A nerve stimulated near its muscle and further up; distances in mm.

    *near* is the way from the first place to the muscle, *between* the way between the places;
    *lower_limit* is the smallest normal amplitude, mV.
    """

    near: float
    between: float
    distal: Response
    proximal: Response
    lower_limit: float

    @property
    def velocity(self) -> float:
        """Speed of the fastest fibres between the two places, m/s."""
        return self.between / (self.proximal.latency - self.distal.latency)

    @property
    def terminal_latency_index(self) -> float:
        """Time over the last stretch at the speed of the trunk, as a share of the time it took."""
        return terminal_latency_index(self.near, self.velocity, self.distal.latency)

    @property
    def fall(self) -> float:
        """How much smaller the response from the further place is, %."""
        return 100 * (1 - self.proximal.amplitude / self.distal.amplitude)

    @property
    def longer(self) -> float:
        """How much longer the response from the further place lasts, %."""
        return 100 * (self.proximal.duration / self.distal.duration - 1)

    @property
    def block(self) -> bool:
        """Conduction block by the European limit (fact ncs-block); never in a tiny response."""
        limit = fact("ncs-block")
        enough = limit.range[0] / 100 * self.lower_limit
        return self.distal.amplitude >= enough and round(self.fall, 6) >= limit.quantity()

    @property
    def dispersion(self) -> bool:
        """Temporal dispersion by the European limit (fact ncs-dispersion)."""
        return round(self.longer, 6) > fact("ncs-dispersion").quantity()


def terminal_latency_index(distance: float, velocity: float, latency: float) -> float:
    """Distal distance (mm) over velocity (m/s) and distal latency (ms); it has no unit.

    Raises ValueError where velocity or latency is not positive.
    """
    if velocity <= 0 or latency <= 0:
        raise ValueError("velocity and latency must be above 0")
    return distance / (velocity * latency)
