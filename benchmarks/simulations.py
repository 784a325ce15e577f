"""Whether bounds and intervals hold the truth, on data made up with a known one. Run as `make coverage`.

Writes benchmarks/coverage.csv: method, case, runs, held (part of the runs whose truth lies inside), says (what the method
promises: 1 for a bound, its level for an interval). The tests run the same simulations with fewer runs.
"""

import json
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import joblib
import numpy as np
import pandas as pd

from compendium.interval import Interval
from compendium.models import departures, interviews, mixes, prevalence, trend
from compendium.models.bounds import Path as SharePath
from compendium.multiverse import engine

RUNS = 10_000
SLACK = 1e-9  # floating-point arithmetic, in percentage points
YEARS = range(2013, 2025)


def generator(*specification: object) -> np.random.Generator:
    """Random numbers of a simulation: the same wherever and in whatever order it runs."""
    return np.random.default_rng(engine.seed(json.dumps(specification)))


def share_path(anchored: bool, deviation: float) -> SharePath:
    """A path like that of the all-grids share: five years, a change known to the last digit."""
    return SharePath(2018, Interval(37.25, 37.35), Interval(2.85, 2.95), 5, anchored, deviation)


def obedient(rng: np.random.Generator, path: SharePath) -> dict[int, float]:
    """Shares of each year that obey the assumptions of a path: every change within the limits around the mean pace."""
    share, change = rng.uniform(path.share.low, path.share.high), rng.uniform(path.change.low, path.change.high)
    pace = change / path.years
    limits = sorted((pace * (1 - path.pace_deviation), pace * (1 + path.pace_deviation)))
    shares = {path.year: share}
    steps = rng.uniform(*limits, size=path.years)
    if path.anchored:  # the years between have to add up to the published change: draw, recentre, shrink to fit
        deviations = steps - steps.mean()
        room = path.pace_deviation * abs(pace)
        steps = pace + deviations * min(1.0, room / max(abs(deviations).max(), 1e-12))
    for back, step in enumerate(steps, 1):
        shares[path.year - back] = shares[path.year - back + 1] - step
    for ahead, step in enumerate(rng.uniform(*limits, size=6), 1):
        shares[path.year + ahead] = shares[path.year + ahead - 1] + step
    return shares


def bound_of_share(anchored: bool, deviation: float, runs: int) -> float:
    """How often the bounds of all years hold an obedient path."""
    rng = generator("bound_of_share", anchored, deviation)
    path = share_path(anchored, deviation)
    bound = {year: path.bound(year) for year in YEARS}
    held = 0
    for _ in range(runs):
        shares = obedient(rng, path)
        held += all(bound[year].low - SLACK <= share <= bound[year].high + SLACK for year, share in shares.items())
    return held / runs


def interval_of_slope(years: int, window: int, actual: float, use_scatter: bool, runs: int) -> float:
    """How often the interval holds a slope of zero when yearly errors are `actual` times the assumed ones."""
    rng = generator("interval_of_slope", years, window, actual, use_scatter)
    places = np.arange(float(years))
    covariance = trend.overlap(places, window)
    held = 0
    for _ in range(runs):
        means = np.convolve(rng.normal(0, actual, years + window - 1), np.ones(window) / window, "valid")
        held += 0 in trend.slope_interval(trend.line(places, means, covariance), use_scatter)
    return held / runs


def bound_of_rate_change(change: float, runs: int) -> float:
    """How often the bound of a change of a rate holds it, on headcounts that obey the limit from year to year."""
    rng = generator("bound_of_rate_change", change)
    headcount = departures.Headcount({2019: Interval(99, 101)}, change)
    now, then = Interval(4, 6), Interval(2, 3)
    bound = departures.change_of_rate(now, "2022", then, "2020", headcount)
    held = 0
    for _ in range(runs):
        earlier = rng.uniform(99, 101) * (1 + rng.uniform(-change, change))
        later = earlier * np.prod(1 + rng.uniform(-change, change, 2))
        moved = 100 * (rng.uniform(now.low, now.high) / later - rng.uniform(then.low, then.high) / earlier)
        held += bound.low - SLACK <= moved <= bound.high + SLACK
    return held / runs


def interval_of_count(mean: float, runs: int) -> float:
    """How often the interval of a random count holds its mean."""
    rng = generator("interval_of_count", mean)
    return sum(mean in departures.garwood(count) for count in rng.poisson(mean, runs)) / runs


def bound_of_rest(runs: int) -> float:
    """How often the bound of the rest of a whole holds its true share: weight, shares and rounding within their limits."""
    rng = generator("bound_of_rest")
    weight, part = Interval(0.205, 0.215), Interval(0.05, 0.4)
    held = 0
    for _ in range(runs):
        w, share, rest = rng.uniform(weight.low, weight.high), rng.uniform(part.low, part.high), rng.uniform(0.05, 0.25)
        printed = round(w * share + (1 - w) * rest, 3)
        bound = mixes.share_of_rest(Interval(printed - 5e-4, printed + 5e-4), weight, part)
        held += bound.low - SLACK <= rest <= bound.high + SLACK
    return held / runs


def limits_of_a_count(of: int, share: float, runs: int) -> float:
    """How often the exact limits of a count among random interviews hold the share of the population."""
    rng = generator("limits_of_a_count", of, share)
    limits = [interviews.limits(count, of, trend.CONFIDENCE) for count in range(of + 1)]
    return float(np.mean([share in limits[count] for count in rng.binomial(of, share, runs)]))


def interval_of_survey(base: int, actual: float, assumed: float, runs: int) -> float:
    """How often the interval of a percentage holds the truth when the design effect is `actual` and taken for `assumed`."""
    rng = generator("interval_of_survey", base, actual, assumed)
    shares = 100 * rng.binomial(int(base / actual), 0.32, runs) / int(base / actual)
    return sum(32 in prevalence.survey_interval(Interval(share, share), base, assumed) for share in shares) / runs


def interval_of_part(part_base: int, runs: int) -> float:
    """How often the interval of a part against its whole of two thousand holds the true gap."""
    rng = generator("interval_of_part", part_base)
    held = 0
    for _ in range(runs):
        part, rest = rng.binomial(part_base, 0.52), rng.binomial(2000 - part_base, 0.42)
        ends = (100 * part / part_base, 100 * (part + rest) / 2000)
        gap = prevalence.part_against_whole(*(Interval(end, end) for end in ends), part_base, 2000, 1)
        held += 10 * (1 - part_base / 2000) in gap
    return held / runs


def prediction_of_wave(waves: int, truth: str, variant: str, runs: int) -> float:
    """How often the prediction of one further wave holds it, where waves scatter around a level or follow a walk."""
    rng = generator("prediction_of_wave", waves, truth, variant)
    held = 0
    for _ in range(runs):
        errors = rng.normal(0, 3, waves + 1)
        shares = 45 + (np.cumsum(errors) if truth == "walk" else errors)
        held += shares[-1] in prevalence.next_wave(list(shares[:-1]), variant)
    return held / runs


def cases() -> Iterator[tuple[str, str, Callable[[], float], float]]:
    """Method, case, the simulation of it, and what the method promises."""
    for anchored in (True, False):
        for deviation in (0.0, 0.5, 2.0):
            case = f"{'both ends' if anchored else 'one end'} published, deviation {deviation:g}"
            yield "bound of a share", case, partial(bound_of_share, anchored, deviation, RUNS), 1.0
    for years, window in ((2, 1), (3, 1), (7, 1), (15, 3)):
        case = f"{years} points, window {window}, error as assumed"
        yield "slope, sampling alone", case, partial(interval_of_slope, years, window, 1.0, False, RUNS), trend.CONFIDENCE
    for actual, name in ((1.0, "error as assumed"), (2.0, "error twice the assumed")):
        for years, window in ((4, 1), (7, 1), (15, 3), (36, 3)):
            case = f"{years} points, window {window}, {name}"
            held = partial(interval_of_slope, years, window, actual, True, RUNS)
            yield "slope, wider of sampling and scatter", case, held, trend.CONFIDENCE
    for change in (0.0, 0.02, 0.1):
        yield (
            "bound of a change of a rate",
            f"headcount free by {change:g} a year",
            partial(bound_of_rate_change, change, RUNS),
            1.0,
        )
    for mean in (3.0, 1000.0):
        yield "interval of a random count", f"mean {mean:g}", partial(interval_of_count, mean, RUNS), trend.CONFIDENCE
    case = "weight, share of the part and rounding within limits"
    yield "bound of the rest of a whole", case, partial(bound_of_rest, RUNS), 1.0
    for of in (10, 40):
        for share in (0.5, 0.9):
            held = partial(limits_of_a_count, of, share, RUNS)
            yield "exact limits of a count", f"{of} interviews, share {share:g}", held, trend.CONFIDENCE
    for actual, assumed in ((1.0, 1.0), (2.0, 2.0), (2.0, 1.0)):
        case = f"base 2000, design effect {actual:g}, taken for {assumed:g}"
        yield "share of a survey", case, partial(interval_of_survey, 2000, actual, assumed, RUNS), trend.CONFIDENCE
    for part_base in (200, 800):
        yield "part against its whole", f"{part_base} of 2000", partial(interval_of_part, part_base, RUNS), trend.CONFIDENCE
    for waves in (4, 7, 15):
        for truth in ("level", "walk"):
            for variant in ("level", "walk"):
                case = f"{waves} waves, truth {truth}, variant {variant}"
                yield "next wave of a panel", case, partial(prediction_of_wave, waves, truth, variant, RUNS), trend.CONFIDENCE


def row(method: str, case: str, simulation: Callable[[], float], says: float) -> engine.Rows:
    """One row of the table."""
    return [{"method": method, "case": case, "runs": RUNS, "held": simulation(), "says": says}]


def main() -> None:
    """Run all simulations and write their table."""
    batches = [(f"{case[0]}, {case[1]}", partial(row, *case)) for case in cases()]
    made = engine.run(batches, jobs=joblib.cpu_count(), progress=sys.stderr)
    table = pd.DataFrame([row for rows in made for row in rows])
    table.to_csv(Path(__file__).with_name("coverage.csv"), index=False, lineterminator="\n", float_format="%.4f")
    print(table.to_string(index=False))


if __name__ == "__main__":
    main()
