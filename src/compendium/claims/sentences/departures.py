"""What the rules on departures, absence and internal promotion found, and what would flip them."""

import pandas as pd

from compendium.claims.words import in_both, span_of, value_of
from compendium.language import Language, Text, linked, number
from compendium.models import estimates as shape

LISTS = {
    "all_but_retirement": Text("all motives but retirement", "tous motifs hors retraite"),
    "three_motives": Text("the three motives together", "les trois motifs ensemble"),
    "resignations": Text("resignations", "démissions"),
    "dismissals": Text("dismissals", "licenciements"),
    "agreed_terminations": Text("agreed terminations", "ruptures conventionnelles"),
}
OBSERVATORIES = {
    "institution": Text("the institution", "l’institution"),
    "axa": Text("AXA", "AXA"),
    "wtw": Text("WTW", "WTW"),
    "ayming": Text("Ayming", "Ayming"),
    "chorum": Text("Chorum", "Chorum"),
}
NO_DATA = Text("no figure", "aucun chiffre")


def name_of(row: pd.Series) -> Text:
    """The list of motives and the base of a change."""
    base = row["year"].partition(" to ")[0]
    motives = LISTS[row["definition"]]
    return Text(f"{motives.en}, base {base}", f"{motives.fr}, base {base}")


def base_year(span: str) -> Text:
    """A base year or mean of years."""
    return Text(f"the mean of {span}", f"la moyenne {span}") if "-" in span else Text(span, span)


def departures(estimates: pd.DataFrame, counted: pd.DataFrame, least: pd.Series | None) -> Text:
    """Counts, then the change of the rate on every base that counts, the trough apart, and the population."""
    if least is None:
        return Text(
            "No list of motives has a base year that is no trough: no change of the rate can be bounded.",
            "Aucune liste de motifs n’a d’année de base hors creux : aucune variation du taux ne peut être encadrée.",
        )
    changes = estimates[estimates["quantity"] == "change_of_departure_rate"]
    apart = changes[~changes.index.isin(counted.index)]
    counts = estimates[(estimates["quantity"] == "departures") & estimates["value"].notna()]

    def write(language: Language) -> tuple[str, str]:
        def each(rows: pd.DataFrame) -> str:
            written = [f"{name_of(row).of(language)} : {signed_span(row, language)}" for _, row in rows.iterrows()]
            return " ; ".join(written) if language == "fr" else "; ".join(written).replace(" :", ":")

        totals = counts[counts["definition"].isin(["all_but_retirement", "three_motives"])].sort_values("year")
        dated = [f"{value_of(row, language)} ({base_year(row['year']).of(language)})" for _, row in totals.iterrows()]
        trough_en = f" Against a trough, which does not count: {each(apart)}." if len(apart) else ""
        trough_fr = f" Depuis un creux, qui ne compte pas : {each(apart)}." if len(apart) else ""
        return (
            f"Departures of all staff other than retirement, by count: {', '.join(dated)}; the last is the sum of three "
            "motives, the others a published total. Change of the rate per hundred permanent contracts (CDI), as a bound over "
            "the unknown number of CDI and over what the two lists of motives may not share, both within assumed limits: "
            f"{each(counted)}.{trough_en} The figures come from Ucanss, relayed by unions, and none tells cadres apart.",
            f"Départs de l’ensemble du personnel hors retraite, en nombre : {', '.join(dated)} ; le dernier est la somme de "
            "trois motifs, les autres un total publié. Variation du taux pour cent CDI, encadrée selon le nombre inconnu de "
            "CDI et ce que les deux listes de motifs peuvent ne pas avoir en commun, dans des limites supposées : "
            f"{each(counted)}.{trough_fr} Les chiffres viennent de l’Ucanss, relayés par des syndicats ; aucun ne distingue "
            "les cadres.",
        )

    return in_both(write)


def signed_span(row: pd.Series, language: Language) -> str:
    """A bounded change in points with its sign, linked to its estimate."""
    written = span_of(row, language)
    if shape.interval(row).low > 0:
        return written.replace("[", "[+", 1)
    return written


def departures_flip(estimates: pd.DataFrame, verdict: str, least: pd.Series | None) -> Text:
    """How far the two assumptions must go before the rise against the least favourable base may vanish."""
    points = estimates[estimates["quantity"] == "breakdown_point"].set_index("definition", drop=False)
    if least is None or points.empty:
        return Text(
            "departures of one list in two years, neither a trough, would let the rule decide",
            "les départs d’une même liste à deux dates, hors creux, permettraient de trancher",
        )

    def write(language: Language) -> tuple[str, str]:
        part, growth = (value_of(points.loc[key], language, 1, "%") for key in ("beyond_list", "cdi_change"))
        low = linked(number(least["low"], language, 2), least["estimate_id"])
        if verdict == "untestable":
            return (
                f"partly supported if the low end of the change on the least favourable base rose above zero; it is {low}",
                f"« confirmé en partie » si la borne basse sur la base la moins favorable dépassait zéro ; elle est de {low}",
            )
        return (
            f"untestable if more than {part} of the last sum were outside the list of the base year, or if the number of CDI "
            f"had grown by more than {growth} a year since it was last published; supported with the same rise for cadres",
            f"« non testable » si plus de {part} de la dernière somme sortait de la liste de l’année de base, ou si le nombre "
            f"de CDI avait augmenté de plus de {growth} par an depuis sa dernière publication ; « confirmé » avec la même "
            "hausse pour les cadres",
        )

    return in_both(write)


def absence(estimates: pd.DataFrame, counted: pd.DataFrame) -> Text:
    """What the institution publishes, the change of every series with enough points, and that since the pandemic.

    Args:
        counted: the changes with enough dated points.
    """
    own = own_points(estimates)
    nearest = estimates[estimates["quantity"] == "nearest"]
    recent = recent_changes(estimates, counted)
    short = estimates[(estimates["quantity"] == "absence_change") & ~estimates.index.isin(counted.index)]
    elsewhere = bool(len(counted)) and (counted["population"] == "another").all()

    def write(language: Language) -> tuple[str, str]:
        def each(rows: pd.DataFrame) -> str:
            written = [f"{observed(row, language)} ({row['year']})" for _, row in rows.iterrows()]
            return ("; " if language == "en" else " ; ").join(written)

        most = value_of(own.iloc[-1], language) if len(own) else NO_DATA.of(language)
        level_en = level_fr = ""
        if len(nearest):
            rate, year = value_of(nearest.iloc[-1], language, 1, "%"), nearest["year"].iloc[-1]
            level_en, level_fr = f" (all motives: {rate} in {year})", f" (tous motifs : {rate} en {year})"
        english = [f"For the institution, the most dated points on one definition: {most}{level_en}"]
        french = [f"Pour l’institution, nombre maximal de points datés sur une même définition : {most}{level_fr}"]
        if elsewhere:
            english.append(
                "So only other populations tell a sign, employees of French private firms or of the social economy: none is "
                "of the institution, and none of its cadres"
            )
            french.append(
                "Seules d’autres populations donnent donc un signe, les salariés d’entreprises privées ou de l’économie "
                "sociale, en France : ni l’institution, ni ses cadres"
            )
        english.append(
            "Change in points of the rate, for each series with enough dated points, pandemic years left out: "
            + (each(counted) or NO_DATA.en)
        )
        french.append(
            "Variation du taux, en points, pour chaque série assez longue, hors années de pandémie : "
            + (each(counted) or NO_DATA.fr)
        )
        if len(short):
            english.append(f"With fewer points: {each(short)}")
            french.append(f"Avec moins de points : {each(short)}")
        if len(recent):
            rising = (recent["low"] > 0).sum()
            how = SINCE[0 if rising == 0 else 1 if rising < len(recent) else 2]
            english.append(f"Since the pandemic alone, {how.en}: {each(recent)}")
            french.append(f"Depuis la pandémie seulement, {how.fr} : {each(recent)}")
        return ". ".join(english) + ".", ". ".join(french) + "."

    return in_both(write)


SINCE = (
    Text("no series surely rises", "aucune série n’est en hausse certaine"),
    Text("not every series surely rises", "toutes les séries ne sont pas en hausse certaine"),
    Text("every series rises", "toutes les séries sont en hausse"),
)


def own_points(estimates: pd.DataFrame) -> pd.DataFrame:
    """The numbers of dated points of the institution, the largest last."""
    points = estimates[estimates["quantity"] == "dated_points"]
    return points[points["definition"].str.startswith("institution")].rename_axis(None).sort_values(["value", "estimate_id"])


def recent_changes(estimates: pd.DataFrame, counted: pd.DataFrame) -> pd.DataFrame:
    """The changes since the pandemic of the series that count."""
    return estimates[(estimates["quantity"] == "recent_change") & estimates["definition"].isin(counted["definition"])]


def observed(row: pd.Series, language: Language) -> str:
    """A change of an absence rate with its observatory."""
    return f"{observatory(row).of(language)} {signed_span(row, language)}"


def observatory(row: pd.Series) -> Text:
    """The observatory of a series, by name where it has one, and whether it is of cadres alone."""
    start, _, group = row["definition"].partition("_")
    name = OBSERVATORIES.get(start, Text(start, start))
    return Text(f"{name.en}, cadres", f"{name.fr}, cadres") if group.endswith("cadres") else name


def absence_flip(estimates: pd.DataFrame, counted: pd.DataFrame, verdict: str) -> Text:
    """The least change, the change since the pandemic, and what the institution itself would have to publish.

    Args:
        counted: the changes with enough dated points.
    """
    own, recent = own_points(estimates), recent_changes(estimates, counted)
    falling = recent[recent["low"] <= 0].rename_axis(None).sort_values(["low", "estimate_id"])
    least = counted.rename_axis(None).sort_values(["low", "estimate_id"])

    def write(language: Language) -> tuple[str, str]:
        if verdict != "partly_supported":
            return (
                "dated rates of the institution’s cadres on one definition would let their sign decide",
                "des taux datés des cadres de l’institution, sur une même définition, feraient trancher leur signe",
            )
        english, french = [], []
        if len(falling):
            since = f"{observed(falling.iloc[0], language)}, {falling['year'].iloc[0]}"
            english.append(f"the change were taken since the pandemic alone ({since})")
            french.append(f"la variation était prise depuis la pandémie seulement ({since})")
        low = f"{observed(least.iloc[0], language)}, {least['year'].iloc[0]}"
        english.append(f"the least rise were none ({low})")
        french.append(f"la plus faible hausse était nulle ({low})")
        if len(own):
            points = value_of(own.iloc[-1], language)
            english.append(f"only the institution’s own rates counted (most dated points: {points})")
            french.append(f"seuls comptaient les taux de l’institution (points datés, au plus : {points})")
        return (
            f"untestable if {', or if '.join(english)}; supported if rates of the institution’s cadres rose",
            f"« non testable » si {', ou si '.join(french)} ; « confirmé » si les taux des cadres de l’institution "
            "augmentaient",
        )

    return in_both(write)


def promotion(estimates: pd.DataFrame) -> Text:
    """How many shares of internal promotion are published for the institution, and the nearest elsewhere."""
    published = estimates[estimates["quantity"] == "published"].iloc[0]
    nearest = estimates[estimates["quantity"] == "nearest"].iloc[0]

    def write(language: Language) -> tuple[str, str]:
        count, share = value_of(published, language), value_of(nearest, language, 0, "%")
        return (
            f"Published shares of managers of the institution who came by internal promotion: {count}. The nearest figure is "
            f"of another population: {share} of French private-sector cadres became cadres by internal promotion "
            f"({nearest['year']}).",
            f"Parts publiées de managers de l’institution issus de la promotion interne : {count}. Le chiffre le plus proche "
            f"porte sur une autre population : {share} des cadres du privé, en France, le sont devenus par promotion interne "
            f"({nearest['year']}).",
        )

    return in_both(write)


def promotion_flip(published: pd.Series) -> Text:
    """The one thing that would give the statement an observable."""

    def write(language: Language) -> tuple[str, str]:
        now = value_of(published, language)
        return (
            f"a published share for the institution would make it a reading of that share; there are {now}",
            f"une part publiée pour l’institution en ferait une lecture de cette part ; il y en a {now}",
        )

    return in_both(write)
