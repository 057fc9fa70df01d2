"""A token bucket: how many frames a socket may send."""


class Bucket:
    """Refills at `rate` a second up to `burst`. Goes below zero while it is being overdrawn."""

    def __init__(self, *, rate: float, burst: float, now: float) -> None:
        """Start full."""
        self.rate, self.burst, self.level, self.at = rate, burst, burst, now

    def take(self, *, now: float, cost: float = 1.0) -> bool:
        """Take from the bucket and tell whether there was enough; a refusal costs as well."""
        self.level = min(self.burst, self.level + (now - self.at) * self.rate)
        self.at = now
        self.level -= cost
        return self.level >= 0

    @property
    def wait_ms(self) -> int:
        """Return how long until the bucket holds something again."""
        return max(1, int((1 - self.level) / self.rate * 1000))
