"""Tables: one function a table, labels in French and English."""

from typing import Any

import pandas as pd
from great_tables import GT, md, style
from great_tables import loc as place

from compendium.charts.coverage import TOPICS
from compendium.claims import Claim
from compendium.claims.sentences import comparators
from compendium.interval import Interval
from compendium.language import Language, Text, number, span, unlinked

DEFINITIONS = {
    "all_grids": Text("All grids", "Toutes grilles"),
    "levels_5a_9": Text("Levels 5A-9", "Niveaux 5A à 9"),
    "any": Text("Either", "L’une ou l’autre"),
}
LAYERS = {
    "rounding": Text("rounding, at the mean pace", "arrondi, au rythme moyen"),
    "path": Text("+ yearly change within limits", "+ variation annuelle bornée"),
    "basis": Text("+ permanent contracts", "+ base CDI"),
    "definition": Text("+ which grids count", "+ grilles comptées"),
}

READ = "figures read"
STEPS_FR = {
    READ: "chiffres lus",
    "claim": "énoncés à tester",
    "plan": "plans et objectifs",
    "set apart": "mis à part, non fiables",
    "repeats a figure that is in the data already": "répètent un chiffre déjà présent",
    "contradicts a figure that is preferred by the stated order": "contredisent un chiffre préféré selon l’ordre énoncé",
    "rounded or undated: shown, never modelled": "arrondis ou non datés : montrés, jamais modélisés",
}


def _header(table: GT, title: Text, subtitle: Text, note: Text, language: Language) -> GT:
    table = table.tab_header(title=title.of(language), subtitle=subtitle.of(language))
    return table.tab_source_note(note.of(language)).tab_options(table_font_size="13px", table_width="100%")


def share_bounds(data: pd.DataFrame, language: Language) -> GT:
    """The bounds of the share by definition, layer and year, percent, rounded outwards.

    Args:
        data: columns definition, layer, and for each year y `low_y` and `high_y`; stated shares in `stated_y`.
    """
    years = sorted(name.removeprefix("low_") for name in data.columns if name.startswith("low_"))
    shown = pd.DataFrame(
        {
            "definition": [DEFINITIONS[name].of(language) for name in data["definition"]],
            "layer": [LAYERS[name].of(language) for name in data["layer"]],
        }
        | {
            year: [
                span(Interval(low, high), language, 1)
                for low, high in zip(data[f"low_{year}"], data[f"high_{year}"], strict=True)
            ]
            for year in years
        }
    )
    stated = {
        year: number(float(data[f"stated_{year}"].iloc[0]), language, 1).removesuffix(".0").removesuffix(",0") for year in years
    }
    label = Text("stated", "énoncé").of(language)
    table = GT(shown, id="cadre_share_table", groupname_col="definition", rowname_col="layer")
    table = table.cols_label(cases={year: f"{year} ({label} {stated[year]})" for year in years}).cols_align(
        "right", columns=years
    )
    return _header(
        table,
        Text("What the cadre share can have been, %", "Ce que la part des cadres a pu être, en %"),
        Text("Each line adds a layer of doubt to the one above", "Chaque ligne ajoute un doute à la précédente"),
        Text(
            "Bounds under stated assumptions, without a confidence level, rounded outwards. Staff of the régime général.",
            "Encadrements sous hypothèses énoncées, sans niveau de confiance, arrondis vers l’extérieur. "
            "Personnel du régime général.",
        ),
        language,
    )


KINDS_OF_INTERVAL = {
    "rounding": Text("rounding", "arrondi"),
    "sampling": Text("sampling or scatter, 95 %", "échantillonnage ou dispersion, 95 %"),
    "few": Text("sampling only, 95 %", "échantillonnage seul, 95 %"),
}
STATUS = {
    "reference": Text("reference", "référence"),
    "ranked": Text("ranked", "classé"),
    "other_segment": Text("other segment", "autre segment"),
    "variant": Text("variant of another", "variante d’un autre"),
    "other_years": Text("other years", "autres années"),
}


def comparator_paces(data: pd.DataFrame, language: Language) -> GT:
    """The pace of every break-free segment, the fastest first, with its interval and what that covers.

    Args:
        data: as `models.comparators.in_order` gives it.
    """

    def cell(row: pd.Series, name: str, digits: int) -> str:
        ends = span(Interval(row[f"{name}_low"], row[f"{name}_high"]), language, digits)
        return f"{number(row[name], language, digits)} ({ends})"

    weak = Text(", weak", ", fragile").of(language)
    shown = pd.DataFrame(
        {
            "comparator": [comparators.name(code).of(language) for code in data["comparator"]],
            "years": [f"{first}-{last}" for first, last in zip(data["first"], data["last"], strict=True)],
            "points": data["points"],
            "pace": [cell(row, "pace", 2) for _, row in data.iterrows()],
            "logit": [cell(row, "logit", 3) for _, row in data.iterrows()],
            "covers": [KINDS_OF_INTERVAL[key].of(language) for key in data["covers"]],
            "status": [
                STATUS[key].of(language) + (weak if is_weak else "")
                for key, is_weak in zip(data["status"], data["weak"], strict=True)
            ],
        }
    )
    labels = {
        "comparator": Text("Comparator", "Comparateur"),
        "years": Text("Years", "Années"),
        "points": Text("Points", "Points"),
        "pace": Text("Points a year", "Points par an"),
        "logit": Text("Log odds a year", "Logit par an"),
        "covers": Text("Interval", "Intervalle"),
        "status": Text("Place in the ranking", "Place dans le classement"),
    }
    table = GT(shown, id="comparator_paces_table").cols_label(cases={key: label.of(language) for key, label in labels.items()})
    table = table.cols_align("right", columns=["points", "pace", "logit"])
    table = table.tab_style(
        style.text(weight="bold"), place.body(rows=[int(row) for row in data.index[data["status"] == "reference"]])
    )
    return _header(
        table,
        Text(
            "Pace of the share of cadres, each on its own definition", "Rythme de la part des cadres, chacun dans sa définition"
        ),
        Text(
            "One line a break-free segment, the fastest first",
            "Une ligne par segment sans rupture, du plus rapide au plus lent",
        ),
        Text(
            "Levels do not compare across definitions. Weak: few years, or a field that is not said. Sampling rests on an "
            "assumed effective sample. Ends rounded outwards.",
            "Les niveaux ne se comparent pas d’une définition à l’autre. Fragile : peu d’années, ou champ non précisé. "
            "L’échantillonnage repose sur un échantillon efficace supposé. Bornes arrondies vers l’extérieur.",
        ),
        language,
    )


SERIES = {
    "head_office_functional_cadres": Text("functional cadres in head offices", "cadres fonctionnels des sièges"),
    "directors_general_and_deputies": Text("directors general and deputies", "directeurs généraux et adjoints"),
    "educative_cadres_and_chefs_de_service": Text(
        "educative and social cadres, chefs de service", "cadres éducatifs et sociaux, chefs de service"
    ),
    "level_1_diplomas_of_directors": Text(
        "level-I diplomas among establishment directors", "diplômes de niveau I parmi les directeurs d’établissement"
    ),
    "share_in_national_bodies_before_rsi": Text(
        "agents de direction in national bodies, share, before the RSI",
        "agents de direction en caisse nationale, part, avant le RSI",
    ),
    "share_in_national_bodies_across_rsi": Text(
        "the same share, across the arrival of the RSI", "même part, à cheval sur l’arrivée du RSI"
    ),
    "national_bodies": Text("agents de direction, national bodies", "agents de direction, caisses nationales"),
    "cpam": Text("agents de direction, CPAM", "agents de direction, CPAM"),
    "caf": Text("agents de direction, CAF", "agents de direction, CAF"),
    "maladie_network": Text("agents de direction, maladie network", "agents de direction, réseau maladie"),
    "caf_network": Text("agents de direction, CAF network", "agents de direction, réseau des CAF"),
    "recouvrement_network": Text("agents de direction, recouvrement network", "agents de direction, réseau recouvrement"),
    "retraite_network": Text("agents de direction, retraite network", "agents de direction, réseau retraite"),
}
FIELDS = {
    "sector": Text("Social and medico-social sector", "Secteur social et médico-social"),
    "institution": Text("Sécurité sociale, shown apart", "Sécurité sociale, à part"),
}
SIDES = {"head_office": Text("head office", "siège"), "proximity": Text("proximity", "proximité")}
SIGNS = {"for": Text("for", "pour"), "against": Text("against", "contre"), "open": Text("open", "indécis")}
CHANGES = {
    "percent_change": Text("%", "%"),
    "points": Text("points", "points"),
    "persons": Text("people", "personnes"),
}
EVIDENCE = {"model": Text("exact", "précis"), "shown": Text("rounded", "arrondi")}


def polarisation(data: pd.DataFrame, language: Language) -> GT:
    """Every series that sets head office and proximity apart: its change with rounding, and what it speaks for.

    Args:
        data: name, field, side, years, low, high, unit, sign, use.
    """

    def change(row: pd.Series) -> str:
        bound = Interval(row["low"], row["high"])
        if not bound.width:
            return number(row["value"], language) + f" {CHANGES[row['unit']].of(language)}"
        return span(bound, language, 0 if bound.low == round(bound.low) else 1, CHANGES[row["unit"]].of(language))

    shown = pd.DataFrame(
        {
            "field": [FIELDS[name].of(language) for name in data["field"]],
            "series": [SERIES[name].of(language) for name in data["name"]],
            "side": [SIDES[name].of(language) for name in data["side"]],
            "years": data["years"],
            "change": [change(row) for _, row in data.iterrows()],
            "printed": [EVIDENCE[name].of(language) for name in data["use"]],
            "sign": [SIGNS[name].of(language) for name in data["sign"]],
        }
    )
    labels = {
        "side": Text("Side", "Côté"),
        "years": Text("Years", "Années"),
        "change": Text("Change, with rounding", "Variation, avec l’arrondi"),
        "printed": Text("Printed", "Chiffre"),
        "sign": Text("A split", "Une scission"),
    }
    table = GT(shown, id="polarisation_table", groupname_col="field", rowname_col="series")
    table = table.cols_label(cases={key: label.of(language) for key, label in labels.items()})
    table = table.cols_align("right", columns=["change"])
    return _header(
        table,
        Text("Series that set head office and proximity apart", "Séries qui distinguent siège et proximité"),
        Text(
            "For a split: head office grows or proximity shrinks; against: the contrary",
            "Pour une scission : le siège croît ou la proximité recule ; contre : l’inverse",
        ),
        Text(
            "A list, not a vote: series of one document are not independent, and some overlap (CPAM and the maladie network). "
            "From 2020 on, agents de direction include those who came from the RSI.",
            "Une liste, non un vote : les séries d’un même document ne sont pas indépendantes, et certaines se recoupent "
            "(CPAM et réseau maladie). À partir de 2020, les agents de direction comprennent ceux venus du RSI.",
        ),
        language,
    )


FITS = {
    "": Text("", ""),
    "yes": Text(" (compatible)", " (compatible)"),
    "no": Text(" (not compatible)", " (non compatible)"),
    "unknown": Text("", ""),
}


def ledger(
    frame: pd.DataFrame, claims: dict[str, Claim], names: dict[str, dict[str, dict[str, str]]], language: Language
) -> GT:
    """The ledger as a picture: statement, verdict, grade, finding, nearest flip.

    Args:
        frame: schema `Ledger`.
        claims: the registry, for the statements.
        names: `verdicts` and `evidence_grades` of the registry, with their names in both languages.
    """
    pending = Text("pending", "à venir").of(language)

    def name(kind: str, key: str) -> str:
        return names[kind][key][f"name_{language}"] if key else ""

    shown = pd.DataFrame(
        {
            "claim": frame["claim_id"],
            "says": [claims[claim_id].says.of(language) for claim_id in frame["claim_id"]],
            "verdict": [
                (name("verdicts", key) or pending) + FITS[fits].of(language)
                for key, fits in zip(frame["verdict"], frame["compatible"], strict=True)
            ],
            "grade": [name("evidence_grades", key) for key in frame["evidence_grade"]],
            "finding": [unlinked(text) for text in frame[f"sentence_{language}"]],
            "flip": [unlinked(text) for text in frame[f"nearest_flip_{language}"]],
        }
    )
    labels = {
        "claim": Text("Claim", "Énoncé"),
        "says": Text("The text says", "Le texte dit"),
        "verdict": Text("Verdict", "Verdict"),
        "grade": Text("Evidence", "Appui"),
        "finding": Text("What the figures allow", "Ce que les chiffres permettent"),
        "flip": Text("What would flip it", "Ce qui l’inverserait"),
    }
    table = GT(shown, id="ledger").cols_label(cases={key: md(label.of(language)) for key, label in labels.items()})
    table = table.tab_style(style.text(weight="bold"), place.body(columns=["verdict"]))
    table = table.tab_style(style.css("vertical-align: top"), place.body())
    return _header(
        table,
        Text("Ledger of the statements", "Registre des énoncés"),
        Text(
            "One verdict a statement, by a rule written beforehand",
            "Un verdict par énoncé, selon une règle écrite d’avance",
        ),
        Text(
            "Verdicts that rest on one document are not independent; ledger.csv lists the documents.",
            "Les verdicts tirés d’un même document ne sont pas indépendants ; ledger.csv donne les documents.",
        ),
        language,
    )


def steps_by_topic(counts: pd.DataFrame) -> pd.DataFrame:
    """How many figures each cleaning step takes out of each topic and leaves in all.

    Args:
        counts: topic, step, taken, left, as `clean.rules.counts` gives them for each topic.

    Returns:
        step, one column a topic (figures read, then taken at each step), total, left.
    """
    first = counts["taken"].where(counts["taken"] > 0, counts["left"].where(counts["step"] == READ, 0))
    table = counts.assign(shown=first).pivot_table(index="step", columns="topic", values="shown", sort=False)
    left = counts.groupby("step", sort=False)["left"].sum()
    return table.assign(total=table.sum(axis=1), left=left).astype(int).reset_index()


def figure_counts(data: pd.DataFrame, language: Language) -> GT:
    """What each cleaning step takes out, by topic; the last column is what it leaves in all.

    Args:
        data: as `steps_by_topic` gives it.
    """
    topics = [str(name) for name in data.columns if name not in ("step", "total", "left")]
    shown = data.assign(step=[STEPS_FR[step] if language == "fr" else step for step in data["step"]])
    for column in (*topics, "total", "left"):
        shown[column] = [number(value, language) for value in data[column]]
    labels: dict[str, Any] = {topic: TOPICS[topic].of(language) for topic in topics}
    labels |= {"step": "", "total": Text("in all", "en tout").of(language), "left": Text("left", "restent").of(language)}
    table = GT(shown, id="figure_counts").cols_label(**labels).cols_align("right", columns=[*topics, "total", "left"])
    return _header(
        table,
        Text("From published figures to usable ones", "Des chiffres publiés aux chiffres utilisables"),
        Text("Figures read, then taken out at each step", "Chiffres lus, puis retirés à chaque étape"),
        Text(
            "A figure is taken out once, at the first step that applies. What is left may enter models.",
            "Un chiffre est retiré une fois, à la première étape qui s’applique. Ce qui reste peut entrer dans les modèles.",
        ),
        language,
    )
