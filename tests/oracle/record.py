"""Ask NegMAS for frontier and solutions of every random space, and write its answers down.

Runs in the environment of requirements/oracle.in (`make oracle`), where nothing of the product is installed; the suite
beside it compares the product with the answers on file. NegMAS looks for solutions on the frontier it is handed, here
the frontier of the outcomes both prefer to waiting: handed all of it, it takes the product of two losses for a gain.
Of a catalogue it is handed every point once: of two equal points with a surplus of nought it drops both.
"""

from __future__ import annotations

import json
import sys
from importlib.metadata import version
from pathlib import Path
from types import SimpleNamespace

import numpy as np
from numpy.typing import NDArray

HERE = Path(__file__).resolve()
ANSWERS = HERE.parents[2] / "fixtures" / "oracle" / "negmas.json"
sys.path.insert(0, str(HERE.parent))

from negmas.preferences.ops import kalai_points, ks_points, nash_points, pareto_frontier_bf  # noqa: E402
from spaces import CATALOGUES, SPACES, catalogue, space, texts, zone  # noqa: E402


def answers(seed: int, points: NDArray[np.float64]) -> dict[str, object]:
    """Return what NegMAS says of one space, as values of surplus."""
    everything = [tuple(map(float, point)) for point in points]
    frontier = [everything[i] for i in pareto_frontier_bf(points, sort_by_welfare=True)]
    inside = points[zone(points)]
    found: dict[str, object] = {"seed": seed, "frontier": sorted(set(frontier))}
    if len(inside):
        own = [tuple(map(float, inside[i])) for i in pareto_frontier_bf(inside, sort_by_welfare=True)]
        parties = [SimpleNamespace(reserved_value=0.0) for _ in range(2)]
        ranges = [(0.0, float(inside[:, party].max())) for party in range(2)]
        found["nash"] = sorted({p for p, _ in nash_points(parties, own, ranges=ranges)})
        found["kalai"] = sorted({p for p, _ in kalai_points(parties, own, ranges=ranges)})
        found["ks"] = sorted({p for p, _ in ks_points(parties, own, ranges=ranges)})
    return found


def main() -> None:
    """Write the answers, or with `--check` compare them with those on file."""
    told = {
        "negmas": version("negmas"), "numpy": version("numpy"),
        "spaces": [answers(n, space(n)) for n in range(SPACES)],
        "catalogues": [answers(n, np.unique(texts(catalogue(n)), axis=0)) for n in range(CATALOGUES)],
    }  # fmt: skip
    text = json.dumps(told, separators=(",", ":")).replace('{"seed"', '\n{"seed"') + "\n"
    if "--check" in sys.argv[1:]:
        old = json.loads(ANSWERS.read_text(encoding="utf-8"))
        same = all(json.loads(text)[kind] == old.get(kind) for kind in ("spaces", "catalogues"))
        sys.exit(None if same else f"NegMAS {told['negmas']} answers otherwise than {old['negmas']} did: record anew")
    ANSWERS.write_text(text, encoding="utf-8")
    print(f"{SPACES} spaces, {CATALOGUES} catalogues, NegMAS {told['negmas']}, {len(text)} bytes")


if __name__ == "__main__":
    main()
