"""Made-up regressions for `specifications.py`, and the program that it measures.

Shares of thirty sectors over fifteen years; a specification is a family (least squares on points, or logits of shares with
counts), a set of controls, a window of years and two sectors left out.
"""

import functools
import hashlib
import itertools
import json
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd

from compendium.multiverse import engine, regressions

SECTORS, YEARS, CONTROLS = 30, 15, 7
SHORTEST_WINDOW = 6  # years
FAMILIES: tuple[regressions.Family, ...] = ("gaussian", "binomial")
FITS_A_BATCH = 100
# Windows and pairs of sectors left out, for each count; two families and fifty sets of controls make the rest.
COUNTS = {10_000: (10, 10), 100_000: (20, 50), 1_000_000: (50, 200)}


@functools.cache
def data() -> pd.DataFrame:
    """A row a sector and year: year, controls c1 to c7, persons and the share of cadres among them, from 0 to 1."""
    rng = np.random.default_rng(2025)
    frame = pd.DataFrame(list(itertools.product(range(SECTORS), range(YEARS))), columns=["sector", "place"])
    frame["year"] = frame["place"] - YEARS // 2.0
    for number in range(1, CONTROLS + 1):
        frame[f"c{number}"] = rng.normal(size=SECTORS)[frame["sector"]] + rng.normal(size=len(frame)) / 2
    predictor = -1.4 + 0.03 * frame["year"] + 0.2 * frame["c1"] - 0.1 * frame["c2"] + rng.normal(0, 0.2, len(frame))
    frame["persons"] = rng.integers(500, 5000, len(frame)).astype(float)
    frame["share"] = rng.binomial(frame["persons"].astype(int), 1 / (1 + np.exp(-predictor))) / frame["persons"]
    return frame


def control_sets() -> list[tuple[str, ...]]:
    """Fifty sets of controls, the smaller first."""
    names = [f"c{number}" for number in range(1, CONTROLS + 1)]
    return [chosen for size in range(CONTROLS + 1) for chosen in itertools.combinations(names, size)][:50]


@functools.cache
def choices(count: int) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """The windows of years and pairs of sectors left out, in all their combinations."""
    windows, pairs = COUNTS[count]
    every = [(first, last) for first in range(YEARS) for last in range(first + SHORTEST_WINDOW, YEARS + 1)]
    return list(itertools.product(every[:windows], itertools.islice(itertools.combinations(range(SECTORS), 2), pairs)))


def kept(frame: pd.DataFrame, window: tuple[int, int], left_out: tuple[int, int]) -> np.ndarray:
    """Which rows a specification takes."""
    place, sector = frame["place"].to_numpy(), frame["sector"].to_numpy()
    return (place >= window[0]) & (place < window[1]) & (sector != left_out[0]) & (sector != left_out[1])


def batches(count: int) -> Iterator[tuple[str, functools.partial[engine.Rows]]]:
    """Specifications with the same columns, some hundred a batch."""
    chosen = choices(count)
    for family, controls in itertools.product(FAMILIES, control_sets()):
        for first in range(0, len(chosen), FITS_A_BATCH):
            key = json.dumps([count, family, controls, first])
            yield key, functools.partial(fitted, family, controls, count, slice(first, first + FITS_A_BATCH))


def fitted(family: regressions.Family, controls: tuple[str, ...], count: int, part: slice) -> engine.Rows:
    """Slopes with their errors, each under the hash of its specification."""
    frame = data()
    weight = frame["persons"].to_numpy() if family == "binomial" else np.ones(len(frame))
    specifications = choices(count)[part]
    weights = np.array([weight * kept(frame, *one) for one in specifications])
    found = regressions.fit(design(frame, controls), frame["share"].to_numpy(), weights, family)
    names = [named(family, controls, one) for one in specifications]
    slopes, errors = found.coefficients[:, 1].tolist(), found.errors[:, 1].tolist()
    return [list(row) for row in zip(names, slopes, errors, strict=True)]  # type: ignore[misc]


def named(family: str, controls: tuple[str, ...], choice: tuple[tuple[int, int], tuple[int, int]]) -> str:
    """The hash of a specification."""
    return hashlib.sha256(json.dumps([family, controls, *choice]).encode()).hexdigest()[:16]


def design(frame: pd.DataFrame, controls: tuple[str, ...]) -> np.ndarray:
    """Ones, year and controls, shape (n, k)."""
    return np.column_stack([np.ones(len(frame)), frame[["year", *controls]]])


def run(count: int, jobs: int) -> None:
    """What a measured program does: all specifications through the engine."""
    with tempfile.TemporaryDirectory() as folder:
        rows = sum(len(rows) for rows in engine.run(list(batches(count)), Path(folder) / "journal.jsonl", jobs=jobs))
    assert rows == count


def run_in_turn(count: int, runs: int) -> None:
    """On one process and on two in turn, in a program in which the processes are there already; prints the seconds of each."""
    seconds: dict[int, list[float]] = {1: [], 2: []}
    for number in range(runs + 1):
        for jobs, of in seconds.items():
            started = time.perf_counter()
            run(count, jobs)
            if number:  # the first time they start, and read the data
                of.append(time.perf_counter() - started)
    print(json.dumps(seconds))
