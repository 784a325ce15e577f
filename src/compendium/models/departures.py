"""Departures other than retirement: counts, and bounds of the rate per 100 permanent contracts (CDI), by list of motives.

Two unknowns stand between a count and a comparison. The number of CDI is published for few years: elsewhere it is bounded
by how fast it may change (bounded variation: Manski and Pepper, 2018, Review of Economics and Statistics 100(2), 232-244).
And the list of motives is not the same in every document: the published total says what it leaves out, retirement; the
later years have three motives one by one, whose sum may hold persons that the total does not count, or miss motives that
it has. These are counts of all departures, without a sample: they have no sampling error.
"""

from dataclasses import dataclass

import pandas as pd
from scipy import stats

from compendium.errors import InputError
from compendium.interval import Interval, hull, over_box
from compendium.models import estimates
from compendium.models.estimates import ROUNDING, printed, year_of
from compendium.models.trend import CONFIDENCE

STATEMENT = "T1-14"
STAFF = "staff of the institution"
MOTIVES = ("resignations", "dismissals", "agreed_terminations")
MEAN = "2009-2019"
# series -> list of motives. The last two years of the mean are those of the series itself.
PUBLISHED = {
    "non_retirement_leavers": "all_but_retirement",
    "non_retirement_leavers_mean_2009_2019": "all_but_retirement",
    "resignations": "resignations",
    "dismissals": "dismissals",
    "agreed_terminations": "agreed_terminations",
}
CUMULATED = {"agreed_terminations_cumulated_2020_2022": "agreed_terminations"}
BASES = (MEAN, "2014", "2019", "2020")
PER = 100.0


@dataclass(frozen=True)
class Headcount:
    """The number of CDI, published for some years and bounded in the others.

    Args:
        published: year -> persons, with rounding.
        change: how much it may change from one year to the next, either way, as a proportion; from 0 to less than 1.

    Raises:
        InputError: no year is published, or the published years change faster than allowed.

    >>> headcount = Headcount({2021: Interval(1000, 1000)}, change=0.02)
    >>> headcount.bound(2022)
    Interval(low=980.0, high=1020.0)
    """

    published: dict[int, Interval]
    change: float

    def __post_init__(self) -> None:
        if not self.published:
            raise InputError("workforce: no headcount of permanent contracts (CDI)")
        for year in self.published:
            self.bound(year)

    def bound(self, year: int) -> Interval:
        """The headcount of a year, persons. Sharp: some path inside the limit reaches each end, in all years at once."""
        ends = [self._from(anchor, year) for anchor in self.published]
        low, high = max(end.low for end in ends), min(end.high for end in ends)
        if low > high:
            raise InputError(
                f"headcounts of CDI change by more than {100 * self.change:g} % a year: raise 'cdi_change_percent'"
            )
        return Interval(low, high)

    def mean(self, first: int, last: int) -> Interval:
        """The mean headcount of a span of years, persons."""
        years = [self.bound(year) for year in range(first, last + 1)]
        return Interval(sum(y.low for y in years) / len(years), sum(y.high for y in years) / len(years))

    def during(self, span: str) -> Interval:
        """The headcount of a year, or the mean of a span such as `2009-2019`."""
        first, _, last = span.partition("-")
        return self.mean(int(first), int(last)) if last else self.bound(int(first))

    def unpublished_since(self, year: int) -> bool:
        """Whether no later year is published, nor this one: two such years share one unknown path."""
        return year > max(self.published)

    def ratio(self, later: int, earlier: int) -> Interval:
        """The headcount of one unpublished year as a multiple of that of an earlier one."""
        years = later - earlier
        return Interval((1 - self.change) ** years, (1 + self.change) ** years)

    def _from(self, anchor: int, year: int) -> Interval:
        """What one published year alone says of another."""
        ahead, known = year - anchor, self.published[anchor]
        slow, fast = (1 - self.change) ** ahead, (1 + self.change) ** ahead
        return Interval(known.low * min(slow, fast), known.high * max(slow, fast))


def permanent_contracts(workforce: pd.DataFrame, change_percent: float) -> Headcount:
    """The published numbers of CDI of the régime général, and the one that a published change leads back to.

    Args:
        workforce: the tidy workforce figures.
        change_percent: how much the number may change from one year to the next, percent.
    """
    rows = workforce[
        (workforce["quantity"] == "headcount")
        & (workforce["basis"] == "cdi")
        & (workforce["perimeter"] == "regime_general")
        & (workforce["use"] == "model")
    ]
    known = {int(row["year_last"]): printed(row) for _, row in rows.iterrows()}
    back = workforce[(workforce["series"] == "headcount_cdi_change_since_2015") & (workforce["use"] == "model")]
    for _, row in back.iterrows():
        if int(row["year_last"]) in known:
            growth = printed(row) / 100.0 + Interval(1, 1)
            known[int(row["year_first"])] = known[int(row["year_last"])] / growth
    return Headcount(known, change_percent / 100)


def counts(figures: pd.DataFrame) -> pd.DataFrame:
    """Departures of each list of motives and year, as estimates; the three motives together where all are known or bounded.

    Args:
        figures: working life and workforce, tidy, one below the other.

    Raises:
        InputError: a year stands twice in one list, or no departure is published.
    """
    rows = figures[figures["series"].isin(PUBLISHED) & (figures["use"] == "model")]
    rows = rows.assign(motives=rows["series"].map(PUBLISHED), span=[year_of(row) for _, row in rows.iterrows()])
    twice = rows[rows.duplicated(["motives", "span"], keep=False)]
    if len(twice):
        raise InputError(f"departures: one list of motives and year stands twice ({' '.join(sorted(twice['obs_id']))})")
    if rows.empty:
        raise InputError("departures: no count of departures other than retirement")
    made = [
        _count(row["motives"], row["span"], printed(row), "published", row["obs_id"])
        for _, row in rows.sort_values(["motives", "span"]).iterrows()
    ]
    cumulated = figures[figures["series"].isin(CUMULATED) & (figures["use"] == "model")]
    return estimates.table(made + _three_motives(rows, cumulated))


def _count(motives: str, span: str, number: Interval, method: str, obs_ids: str) -> dict[str, object]:
    unknown = number.width > 0
    covers = {
        "interval_kind": "bound",
        "covers_en": "the split of a total over several years, which is not published",
        "covers_fr": "la répartition d’un total sur plusieurs années, qui n’est pas publiée",
    }
    return estimates.row(
        f"departures.count.{motives}.{span}",
        STATEMENT,
        "departures",
        value=None if unknown else number.low,
        interval=number,
        population=STAFF,
        definition=motives,
        year=span,
        unit="persons",
        method=method,
        obs_ids=obs_ids,
        **(covers if unknown else ROUNDING),
    )


def _three_motives(rows: pd.DataFrame, cumulated: pd.DataFrame) -> list[dict[str, object]]:
    """The sum of the three motives in each year; a motive known only as a total of years lies between nothing and its rest."""
    made = []
    for span in sorted(set(rows.loc[rows["motives"].isin(MOTIVES), "span"])):
        parts = [_motive(rows, cumulated, motive, span) for motive in MOTIVES]
        if all(parts):
            known = [part for part in parts if part]
            total = known[0][0] + known[1][0] + known[2][0]
            obs_ids = " ".join(sorted(set(" ".join(part[1] for part in known).split())))
            made.append(_count("three_motives", span, total, "sum_of_published", obs_ids))
    return made


def _motive(rows: pd.DataFrame, cumulated: pd.DataFrame, motive: str, span: str) -> tuple[Interval, str] | None:
    """The departures of one motive in a year with the figures behind them; None where nothing bounds them."""
    own = rows[(rows["motives"] == motive) & (rows["span"] == span)]
    if len(own):
        return printed(own.iloc[0]), own["obs_id"].iloc[0]
    for _, total in cumulated[cumulated["series"].map(CUMULATED) == motive].iterrows():
        years = [str(year) for year in range(int(total["year_first"]), int(total["year_last"]) + 1)]
        others = rows[(rows["motives"] == motive) & rows["span"].isin(years)]
        if span in years:
            rest = float(total["high"] - others["low"].sum())
            return Interval(0, rest), " ".join([total["obs_id"], *others["obs_id"]])
    return None


def rates(departures: pd.DataFrame, headcount: Headcount) -> pd.DataFrame:
    """Departures per 100 CDI, as bounds: for every list and year, what the unknown number of CDI leaves open.

    Args:
        departures: as `counts` gives.

    >>> row = estimates.row("departures.count.x", STATEMENT, "departures", value=50.0, year="2021", method="published")
    >>> rates(estimates.table([row]), Headcount({2021: Interval(1000, 1000)}, change=0.02))["value"].tolist()
    [5.0]
    """
    covers = {
        "interval_kind": "bound",
        "covers_en": "the number of CDI where it is not published, and the split of a total over several years",
        "covers_fr": "le nombre de CDI quand il n’est pas publié, et la répartition d’un total sur plusieurs années",
    }
    rows = []
    for _, row in departures.iterrows():
        rate = estimates.interval(row) / headcount.during(row["year"]) * PER
        rows.append(
            estimates.row(
                row["estimate_id"].replace("count", "rate"),
                STATEMENT,
                "departure_rate",
                value=rate.low if rate.width == 0 else None,
                interval=rate,
                population=STAFF,
                definition=row["definition"],
                basis="cdi",
                year=row["year"],
                unit="per 100 cdi",
                method="rate_on_bounded_headcount",
                obs_ids=row["obs_ids"],
                **covers,
            )
        )
    return estimates.table(rows)


@dataclass(frozen=True)
class Lists:
    """How far the sum of the three motives may be from the list of the published total.

    Args:
        beyond: part of the sum that the total would not count (fixed-term staff, for one), from 0 to 1.
        missing: departures of other motives that the total would count, relative to the sum; not negative.

    >>> Lists(beyond=0.1, missing=0.2).of_total(Interval(100, 100))
    Interval(low=90.0, high=120.0)
    """

    beyond: float
    missing: float

    def of_total(self, three_motives: Interval) -> Interval:
        """The sum of the three motives, carried to the list of the published total."""
        return Interval(three_motives.low * (1 - self.beyond), three_motives.high * (1 + self.missing))


def latest(departures: pd.DataFrame, motives: str) -> pd.Series:
    """The last count of a list of motives.

    Args:
        departures: as `counts` gives.
        motives: the list of motives.

    Returns:
        its row: an estimate, persons.

    Raises:
        InputError: it has none.

    >>> counts = {"definition": "resignations", "year": ["2019", "2021", "2009-2019"], "value": [10.0, 20.0, 15.0]}
    >>> latest(pd.DataFrame(counts), "resignations")["year"]  # a mean of several years is none
    '2021'
    """
    rows = departures[(departures["definition"] == motives) & ~departures["year"].str.contains("-")]
    if rows.empty:
        raise InputError(f"departures: no count of {motives}")
    return rows.sort_values("year").iloc[-1]


def changes(departures: pd.DataFrame, headcount: Headcount, lists: Lists) -> pd.DataFrame:
    """The change of the rate from each base to the last year, for each list of motives with a count in both.

    A published total of the base is set against the sum of the three motives carried to its list; from a base without a
    published total, the sums of the three motives are compared, and no list stands in between.
    """
    rows = []
    for motives in ("three_motives", *MOTIVES):
        if not (departures["definition"] == motives).any():
            continue
        now = latest(departures, motives)
        for base in BASES:
            then = departures[(departures["definition"] == motives) & (departures["year"] == base)]
            total = departures[(departures["definition"] == "all_but_retirement") & (departures["year"] == base)]
            number, name = estimates.interval(now), motives
            if motives == "three_motives" and len(total):
                number, name, then = lists.of_total(number), "all_but_retirement", total
            if then.empty or base == now["year"]:
                continue
            rows.append(_change(name, base, then.iloc[0], now, number, headcount))
    if not rows:
        raise InputError("departures: no list of motives has both a base year and a later year")
    return estimates.table(rows)


def change_of_rate(now: Interval, last: str, then: Interval, base: str, headcount: Headcount) -> Interval:
    """The change of a rate per 100 CDI from a base to the last year: a sharp bound.

    Where the number of CDI is published in between, the two years have nothing unknown in common; where it is not, they
    share one path, and the later number is the earlier one times a bounded ratio.
    """
    first = base.partition("-")[0]
    if not headcount.unpublished_since(int(first)):
        return (now / headcount.during(last) - then / headcount.during(base)) * PER
    inverse = Interval(1, 1) / headcount.during(base)
    shrinks = Interval(1, 1) / headcount.ratio(int(last), int(base))
    return over_box(
        lambda now, then, inverse, shrinks: PER * (now * shrinks - then) * inverse,
        now=now,
        then=then,
        inverse=inverse,
        shrinks=shrinks,
    )


def _change(
    motives: str, base: str, then: pd.Series, now: pd.Series, number: Interval, headcount: Headcount
) -> dict[str, object]:
    bound = change_of_rate(number, now["year"], estimates.interval(then), base, headcount)
    return estimates.row(
        f"departures.change.{motives}.{base}",
        STATEMENT,
        "change_of_departure_rate",
        interval=bound,
        population=STAFF,
        definition=motives,
        basis="cdi",
        year=f"{base} to {now['year']}",
        unit="points",
        interval_kind="bound",
        covers_en="the number of CDI where it is not published, and the list of motives where it differs",
        covers_fr="le nombre de CDI quand il n’est pas publié, et la liste des motifs quand elle diffère",
        method="change_of_bounded_rates",
        obs_ids=" ".join(sorted({*then["obs_ids"].split(), *now["obs_ids"].split()})),
    )


def least_favourable(changes_by_base: pd.DataFrame, troughs: list[str]) -> str:
    """The base with a published total, and no trough, from which the rate rises least.

    Args:
        changes_by_base: as `changes` gives.
        troughs: bases that do not count.

    Raises:
        InputError: there is none.

    >>> changes = {"definition": ["all_but_retirement"] * 3, "year": ["2014 to 2022", "2019 to 2022", "2020 to 2022"]}
    >>> least_favourable(pd.DataFrame(changes | {"low": [1.0, 0.5, 0.1]}), troughs=["2020"])
    '2019'
    """
    bases = changes_by_base["year"].str.split(" to ").str[0]
    rows = changes_by_base[(changes_by_base["definition"] == "all_but_retirement") & ~bases.isin(troughs)]
    if rows.empty:
        raise InputError("departures: no base with a published total, but for troughs")
    return str(bases[rows["low"].idxmin()])


def breakdown(departures: pd.DataFrame, headcount: Headcount, lists: Lists, base: str) -> pd.DataFrame:
    """How far each assumption must go before the rise against a base with a published total may vanish.

    Two breakdown points (Horowitz and Manski, 1995, Econometrica 63(2), 281-302), the other assumption as given: the part
    of the later sum that the total would not count, and the yearly growth of the number of CDI.

    Raises:
        InputError: the base has no published total.
    """
    then = departures[(departures["definition"] == "all_but_retirement") & (departures["year"] == base)]
    if then.empty:
        raise InputError(f"departures: {base} has no published total")
    now = latest(departures, "three_motives")
    rate = (estimates.interval(then.iloc[0]) / headcount.during(base)).high
    number = estimates.interval(now).low
    part = 1 - rate * headcount.during(now["year"]).high / number
    last_published = max(headcount.published)
    years = int(now["year"]) - last_published
    growth = (number * (1 - lists.beyond) / rate / headcount.published[last_published].high) ** (1 / years) - 1
    rows = [
        estimates.row(
            f"departures.breakdown.{name}",
            STATEMENT,
            "breakdown_point",
            value=100 * value,
            population=STAFF,
            definition=name,
            year=f"{base} to {now['year']}",
            unit="percent",
            method="breakdown",
            obs_ids=" ".join(sorted({*then["obs_ids"].iloc[0].split(), *now["obs_ids"].split()})),
        )
        for name, value in (("beyond_list", part), ("cdi_change", growth))
    ]
    return estimates.table(rows)


def garwood(count: float, level: float = CONFIDENCE) -> Interval:
    """The exact interval of a Poisson mean from one count (Garwood, 1936, Biometrika 28(3/4), 437-442).

    It holds the mean at least as often as `level` says, and more often where counts are small: at 95 %, 98.8 % for a mean
    of 3 and 95.2 % for one of 1,000.

    Raises:
        ValueError: a negative count.
    """
    if count < 0:
        raise ValueError("a count cannot be negative")
    tail = (1 - level) / 2
    low = stats.chi2.ppf(tail, 2 * count) / 2 if count else 0.0
    return Interval(float(low), float(stats.chi2.ppf(1 - tail, 2 * count + 2) / 2))


def if_random(departures: pd.DataFrame) -> pd.DataFrame:
    """What each exact yearly count would say of a mean if departures fell at random; a model, since nothing was sampled."""
    rows = departures[departures["value"].notna() & ~departures["year"].str.contains("-")]
    return estimates.table(
        [
            estimates.row(
                row["estimate_id"].replace("count", "if_random"),
                STATEMENT,
                "mean_if_random",
                value=float(row["value"]),
                interval=garwood(float(row["value"])),
                population=STAFF,
                definition=row["definition"],
                year=row["year"],
                unit="persons",
                interval_kind="model",
                level=f"{100 * CONFIDENCE:g}",
                covers_en="chance, if each departure were independent and random; the count itself has no sampling error",
                covers_fr="l’aléa, si chaque départ était indépendant et aléatoire ; le comptage est sans erreur de sondage",
                method="random_count",
                obs_ids=row["obs_ids"],
            )
            for _, row in rows.iterrows()
        ]
    )


def to_draw(departures: pd.DataFrame, rate: pd.DataFrame, headcount: Headcount, lists: Lists) -> pd.DataFrame:
    """The rates by list of motives and year, the last sum also carried to the list of the total; to be drawn.

    Args:
        departures: as `counts` gives.
        rate: as `rates` gives.

    Returns:
        motives, year, first, last, low, high (per 100 CDI), wide_low, wide_high (with the list of motives), is_base.

    >>> count = {"definition": "three_motives", "year": "2021", "value": 50.0, "method": "published"}
    >>> made = estimates.table([estimates.row("departures.count.x", STATEMENT, "departures", **count)])
    >>> headcount = Headcount({2021: Interval(1000, 1000)}, change=0.02)
    >>> drawn = to_draw(made, rates(made, headcount), headcount, Lists(beyond=0.1, missing=0.2))
    >>> drawn[["motives", "first", "low", "high", "wide_low", "wide_high"]].values.tolist()
    [['three_motives', 2021, 5.0, 5.0, 4.5, 6.0]]
    """
    now = latest(departures, "three_motives")
    carried = lists.of_total(estimates.interval(now)) / headcount.during(now["year"]) * PER
    rows = []
    for _, row in rate.iterrows():
        own = estimates.interval(row)
        is_last = row["definition"] == "three_motives" and row["year"] == now["year"]
        wide = hull([own, carried]) if is_last else own
        first, _, last = row["year"].partition("-")
        rows.append(
            {
                "motives": row["definition"],
                "year": row["year"],
                "first": int(first),
                "last": int(last or first),
                "low": own.low,
                "high": own.high,
                "wide_low": wide.low,
                "wide_high": wide.high,
                "is_base": row["year"] in BASES,
            }
        )
    return pd.DataFrame(rows).sort_values(["motives", "first"], ignore_index=True)
