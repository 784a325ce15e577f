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
            f"Departures other than retirement, by count: {', '.join(dated)}; the last is the sum of three motives, the "
            "others a published total. Change of the rate per hundred permanent contracts (CDI), as a bound over the unknown "
            f"number of CDI and the list of motives: {each(counted)}.{trough_en} All figures are of staff as a whole, from "
            "Ucanss data relayed by unions: none tells cadres apart.",
            f"Départs hors retraite, en nombre : {', '.join(dated)} ; le dernier est la somme de trois motifs, les autres un "
            "total publié. Variation du taux pour cent CDI, encadrée selon le nombre inconnu de CDI et la liste des motifs : "
            f"{each(counted)}.{trough_fr} Tous ces chiffres portent sur l’ensemble du personnel, d’après des données de "
            "l’Ucanss relayées par des syndicats : aucun ne distingue les cadres.",
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


def absence(estimates: pd.DataFrame, counted: pd.DataFrame, signs: pd.Series) -> Text:
    """What the institution publishes, the change of every series with enough points, and that since the pandemic."""
    points = estimates[estimates["quantity"] == "dated_points"]
    own = points[points["definition"].str.startswith("institution")].rename_axis(None).sort_values(["value", "estimate_id"])
    nearest = estimates[estimates["quantity"] == "nearest"]
    recent = estimates[(estimates["quantity"] == "recent_change") & estimates["definition"].isin(counted["definition"])]

    def write(language: Language) -> tuple[str, str]:
        def each(rows: pd.DataFrame) -> str:
            written = [
                f"{observatory(row).of(language)} {signed_span(row, language)} ({row['year']})" for _, row in rows.iterrows()
            ]
            return ("; " if language == "en" else " ; ").join(written) or NO_DATA.of(language)

        most = value_of(own.iloc[-1], language) if len(own) else NO_DATA.of(language)
        level = ""
        if len(nearest):
            row = nearest.iloc[-1]
            level = {
                "en": f" (all motives: {value_of(row, 'en', 1, '%')} in {row['year']})",
                "fr": f" (tous motifs : {value_of(row, 'fr', 1, '%')} en {row['year']})",
            }[language]
        since_en = f" Since the pandemic: {each(recent)}." if len(recent) else ""
        since_fr = f" Depuis la pandémie : {each(recent)}." if len(recent) else ""
        return (
            f"For the institution, the most dated points on one definition: {most}{level}. So only other populations tell a "
            "sign: employees of French private firms or of the social economy. Change in points of the rate, for each series "
            f"with enough dated points, pandemic years left out: {each(counted)}.{since_en} None is of the institution, and "
            "none of its cadres.",
            f"Pour l’institution, nombre maximal de points datés sur une même définition : {most}{level}. Seules d’autres "
            "populations donnent donc un signe : les salariés d’entreprises privées ou de l’économie sociale, en France. "
            "Variation du taux, en points, pour chaque série assez longue, hors années de pandémie : "
            f"{each(counted)}.{since_fr} Aucune ne porte sur l’institution, ni sur ses cadres.",
        )

    return in_both(write)


def observatory(row: pd.Series) -> Text:
    """The observatory of a series, by name where it has one."""
    start = row["definition"].partition("_")[0]
    return OBSERVATORIES.get(start, Text(start, start))


def absence_flip(estimates: pd.DataFrame, verdict: str) -> Text:
    """What other populations decide, and what the institution itself would have to publish."""
    points = estimates[estimates["quantity"] == "dated_points"]
    longest = points.rename_axis(None).sort_values(["value", "estimate_id"]).iloc[-1:]

    def write(language: Language) -> tuple[str, str]:
        if verdict == "partly_supported":
            now = value_of(longest.iloc[0], language)
            return (
                f"untestable without series of other populations (the longest has {now} points), or if one of them fell; "
                "supported if rates of the institution’s cadres rose",
                f"« non testable » sans les séries d’autres populations (la plus longue a {now} points), ou si l’une d’elles "
                "baissait ; « confirmé » si les taux des cadres de l’institution augmentaient",
            )
        return (
            "dated rates of the institution’s cadres on one definition would let their sign decide",
            "des taux datés des cadres de l’institution, sur une même définition, feraient trancher leur signe",
        )

    return in_both(write)


def promotion(estimates: pd.DataFrame) -> Text:
    """How many shares of internal promotion are published for the institution, and the nearest elsewhere."""
    published = estimates[estimates["quantity"] == "published_figures"].iloc[0]
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
