"""What the rules on shares and headcounts found, and what would flip them."""

import pandas as pd

from compendium.claims.registry import Claim
from compendium.claims.verdict import needed
from compendium.claims.words import in_both, span_of, stated_number, value_of
from compendium.interval import Interval
from compendium.language import Language, Text, linked, number, outwards, span

DEFINITIONS = {"all_grids": Text("all grids", "toutes grilles"), "levels_5a_9": Text("levels 5A-9", "niveaux 5A à 9")}
VERDICTS_FR = {
    "supported": "confirmé",
    "partly_supported": "confirmé en partie",
    "not_comparable": "non comparable",
    "contradicted": "contredit",
}


def distance(claim: Claim, claims: dict[str, Claim], levels: pd.DataFrame, distance: pd.Series) -> Text:
    """A stated headcount beside the published levels, and how far it lies from the nearest."""

    def write(language: Language) -> tuple[str, str]:
        count = stated_number(claims["T1-01"], language)
        low, high = (value_of(levels.loc[end], language) for end in (levels["value"].idxmin(), levels["value"].idxmax()))
        gap = value_of(distance, language, unit="%")
        years = ", ".join(sorted(set(levels["year"])))
        if claim.claim_id == "T1-18":
            share = stated_number(claims["T1-02"], language)
            return (
                f"{share} of the published permanent headcounts ({years}) is {low} to {high} people; "
                f"{count} lies {gap} below the nearest.",
                f"{share} des effectifs en CDI publiés ({years}) font {low} à {high} personnes ; "
                f"{count} se situe {gap} sous le plus proche.",
            )
        return (
            f"Published shares and headcounts of the régime général ({years}) give {low} to {high} cadres, by definition; "
            f"{count} lies {gap} {'below' if distance['value'] < 0 else 'above'} the nearest. The text gives it neither a date "
            "nor a definition; managers and agents de direction, other groups, stand beside it in the figure.",
            f"Les parts et effectifs publiés du régime général ({years}) donnent {low} à {high} cadres selon la définition ; "
            f"{count} se situe {gap} {'sous le' if distance['value'] < 0 else 'au-dessus du'} plus proche. Le texte ne lui "
            "donne ni date ni définition ; managers et agents de direction, d’autres groupes, figurent à côté dans la figure.",
        )

    return in_both(write)


def distance_flip(claim: Claim, stated: Claim, level: pd.Series) -> Text:
    """The level at which the stated headcount would come within the farther threshold."""
    assert claim.decide is not None
    beyond = next(limit["beyond_percent"] for limit in claim.decide.thresholds.values() if "beyond_percent" in limit)
    below = level["value"] > stated.value
    turning = stated.value / (1 - beyond / 100 if below else 1 + beyond / 100)

    def write(language: Language) -> tuple[str, str]:
        at = linked(number(turning, language), claim.claim_id)
        now = value_of(level, language)
        return (
            f"a published level of {at} or {'less' if below else 'more'} would make it untestable; the nearest is {now}",
            f"un niveau publié de {at} ou {'moins' if below else 'plus'} le rendrait non testable ; le plus proche est {now}",
        )

    return in_both(write)


def bound_by_definition(claim: Claim, estimates: pd.DataFrame) -> Text:
    """The bound of a later year by definition, and the pace that the stated share needs."""
    year = claim.stated["year"]

    def write(language: Language) -> tuple[str, str]:
        stated = stated_number(claim, language)
        wide, narrow = (span_of(estimates.loc[f"cadre_share.{year}.{name}.basis"], language, unit="%") for name in DEFINITIONS)
        fast, faster = (span_of(estimates.loc[f"pace_needed.{year}.{name}.cdi"], language) for name in DEFINITIONS)
        return (
            f"Carried forward from the last published share at the stated paces, the share of {year} is {wide} with all "
            f"grids and {narrow} with levels 5A-9; {stated} needs {fast} times the published mean pace of all grids "
            f"in the first case and, if levels 5A-9 share that pace, {faster} times in the second.",
            f"Prolongée depuis la dernière part publiée aux rythmes énoncés, la part de {year} est de {wide} toutes grilles "
            f"et de {narrow} pour les niveaux 5A à 9 ; {stated} demande {fast} fois le rythme moyen publié de toutes les "
            f"grilles dans le premier cas et, si les niveaux 5A à 9 suivent ce rythme, {faster} fois dans le second.",
        )

    found, nearest = in_both(write), nearest_published(claim.value, estimates)
    return Text(found.en + nearest.en, found.fr + nearest.fr)


def nearest_published(value: float, estimates: pd.DataFrame) -> Text:
    """The published share nearest to a stated one, for a statement that the evidence does not decide."""
    shares = needed(estimates, "published_share")
    nearest = shares.loc[(shares["value"] - value).abs().idxmin()]
    name = DEFINITIONS[nearest["definition"]]

    def write(language: Language) -> tuple[str, str]:
        share = value_of(nearest, language, 1, "%")
        return (
            f" The nearest published share is {share} ({name.en}, all contracts, {nearest['year']}).",
            f" La part publiée la plus proche est {share} ({name.fr}, tous contrats, {nearest['year']}).",
        )

    return in_both(write)


def width_flip(claim: Claim, whole: pd.Series, bound: Interval) -> Text:
    """How wide the bound is, against how wide it may be."""
    assert claim.decide is not None
    allowed = 2 * claim.decide.thresholds["supported"]["bound_inside_tolerance_points"]

    def write(language: Language) -> tuple[str, str]:
        at = linked(number(allowed, language, 1), claim.claim_id)
        now = linked(number(bound.width, language, 1), whole["estimate_id"])
        return (
            f"supported needs a bound no wider than {at} point; it is {now} points wide",
            f"« confirmé » demande un encadrement d’une largeur d’au plus {at} point ; il en fait {now}",
        )

    return in_both(write)


def two_years_by_definition(
    claim: Claim, later: Claim, bound: dict[str, Interval], inside: dict[str, bool], own: list[str]
) -> Text:
    """Where the earlier share falls by definition, and which definition reaches the later share."""
    year = claim.stated["year"]

    def write(language: Language) -> tuple[str, str]:
        english, french = [], []
        for name, interval in bound.items():
            written = linked(span(interval, language, 1, "%"), f"cadre_share.{year}.{name}.basis")
            english.append(f"{written} with {DEFINITIONS[name].en}, which {'holds' if inside[name] else 'excludes'} it")
            french.append(f"{written} ({DEFINITIONS[name].fr}), ce qui {'le contient' if inside[name] else 'l’exclut'}")
        target = stated_number(later, language)
        reach = Text(
            " and ".join(DEFINITIONS[name].en for name in own) or "neither",
            " et ".join(DEFINITIONS[name].fr for name in own) or "aucune",
        )
        crossed = bool(own) and not any(inside[name] for name in own) and any(inside.values())
        apart = Text(
            "; so, if no year strays further than assumed, the two shares are not of one definition",
            " ; si aucune année ne s’écarte plus que supposé, les deux parts ne relèvent donc pas d’une même définition",
        )
        apart = apart if crossed else Text("", "")
        return (
            f"The bounds of {year} against {stated_number(claim, language)} are {'; '.join(english)}. "
            f"Definitions that can give {target} in {later.stated['year']}: {reach.en}{apart.en}.",
            f"Encadrements de {year} face à {stated_number(claim, language)} : {' ; '.join(french)}. "
            f"Définitions qui peuvent donner {target} en {later.stated['year']} : {reach.fr}{apart.fr}.",
        )

    return in_both(write)


def deviation_flip(claim: Claim, later: Claim, estimates: pd.DataFrame, now: float) -> Text:
    """The yearly deviation nearest to the assumed one at which a bound begins or ceases to hold a stated share."""
    events = [
        (claim, "all_grids", Text("all grids would reach it", "toutes grilles l’atteindraient")),
        (claim, "levels_5a_9", Text("levels 5A-9 would no longer hold it", "les niveaux 5A à 9 ne le contiendraient plus")),
        (
            later,
            "all_grids",
            Text("all grids would no longer hold the later share", "toutes grilles ne contiendraient plus la part finale"),
        ),
        (
            later,
            "levels_5a_9",
            Text("levels 5A-9 would reach the later share too", "les niveaux 5A à 9 atteindraient aussi la part finale"),
        ),
    ]
    found = []
    for of, name, event in events:
        estimate_id = f"deviation_to_reach.{of.stated['year']}.{name}.cdi"
        deviation = estimates.at[estimate_id, "value"]
        if pd.notna(deviation) and deviation > 0:
            found.append((abs(deviation - now), float(deviation), estimate_id, event))
    if not found:
        return Text("no deviation sought would flip it", "aucun écart recherché ne l’inverserait")
    _, deviation, estimate_id, event = min(found, key=lambda item: item[0])

    def write(language: Language) -> tuple[str, str]:
        at = linked(number(deviation, language, 1), estimate_id)
        assumed = linked(number(now, language, 1), claim.claim_id)
        return (
            f"if a year may lie {at} times the mean pace away from it (assumed: {assumed}), {event.en}",
            f"si une année peut s’écarter de {at} fois le rythme moyen (hypothèse : {assumed}), {event.fr}",
        )

    return in_both(write)


def parts(claim: Claim, claims: dict[str, Claim], estimates: pd.DataFrame) -> Text:
    """What a stated rise is made of."""

    def write(language: Language) -> tuple[str, str]:
        rise = stated_number(claim, language)
        growth, definition, basis, rest = (
            span_of(estimates.loc[f"part_of_rise.{name}.points"], language)
            for name in ("growth", "definition", "basis", "remainder")
        )
        percent = span_of(estimates.loc["part_of_rise.growth.percent"], language, 0, "%")
        return (
            "Taking the later share as given, as one of all grids on permanent contracts, and the earlier one as one of "
            f"levels 5A-9 on all contracts: {growth} of the stated {rise} points are growth within one definition "
            f"({percent}), {definition} the change of definition, {basis} the change of basis; {rest} is what sets the "
            "stated start apart from the share of levels 5A-9.",
            "En tenant la part finale pour acquise, toutes grilles et en CDI, et celle du départ pour une part des niveaux 5A "
            f"à 9, tous contrats : {growth} des {rise} points énoncés sont une croissance à définition "
            f"constante ({percent}), {definition} le changement de définition, {basis} celui de base ; {rest} séparent "
            "le départ énoncé de la part des niveaux 5A à 9.",
        )

    found, nearest = in_both(write), nearest_published(claims["T1-02"].value, estimates)
    whose = cadres_and_others(estimates)
    return Text(found.en + whose.en + nearest.en, found.fr + whose.fr + nearest.fr)


def cadres_and_others(estimates: pd.DataFrame) -> Text:
    """How much of the published rise is the change in the number of cadres, and how much that of other staff."""
    names = [f"growth_split.{name}.points" for name in ("cadres", "others")]
    if not set(names) <= set(estimates.index):
        return Text("", "")
    cadres, others = (estimates.loc[name] for name in names)

    def write(language: Language) -> tuple[str, str]:
        own, rest = span_of(cadres, language), span_of(others, language)
        return (
            f" Of the published rise with all grids ({cadres['year']}), {own} points are the change in the number of cadres, "
            f"{rest} that of other staff.",
            f" Dans la hausse publiée toutes grilles ({cadres['year']}), {own} point tient au nombre des cadres, {rest} à "
            "celui des autres salariés.",
        )

    return in_both(write)


def line_flip(claim: Claim, verdict: str, part: pd.Series, bound: Interval) -> Text:
    """The branch whose line an end of the bound misses by least."""
    assert claim.decide is not None
    missing = []
    for branch, threshold in claim.decide.thresholds.items():
        (kind, line), *_ = threshold.items()
        lower = kind == "part_at_least_percent"
        gap = line - bound.low if lower else bound.high - line
        if branch != verdict and gap > 0:
            missing.append((gap, branch, line, lower))
    if not missing:
        return Text("no other branch is within reach", "aucune autre branche n’est à portée")
    _, branch, line, lower = min(missing)

    def write(language: Language) -> tuple[str, str]:
        at = linked(number(line, language) + " %", claim.claim_id)
        out = outwards(bound, 0)
        now = linked(number(out.low if lower else out.high, language) + " %", part["estimate_id"])
        return (
            f"{branch.replace('_', ' ')} if the {'lower' if lower else 'upper'} end of that part "
            f"{'rose to' if lower else 'fell below'} {at} (now {now})",
            f"« {VERDICTS_FR[branch]} » si la borne {'inférieure' if lower else 'supérieure'} de cette part "
            f"{'atteignait' if lower else 'passait sous'} {at} (aujourd’hui {now})",
        )

    return in_both(write)
