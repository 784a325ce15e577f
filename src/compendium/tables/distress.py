"""Which published figures lie near the stated share of cadres, and managers against all employees over a range of bases."""

import pandas as pd
from great_tables import GT

from compendium.claims.sentences.distress import CONSTRUCTS, GROUPS, SURVEYS
from compendium.interval import Interval
from compendium.language import Language, Text, number, span
from compendium.tables import style

BASES = {
    "as_tested": Text("as the test asks", "conforme au test"),
    "no_base": Text("base not published", "base non publiée"),
    "subgroup": Text("part of cadres only", "une partie des cadres seulement"),
    "other_wording": Text("other question", "autre question"),
    "other_population": Text("not cadres", "non-cadres compris"),
}


def distances(data: pd.DataFrame, language: Language) -> GT:
    """One row a figure: distance from the stated number, and the design effect that would bridge it.

    Args:
        data: as `models.distress.distances` gives it: construct, survey, group, year, value (percent), n, distance (points),
            design_effect, basis.
        language: en or fr.

    >>> from compendium import paths
    >>> data = pd.read_csv(paths.results("default") / "tables" / "distress_distances.csv", dtype={"year": str})
    >>> html = distances(data.fillna({"year": ""}), "fr").as_raw_html()
    >>> "écart, points" in html, "effet de plan pour l’atteindre" in html
    (True, True)
    """
    unknown = Text("unknown", "inconnue").of(language)
    undated = Text("undated", "sans date").of(language)
    columns = [
        Text("question", "question").of(language),
        Text("survey", "enquête").of(language),
        Text("of whom", "population").of(language),
        "%",
        Text("distance, points", "écart, points").of(language),
        Text("base", "base").of(language),
        Text("design effect to meet it", "effet de plan pour l’atteindre").of(language),
        Text("why it counts or not", "retenu ou non").of(language),
    ]
    rows = []
    for _, row in data.iterrows():
        digits = 0 if row["value"] == round(row["value"]) else 1
        needed = row["design_effect"]
        rows.append(
            (
                CONSTRUCTS[row["construct"]].of(language),
                f"{SURVEYS[row['survey']].of(language)}, {row['year'] or undated}",
                GROUPS[row["group"]].of(language),
                number(row["value"], language, digits),
                ("+" if row["distance"] > 0 else "") + number(row["distance"], language, digits),
                unknown if pd.isna(row["n"]) else number(row["n"], language),
                "–" if pd.isna(needed) else Text("any", "tout").of(language) if needed == 0 else number(needed, language, 2),
                BASES[row["basis"]].of(language),
            )
        )
    table = GT(pd.DataFrame(rows, columns=columns), id="distress_distances")
    return style.header(
        table.cols_align("right", columns[3:7]),
        Text("How near published figures come to the stated number", "Les chiffres publiés les plus proches du nombre énoncé"),
        Text(
            "Every figure of cadres, and every figure looked at as the origin; nearest first",
            "Tous les chiffres sur les cadres, et ceux examinés comme origine ; du plus proche au plus lointain",
        ),
        Text(
            "That one of them is the origin is a conjecture: the text names no survey. Any: the rounding alone meets it. "
            "Where no base is published, no design effect can be given.",
            "Que l’un d’eux soit l’origine est une conjecture : le texte ne cite aucune enquête. Tout : l’arrondi suffit. Sans "
            "base publiée, aucun effet de plan ne peut être donné.",
        ),
        language,
    )


def over_bases(data: pd.DataFrame, language: Language) -> GT:
    """One row a wave: managers less all employees for each base that managers might have.

    Args:
        data: as `models.distress.over_bases` gives it: wave, year, managers, everyone (percent), base (persons), low, high
            (points).
        language: en or fr.

    >>> rows = {"wave": 1, "year": 2020, "managers": 50, "everyone": 40, "base": [200, 400], "low": [1, 3], "high": [19, 17]}
    >>> html = over_bases(pd.DataFrame(rows), "en").as_raw_html()  # made up
    >>> "200 managers" in html, "1.0 to 19.0" in html
    (True, True)
    """
    first = [
        Text("wave", "vague").of(language),
        Text("managers, %", "managers, %").of(language),
        Text("all, %", "ensemble, %").of(language),
    ]
    bases = sorted(set(data["base"]))
    names = [Text(f"{number(base, 'en')} managers", f"{number(base, 'fr')} managers").of(language) for base in bases]
    rows = []
    for wave, part in data.groupby("wave", sort=False):
        by_base = part.set_index("base")
        head = part.iloc[0]
        gaps = [span(Interval(by_base.at[base, "low"], by_base.at[base, "high"]), language, 1) for base in bases]
        shares = [number(head[name], language) for name in ("managers", "everyone")]
        rows.append((f"{wave} ({head['year']})", *shares, *gaps))
    table = GT(pd.DataFrame(rows, columns=[*first, *names]), id="managers_over_bases")
    return style.header(
        table.cols_align("right", [*first[1:], *names]),
        Text("Managers less all employees, in points", "Écart des managers à l’ensemble des salariés, en points"),
        Text(
            "The base of managers is not published: the gap for each base that they might have",
            "La base des managers n’est pas publiée : l’écart pour chaque base possible",
        ),
        Text(
            "Managers are part of all employees: the gap is that to the rest, times the share of the rest (Newcombe, method "
            "ten). Covers rounding and simple sampling at the assumed design effect; no base here enters an estimate.",
            "Les managers font partie de l’ensemble : l’écart est celui au reste, multiplié par la part du reste (Newcombe, "
            "méthode dix). Couvre l’arrondi et un sondage simple à l’effet de plan supposé ; aucune de ces bases n’entre dans "
            "une estimation.",
        ),
        language,
    )
