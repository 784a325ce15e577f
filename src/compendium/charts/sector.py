"""The sector: the share of cadres outside health, head offices by type, directors against establishments, chefs de service."""

import math

import pandas as pd
from matplotlib.figure import Figure

from compendium.charts import style
from compendium.interval import Interval
from compendium.language import LANGUAGES, Language, Text, number, span

VERDICTS = {
    "supported": Text("supported", "confirmé"),
    "partly": Text("partly\nsupported", "confirmé\nen partie"),
    "untestable": Text("untestable", "non testable"),
}
SHOWN_RATE = 60.0  # percent: beyond, the share outside health is below any stated range


def share_outside_health(data: pd.DataFrame, language: Language) -> Figure:
    """The share of cadres outside health against the unknown rate in health, with the stated range and the verdicts.

    Args:
        data: as `models.sector_cadres.curve` gives it: kind (curve, branch, stated, ends, weight), rate, low, high (percent),
            year.
        language: en or fr.

    >>> from matplotlib import pyplot as plt
    >>> from compendium import paths
    >>> data = pd.read_csv(paths.results("default") / "figures" / "sector_cadre_share.csv")
    >>> figure = share_outside_health(data, "en")
    >>> figure.axes[0].get_xlabel(), figure.axes[0].get_ylabel()
    ('cadre rate in health (unknown)', 'share outside health')
    >>> plt.close(figure)
    """
    line = data[(data["kind"] == "curve") & (data["rate"] <= SHOWN_RATE)].sort_values("rate")
    stated, inside, branch = (data[data["kind"] == kind].iloc[0] for kind in ("stated", "ends", "branch"))
    figure, axes = style.canvas(height_inches=5.0)
    axes.grid(visible=False)
    axes.axvspan(inside["low"], inside["high"], color=style.COLOURS["all_grids"], alpha=0.13, linewidth=0)
    for end, limit in zip(("low", "high"), _inwards(inside, 1), strict=True):
        axes.plot([0, SHOWN_RATE], [stated[end]] * 2, color="black", linewidth=1, linestyle="--")
        written = number(limit, language, 1) + "\u00a0%"
        axes.annotate(written, (inside[end], 0), xytext=(-3 if end == "low" else 3, 5), textcoords="offset points",
                      ha="right" if end == "low" else "left", fontsize=style.TEXT_POINTS)  # fmt: skip
    axes.fill_between(line["rate"], line["low"], line["high"], color=style.COLOURS["all_grids"], linewidth=1.5)
    axes.plot(branch["rate"], branch["rate"], "o", color="black", markersize=6)
    same = Text("same rate\nin both:\n", "même taux\ndes deux\ncôtés : ").of(language) + number(branch["rate"], language, 1)
    axes.annotate(
        same + "\u00a0%",
        (branch["rate"], branch["rate"]),
        xytext=(branch["rate"] + 3, 5.5),
        ha="center",
        va="center",
        fontsize=style.TEXT_POINTS,
        arrowprops={"arrowstyle": "-", "color": "black", "linewidth": 0.8, "shrinkB": 5},
    )
    outer = "partly" if stated["low"] <= branch["low"] and branch["high"] <= stated["high"] else "untestable"
    edges = (0.0, inside["low"], inside["high"], SHOWN_RATE)
    for name, low, high in zip((outer, "supported", outer), edges, edges[1:], strict=False):
        at = (low + high) / 2
        axes.annotate(VERDICTS[name].of(language), (at, 21.6), ha="center", va="center", fontsize=style.TEXT_POINTS,
                      fontweight="bold" if name == "supported" else "normal")  # fmt: skip
    range_ = span(Interval(stated["low"], stated["high"]), language, 0, "%")
    label = Text(f"stated range: {range_}", f"intervalle énoncé : {range_}").of(language)
    middle = (stated["low"] + stated["high"]) / 2
    axes.annotate(label, (SHOWN_RATE, middle), xytext=(-4, 0), textcoords="offset points",
                  ha="right", va="center", fontsize=style.TEXT_POINTS)  # fmt: skip
    axes.set_xlim(0, SHOWN_RATE)
    axes.set_ylim(0, 23.5)
    axes.set_xticks(range(0, int(SHOWN_RATE) + 1, 10))
    axes.set_yticks(range(0, 21, 5))
    style.percent_axis(axes.xaxis, language)
    style.percent_axis(axes.yaxis, language)
    unknown = Text("cadre rate in health (unknown)", "taux de cadres dans le sanitaire (inconnu)").of(language)
    axes.set_xlabel(unknown, fontsize=style.TEXT_POINTS)
    axes.set_ylabel(Text("share outside health", "part hors sanitaire").of(language), fontsize=style.TEXT_POINTS)
    axes.tick_params(labelsize=style.TEXT_POINTS)
    style.titles(figure, axes, *(text.of(language) for text in _share_words(data)))
    return figure


def _inwards(ends: pd.Series, digits: int) -> tuple[float, float]:
    """Two limits that surely keep a condition: the low one rounded up, the high one down."""
    scale = 10.0**digits
    return math.ceil(scale * ends["low"]) / scale, math.floor(scale * ends["high"]) / scale


def _share_words(data: pd.DataFrame) -> tuple[Text, Text, Text]:
    inside, branch = (data[data["kind"] == kind].iloc[0] for kind in ("ends", "branch"))
    part = data[data["kind"] == "weight"].iloc[0]
    year, rounded = branch["year"], [number(branch["rate"], of, 1) for of in LANGUAGES]
    limits = [[number(limit, of, 1) for limit in _inwards(inside, 1)] for of in LANGUAGES]
    weight = [span(Interval(part["low"], part["high"]), of, 1, "%") for of in LANGUAGES]
    title = Text(
        f"The stated range holds outside health if the cadre rate in health is {limits[0][0]} to {limits[0][1]} %",
        f"L’intervalle énoncé vaut hors sanitaire si le taux de cadres du sanitaire est de {limits[1][0]} à {limits[1][1]} %",
    )
    subtitle = Text(
        f"Cadres in the non-profit branch, {year}: {rounded[0]} % of all jobs; health has {weight[0]} of the jobs. Width of "
        "the line: rounding. Names: the verdict if that rate were known.",
        f"Cadres de la branche non lucrative, {year} : {rounded[1]} % des emplois ; le sanitaire en a {weight[1]}. Épaisseur "
        "de la courbe : arrondi. Mots : le verdict si ce taux était connu.",
    )
    source = Text(
        "Source: Unifaf employment survey, relayed by Le Media Social and ASH; range (dashed): text T2.",
        "Source : enquête Emploi d’Unifaf, relayée par Le Media Social et les ASH ; intervalle (tirets) : texte T2.",
    )
    return title, subtitle, source


TYPES = {
    "head_office_functional_cadres": Text("functional cadres\nof head offices", "cadres fonctionnels\ndes sièges"),
    "directors_general_and_deputies": Text("directors general\nand deputies", "directeurs généraux\net adjoints"),
    "establishments_and_staff": Text("establishments and\nstaff, as stated", "établissements et\nsalariés, annoncé"),
    "associations": Text("associations", "associations"),
}


def head_offices(data: pd.DataFrame, language: Language) -> Figure:
    """The published changes of head-office cadres by type and wave, and of the branch around them.

    Args:
        data: name, years, value, low, high (percent), head_office.
        language: en or fr.

    >>> from matplotlib import pyplot as plt
    >>> rows = {"name": ["associations", "directors_general_and_deputies"], "years": "2001-2006", "head_office": [False, True]}
    >>> figure = head_offices(pd.DataFrame(rows | {"value": [-2, 9], "low": [-2.5, 8.5], "high": [-1.5, 9.5]}), "en")  # made up
    >>> [" ".join(label.get_text().split()) for label in figure.axes[0].get_yticklabels()]  # the branch last
    ['directors general and deputies, 2001-2006', 'associations, 2001-2006']
    >>> plt.close(figure)
    """
    rows = data.sort_values(["head_office", "name", "years"], ascending=[False, False, True], ignore_index=True)
    figure, axes = style.canvas(height_inches=4.4)
    places = [place + (0 if own else 0.5) for place, own in enumerate(rows["head_office"])]
    for place, (_, row) in zip(places, rows.iterrows(), strict=True):
        colour = "muted" if not row["head_office"] else "all_grids" if row["low"] > 0 else "levels_5a_9"
        axes.barh(place, row["value"], height=0.5, color=style.COLOURS[colour], alpha=1 if row["head_office"] else 0.3)
        written = ("+" if row["value"] > 0 else "") + number(row["value"], language) + "\u00a0%"
        up = row["value"] > 0
        axes.annotate(written, (row["value"], place), xytext=(6 if up else -6, 0),
                      textcoords="offset points", ha="left" if up else "right", va="center",
                      fontsize=style.TEXT_POINTS)  # fmt: skip
    axes.axvline(0, color="black", linewidth=0.8)
    labels = [f"{TYPES[row['name']].of(language)}, {row['years']}" for _, row in rows.iterrows()]
    axes.set_yticks(places, labels, fontsize=style.TEXT_POINTS)
    axes.set_ylim(places[-1] + 0.6, -0.6)
    axes.set_xlim(data["low"].min() - 22, data["high"].max() + 20)
    axes.set_xticks([])
    axes.grid(visible=False)
    style.titles(figure, axes, *(text.of(language) for text in _office_words(rows)))
    return figure


def _office_words(rows: pd.DataFrame) -> tuple[Text, Text, Text]:
    own = rows[rows["head_office"]]
    up, down = int((own["low"] > 0).sum()), int((own["high"] < 0).sum())
    title = Text(
        f"Head-office cadres: {up} of {len(own)} published changes rise, {down} falls" if down == 1 else
        f"Head-office cadres: {up} of {len(own)} published changes rise, {down} fall",
        f"Cadres de siège : sur {len(own)} variations publiées, {up} à la hausse, {down} à la baisse",
    )  # fmt: skip
    subtitle = Text(
        "Change between two waves, by type; grey: the branch around them. Members of the survey may have "
        "changed between waves; rounding is narrower than the labels.",
        "Variation entre deux vagues, par type ; en gris : la branche. Les adhérents ont pu changer d’une "
        "vague à l’autre ; l’arrondi est moins large que les étiquettes.",
    )
    source = Text(
        "Source: Unifaf employment surveys, relayed by Directions, Le Media Social and ASH.",
        "Source : enquêtes Emploi d’Unifaf, relayées par Directions, Le Media Social et les ASH.",
    )
    return title, subtitle, source


DENOMINATORS = {
    "branch_stated": Text("the branch, growth as stated", "la branche, croissance annoncée"),
    "branch_levels": Text("the branch, printed levels", "la branche, effectifs imprimés"),
    "essms": Text("all establishments (ESSMS)", "tous établissements (ESSMS)"),
    "adult_accommodation": Text("homes, disabled adults", "hébergement, adultes handicapés"),
    "adult_services": Text("services, disabled adults", "services, adultes handicapés"),
    "elderly": Text("homes for the elderly", "hébergement, personnes âgées"),
    "association_employers_2000": Text("associations as employers", "associations employeuses"),
    "association_employers_2009": Text("associations as employers", "associations employeuses"),
}
APART = {
    "branch": Text("directors general / branch", "dir. généraux / branche"),
    "associations": Text("directors general / associations", "dir. généraux / associations"),
}


def directors(data: pd.DataFrame, language: Language) -> Figure:
    """Growth of managers over growth of establishments, one row a denominator, with one marked; directors general apart.

    Args:
        data: name, kind (same_survey, other_field, apart), years, value, low, high (ratios, without unit), managers (the years
            of their growth).
        language: en or fr.

    >>> from matplotlib import pyplot as plt
    >>> from compendium import paths
    >>> data = pd.read_csv(paths.results("default") / "figures" / "sector_directors.csv")
    >>> figure = directors(data, "fr")
    >>> len(figure.axes[0].get_yticks()) == len(data), [label.get_text() for label in figure.axes[0].get_xticklabels()]
    (True, ['0,5', '1,0', '1,5'])
    >>> plt.close(figure)
    """
    order = {"same_survey": 0, "other_field": 1, "apart": 2}
    rows = data.assign(order=data["kind"].map(order)).sort_values(["order", "value"], ignore_index=True)
    figure, axes = style.canvas(height_inches=5.4)
    marks = {"same_survey": ("o", "all_grids"), "other_field": ("s", "muted"), "apart": ("^", "levels_5a_9")}
    left, right = min(0.4, data["low"].min() - 0.15), max(1.65, data["high"].max() + 0.2)
    axes.axvspan(left, 1, color=style.COLOURS["all_grids"], alpha=0.1, linewidth=0)
    for place, row in rows.iterrows():
        at = float(str(place)) + (0.6 if row["kind"] == "apart" else 0)
        mark, colour = marks[row["kind"]]
        axes.plot([row["low"], row["high"]], [at, at], color=style.COLOURS[colour], linewidth=2.4, solid_capstyle="butt")
        axes.plot(row["value"], at, mark, color=style.COLOURS[colour], markersize=6)
        before = row["high"] < 1
        axes.annotate(number(row["value"], language, 2), (row["low" if before else "high"], at),
                      xytext=(-7 if before else 7, 0), textcoords="offset points", ha="right" if before else "left",
                      va="center", fontsize=style.TEXT_POINTS)  # fmt: skip
    axes.plot([1, 1], [-0.6, len(rows)], color="black", linewidth=1)
    for at, text, side in (
        (1, Text("establishments\nfaster", "établissements\nplus rapides"), "right"),
        (1, Text("directors\nfaster", "directeurs\nplus rapides"), "left"),
    ):
        axes.annotate(text.of(language), (at, -0.9), xytext=(-5 if side == "right" else 5, 0), textcoords="offset points",
                      ha=side, va="center", fontsize=style.TEXT_POINTS)  # fmt: skip
    names = [
        f"{(APART if row['kind'] == 'apart' else DENOMINATORS)[row['name']].of(language)}, {row['years']}"
        for _, row in rows.iterrows()
    ]
    ticks = [place + (0.6 if kind == "apart" else 0) for place, kind in enumerate(rows["kind"])]
    axes.set_yticks(ticks, names, fontsize=style.SMALL_POINTS)
    axes.set_ylim(len(rows) + 0.2, -1.4)
    axes.set_xlim(left, right)
    axes.set_xticks([0.5, 1, 1.5], [number(tick, language, 1) for tick in (0.5, 1, 1.5)])
    axes.tick_params(axis="x", labelsize=style.TEXT_POINTS)
    axes.grid(visible=False)
    style.titles(figure, axes, *(text.of(language) for text in _director_words(data)))
    return figure


def _director_words(data: pd.DataFrame) -> tuple[Text, Text, Text]:
    own, years = data[data["kind"] != "apart"], data["managers"].iloc[0]
    below, above = int((own["high"] < 1).sum()), int((own["low"] > 1).sum())
    title = Text(
        f"Directors grew more slowly than establishments by {below} counts of establishments out of {len(own)}, faster by "
        f"{above}",
        f"Les directeurs ont crû moins vite que les établissements selon {below} décomptes sur {len(own)}, plus vite selon "
        f"{above}",
    )
    subtitle = Text(
        f"Growth of managers of establishments, {years}, over that of establishments at the pace of the years named; bars: "
        "rounding. Circles: same survey; squares: other fields, some of which overlap; triangles: directors general, apart.",
        f"Croissance des responsables d’établissement, {years}, rapportée à celle des établissements au rythme des années "
        "indiquées ; barres : arrondi. Ronds : même enquête ; carrés : autres champs, dont certains se recoupent ; "
        "triangles : directeurs généraux, à part.",
    )
    source = Text(
        "Source: Unifaf surveys via Directions and ASH; Drees; Anesm via D. Gacoin; Uniopss via ASH.",
        "Source : enquêtes Unifaf via Directions et les ASH ; Drees ; Anesm via D. Gacoin ; Uniopss via les ASH.",
    )
    return title, subtitle, source


COUNTS = {
    "dgas_definition": Text("definition of the DGAS", "définition de la DGAS"),
    "unifaf_title": Text("Unifaf, title of the post", "Unifaf, intitulé du poste"),
    "unifaf_management_functions": Text("Unifaf, all management jobs", "Unifaf, toute fonction\nd’encadrement"),
    "without_origin": Text("press, no origin given", "presse, sans origine"),
}


def chefs(data: pd.DataFrame, language: Language) -> Figure:
    """Counts of chefs de service by source and year; those without an origin are hollow.

    Args:
        data: name, year, value, low, high (persons), evidence.
        language: en or fr.

    >>> from matplotlib import pyplot as plt
    >>> rows = {"name": ["unifaf_title", "dgas_definition"], "year": [2002, 2001], "value": [1000, 2000], "evidence": True}
    >>> figure = chefs(pd.DataFrame(rows | {"low": [1000, 1900], "high": [1000, 2100]}), "en")  # made up
    >>> [text.get_text() for text in figure.axes[0].texts]  # by year; about: the figure is rounded
    ['about 2,000', '1,000']
    >>> plt.close(figure)
    """
    rows = data.sort_values(["year", "name"], ignore_index=True)
    figure, axes = style.canvas(height_inches=4.2)
    for place, row in rows.iterrows():
        counted = row["name"] in ("dgas_definition", "unifaf_title")
        colour = "muted" if not counted else "all_grids"
        axes.barh(place, row["value"], height=0.5, facecolor=style.COLOURS[colour] if row["evidence"] else "white",
                  edgecolor=style.COLOURS[colour], linewidth=1.2, alpha=1 if counted or not row["evidence"] else 0.5,
                  linestyle="-" if row["evidence"] else "--")  # fmt: skip
        about = Text("about ", "environ ").of(language) if row["low"] < row["high"] else ""
        axes.annotate(about + number(row["value"], language), (row["value"], place), xytext=(6, 0),
                      textcoords="offset points", va="center", fontsize=style.TEXT_POINTS)  # fmt: skip
    labels = [f"{_count_name(row['name']).of(language)}, {row['year']}" for _, row in rows.iterrows()]
    axes.set_yticks(range(len(rows)), labels, fontsize=style.TEXT_POINTS)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.set_xlim(0, data["value"].max() * 1.5)
    axes.set_xticks([])
    axes.grid(visible=False)
    style.titles(figure, axes, *(text.of(language) for text in _chef_words(data)))
    return figure


def _count_name(name: str) -> Text:
    return COUNTS["without_origin" if name.startswith("without_origin") else name]


def _chef_words(data: pd.DataFrame) -> tuple[Text, Text, Text]:
    by_name = data.set_index("name")["value"]
    times = float(by_name["dgas_definition"] / by_name["unifaf_title"])
    again = bool(data[data["evidence"]]["name"].duplicated().any())
    title = Text(
        f"Two counts of chefs de service differ by a factor of {number(times, 'en', 1)}"
        + (", and one has a second year" if again else ", and neither has a second year"),
        f"Deux décomptes de chefs de service diffèrent d’un facteur {number(times, 'fr', 1)}"
        + (" ; l’un a une seconde date" if again else " ; aucun n’a de seconde date"),
    )
    subtitle = Text(
        "Persons or jobs, by who counts and in which year. Grey: other jobs counted too. Hollow: no origin given, set apart.",
        "Personnes ou emplois, selon qui compte et l’année. Gris : d’autres emplois sont comptés. Vide : sans origine, écarté.",
    )
    source = Text(
        "Source: DGAS and Unifaf, relayed by ASH no 2776; hollow: ASH no 2863.",
        "Source : DGAS et Unifaf, relayées par les ASH n° 2776 ; barres vides : n° 2863.",
    )
    return title, subtitle, source
