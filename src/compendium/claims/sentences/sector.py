"""What the rules on the sector found, and what would flip them; one function a kind of finding."""

import math
from collections.abc import Callable

import pandas as pd

from compendium.claims.registry import Claim
from compendium.claims.words import in_both, span_of, value_of
from compendium.interval import Interval
from compendium.language import Language, Text, linked, number, span

TYPES = {
    "head_office_functional_cadres": Text("functional cadres of head offices", "cadres fonctionnels des sièges"),
    "directors_general_and_deputies": Text("directors general and deputies", "directeurs généraux et adjoints"),
}
ITEM = {"rises": Text("supported", "confirmé"), "falls": Text("contradicted", "contredit"), "open": Text("open", "indécis")}
ELSEWHERE = {
    "private_health_and_social": Text("private health and social work", "santé et action sociale privées"),
    "private_social_incl_home_help": Text(
        "private social sector, home help included", "secteur social privé, aide à domicile comprise"
    ),
    "social_economy_excl_education": Text("social economy without education", "économie sociale hors enseignement"),
}


def relayed(estimates: pd.DataFrame, language: Language) -> Text:
    """How few surveys the changes of head offices come from."""
    count = value_of(estimates.loc["head_office.documents"], language)
    return Text(
        f"Unifaf surveys these figures come from, all read through the press: {count}; their members may have changed.",
        f"Enquêtes Unifaf dont viennent ces chiffres, lues à travers la presse : {count} ; leurs adhérents ont pu changer.",
    )


def signed(row: pd.Series, language: Language, unit: str = "%") -> str:
    """A change with its sign, linked to its estimate."""
    written = ("+" if row["value"] > 0 else "") + number(row["value"], language)
    return linked(f"{written} {unit}", row["estimate_id"])


def as_printed(row: pd.Series, language: Language) -> str:
    """A share in percent with a decimal only where it has one, linked to its estimate."""
    return value_of(row, language, 0 if row["value"] % 1 == 0 else 1, "%")


def ends(claim: Claim, range_: Interval, language: Language) -> str:
    """The stated range, linked to the claim."""
    low, high = (number(end, language) for end in (range_.low, range_.high))
    return linked(f"{low} to {high} %" if language == "en" else f"{low} à {high} %", claim.claim_id)


def inwards(estimate: pd.Series, end: str, language: Language) -> str:
    """A limit that surely keeps a condition: the high end rounded up, or the low end down; linked to its estimate."""
    scaled = 10 * float(estimate[end])
    written = number((math.ceil(scaled) if end == "high" else math.floor(scaled)) / 10, language, 1)
    return linked(written, estimate["estimate_id"])


def share(
    claim: Claim,
    range_: Interval,
    branch: pd.Series | None,
    outside: pd.Series | None,
    rates: Interval,
    estimates: pd.DataFrame,
) -> Text:
    """The share of the branch, its bound outside health for all `rates` of cadres there, and that in other fields (T2-01)."""
    elsewhere = estimates[estimates["quantity"] == "share_elsewhere"].sort_values("value")

    def write(language: Language) -> tuple[str, str]:
        if branch is None:
            return (
                "No share of cadres in the private non-profit branch is published.",
                "Aucune part de cadres dans la branche privée non lucrative n’est publiée.",
            )
        now = value_of(branch, language, 1, "%")
        english = (
            f"In {branch['year']}, {now} of the jobs of the private non-profit branch were cadres', health included; no other "
            "wave gives both counts, so no trend. Both are of the survey that the text itself cites, read through the press."
        )
        french = (
            f"En {branch['year']}, {now} des emplois de la branche privée non lucrative étaient des emplois de cadres, "
            "sanitaire compris ; aucune autre vague ne donne les deux effectifs, donc pas d’évolution. Les deux viennent de "
            "l’enquête que cite le texte, lue à travers la presse."
        )
        if outside is not None:
            bound = span_of(outside, language, 1, "%")
            any_rate = linked(span(rates, language, 0, "%"), outside["estimate_id"])
            low, high = _rates(estimates, language)
            english += (
                f" Outside health the share lies between {bound.replace(' to ', ' and ')}, if the rate of cadres in health may "
                f"be {any_rate}; it lies in the stated {ends(claim, range_, language)} if that unknown rate is "
                f"between {low} and {high} %."
            )
            french += (
                f" Hors sanitaire, leur part se situe entre {bound.replace(' à ', ' et ')} si le taux de cadres dans le "
                f"sanitaire peut être de {any_rate} ; elle est dans l’intervalle énoncé ({ends(claim, range_, language)}) "
                f"si ce taux inconnu est entre {low} et {high} %."
            )
        if len(elsewhere):
            undated = Text("undated, about ", "non daté, vers ").of(language)
            other = [
                f"{as_printed(row, language)} ({ELSEWHERE[row['basis']].of(language)}, "
                f"{undated if row['definition'] == 'undated' else ''}{row['year']})"
                for _, row in elsewhere.iterrows()
            ]
            english += f" Other fields, which decide nothing: {'; '.join(other)}."
            french += f" Autres champs, qui ne tranchent rien : {' ; '.join(other)}."
        return english, french

    return in_both(write)


def _rates(estimates: pd.DataFrame, language: Language) -> tuple[str, str]:
    """The cadre rates in health that surely keep the share outside health in the stated range."""
    return (
        inwards(estimates.loc["sector.health_rate_at_high"], "high", language),
        inwards(estimates.loc["sector.health_rate_at_low"], "low", language),
    )


def share_flip(claim: Claim, range_: Interval, verdict: str, branch: pd.Series | None, estimates: pd.DataFrame) -> Text:
    """The nearest change of the verdict on the share: a limit of the rate in health, or another branch share."""

    def write(language: Language) -> tuple[str, str]:
        if branch is None:
            return (
                "a published share of cadres in the branch would make it testable",
                "une part publiée des cadres de la branche le rendrait testable",
            )
        if verdict == "untestable" or "sector.health_rate_at_high" not in estimates.index:
            now, stated = value_of(branch, language, 1, "%"), ends(claim, range_, language)
            return (
                f"partly supported only while the branch share lies within {stated}; it is {now}",
                f"« confirmé en partie » seulement tant que la part de la branche est dans l’intervalle {stated} ; "
                f"elle est de {now}",
            )
        low, high = _rates(estimates, language)
        if verdict == "supported":
            return (
                f"partly supported if the rate of cadres in health could lie outside {low} to {high} %",
                f"« confirmé en partie » si le taux de cadres dans le sanitaire pouvait sortir de l’intervalle {low} à {high} "
                "%",
            )
        return (
            f"supported if the rate of cadres in health were known to lie within {low} to {high} %",
            f"« confirmé » si l’on savait que le taux de cadres dans le sanitaire est entre {low} et {high} %",
        )

    return in_both(write)


def _by_type(changes: pd.DataFrame, language: Language) -> list[str]:
    return [
        f"{TYPES[row['population']].of(language)} {signed(row, language)} ({row['year']})"
        for _, row in changes.sort_values(["population", "year"]).iterrows()
    ]


def head_offices(changes: pd.DataFrame, estimates: pd.DataFrame) -> Text:
    """Every change of head-office staff of the sector with its sign; the Sécurité sociale apart (T2-02)."""
    apart = estimates[estimates["quantity"] == "head_office_change_apart"]

    begins = changes["year"].str.split("-").str[0].min()
    parts = {
        0: Text("None is on a field known to be stable", "Aucune ne porte sur un champ dont la stabilité soit connue"),
        len(changes): Text("All are on a stable field", "Toutes portent sur un champ stable"),
    }
    known = int((changes["definition"] == "stable field").sum())
    stable = parts.get(known, Text("Not all are on a stable field", "Toutes ne portent pas sur un champ stable"))

    def write(language: Language) -> tuple[str, str]:
        up, down = (value_of(estimates.loc[f"head_office.count.{way}"], language) for way in ("rises", "falls"))
        listed = _by_type(changes, language)
        english = (
            f"Published changes of head-office cadres in the sector that rise: {up}; that fall: {down}. They are: "
            f"{'; '.join(listed)}. {stable.en}; nothing is published on the years before {begins}. "
        )
        french = (
            f"Variations publiées des cadres de siège du secteur, à la hausse : {up} ; à la baisse : {down}. Détail : "
            f"{' ; '.join(listed)}. {stable.fr} ; rien n’est publié sur les années antérieures à {begins}. "
        )
        net = signed(estimates.loc["head_office.directors_general_and_deputies.net_of_branch"], language)
        said = relayed(estimates, language)
        english += (
            "Net of the growth stated for the whole branch over the same years, the first rise of directors general would "
            f"still be {net}. {said.en}"
        )
        french += (
            "Déduction faite de la croissance annoncée pour toute la branche sur les mêmes années, la première hausse des "
            f"directeurs généraux serait encore de {net}. {said.fr}"
        )
        if len(apart):
            moves = {
                of: [
                    f"{signed(row, language, _unit(row).of(of))} ({row['year']})"
                    for _, row in apart.sort_values("year").iterrows()
                ]
                for of in ("en", "fr")
            }
            english += f" Apart, agents de direction in national bodies of the Sécurité sociale: {'; '.join(moves['en'])}."
            french += f" À part, agents de direction des caisses nationales de la Sécurité sociale : {' ; '.join(moves['fr'])}."
        return english, french

    return in_both(write)


def _unit(row: pd.Series) -> Text:
    return Text("points", "points") if row["unit"] == "points" else Text("people", "personnes")


def head_offices_flip(flips: list[tuple[pd.Series, str]]) -> Text:
    """The published changes without which the verdict would be another."""
    names = {"partly_supported": Text("partly supported", "« confirmé en partie »")} | {
        name: Text(name, f"« {word} »")
        for name, word in (("supported", "confirmé"), ("contradicted", "contredit"), ("untestable", "non testable"))
    }

    def write(language: Language) -> tuple[str, str]:
        if not flips:
            return "no single change flips it", "aucune variation à elle seule ne le renverse"
        english = [f"{names[verdict].en} without the {signed(row, language)} of {row['year']}" for row, verdict in flips]
        french = [f"{names[verdict].fr} sans la variation de {signed(row, language)} ({row['year']})" for row, verdict in flips]
        return "; ".join(english), " ; ".join(french)

    return in_both(write)


def types_of_head_office(estimates: pd.DataFrame) -> Text:
    """Counts of head-office cadres by type, with those that fall, and the type that is not counted (T2-12)."""
    changes = estimates[estimates["quantity"] == "head_office_change"]

    def write(language: Language) -> tuple[str, str]:
        listed = _by_type(changes, language)
        both = estimates.loc["head_office.directors_general_and_deputies.both_waves"]
        level = estimates.loc["head_office.functional_level"]
        said = relayed(estimates, language)
        joined, people = signed(both, language), value_of(level, language)
        return (
            f"By type: {'; '.join(listed)}. Over both waves directors general would have changed by {joined} ({both['year']}) "
            f"if members had been the same, which is not known. Functional cadres ({people} in {level['year']}) include HR "
            "directors, whom the text counts as senior management cadres: its second and third types are not told apart "
            f"anywhere. {said.en}",
            f"Par type : {' ; '.join(listed)}. Sur les deux vagues, les directeurs généraux auraient varié de {joined} "
            f"({both['year']}) à adhérents constants, ce que l’on ignore. Les cadres fonctionnels ({people} en "
            f"{level['year']}) comprennent les DRH, que le texte range parmi les cadres de direction : ses deuxième et "
            f"troisième types ne sont distingués nulle part. {said.fr}",
        )

    return in_both(write)


def types_in_surveys(changes: pd.DataFrame, ways: list[str], estimates: pd.DataFrame) -> Text:
    """The verdict on each type in each survey (T2-22)."""
    last = changes["year"].str.split("-").str[-1].max()

    def write(language: Language) -> tuple[str, str]:
        said = relayed(estimates, language)
        items = [
            f"{TYPES[row['population']].of(language)} {signed(row, language)} ({row['year']}): {ITEM[way].of(language)}"
            for (_, row), way in zip(changes.iterrows(), ways, strict=True)
        ]
        return (
            f"Item by item: {'; '.join(items)}. The later survey describes {last}; the text dates it by its report. {said.en}",
            f"Point par point : {' ; '.join(items).replace('):', ') :')}. La dernière enquête décrit {last} ; le texte la date "
            f"de son rapport. {said.fr}",
        )

    return in_both(write)


def types_flip(estimates: pd.DataFrame) -> Text:
    """How many changes would have to turn."""

    def write(language: Language) -> tuple[str, str]:
        up, down = (value_of(estimates.loc[f"head_office.count.{way}"], language) for way in ("rises", "falls"))
        return (
            f"supported if none fell ({down} now), contradicted if none rose ({up} now)",
            f"« confirmé » si aucune variation n’était une baisse ({down} aujourd’hui), « contredit » si aucune n’était une "
            f"hausse ({up} aujourd’hui)",
        )

    return in_both(write)


def external_recruitment(found: pd.Series, estimates: pd.DataFrame) -> Text:
    """No share of recruitment in head offices; the nearest is national (T2-06)."""
    near = estimates.loc["nearest.started_below"]

    def write(language: Language) -> tuple[str, str]:
        count, share = value_of(found, language), value_of(near, language, unit="%")
        return (
            f"Published shares of external recruitment or internal promotion for head-office posts of the sector: {count}. "
            f"What is missing is that share in two years. The nearest figure is national and of one year: {share} of French "
            f"cadres in post in {near['year']} had started below.",
            f"Parts publiées du recrutement externe ou de la promotion interne pour les postes de siège du secteur : {count}. "
            f"Il manque cette part à deux dates. Le chiffre le plus proche est national et d’une seule année : {share} des "
            f"cadres en poste en {near['year']} avaient débuté plus bas.",
        )

    return in_both(write)


def diplomas(found: pd.Series, estimates: pd.DataFrame) -> Text:
    """No diplomas of head-office cadres; those of establishment directors rise too, which blurs the contrast (T2-20)."""
    first, last = (estimates.loc[f"nearest.level_1_diplomas.{name}"] for name in ("first", "last"))

    def write(language: Language) -> tuple[str, str]:
        count = value_of(found, language)
        before, after = (value_of(row, language, unit="%") for row in (first, last))
        return (
            f"Published figures on the diplomas of head-office cadres: {count}. What is missing is their level and field in "
            "two years. Among establishment directors, on the other side of the contrast, level-I diplomas rose from about "
            f"{before} (before {first['year']}) to more than {after} (about {last['year']}): on this side the contrast blurs.",
            f"Chiffres publiés sur les diplômes des cadres de siège : {count}. Il manque leur niveau et leur spécialité à deux "
            f"dates. Chez les directeurs d’établissement, de l’autre côté du contraste, les diplômes de niveau I sont passés "
            f"d’environ {before} (avant {first['year']}) à plus de {after} (vers {last['year']}) : de ce côté, le contraste "
            "s’estompe.",
        )

    return in_both(write)


def small_organisations(found: pd.Series, estimates: pd.DataFrame) -> Text:
    """No share of small associations with a head office; a mean per association says nothing of its spread (T2-21)."""
    mean, single = estimates.loc["nearest.functional_per_association"], estimates.loc["nearest.single_establishment"]

    def write(language: Language) -> tuple[str, str]:
        count, per, moved = value_of(found, language), value_of(mean, language, 1), signed(single, language, "points")
        return (
            f"Published shares of small associations with a head office: {count}. What is missing is that share in two years. "
            f"The nearest figures are {per} functional cadres of head offices per association in {mean['year']}, a mean that "
            f"says nothing of small ones, and the share of associations with one establishment, {moved} over {single['year']}.",
            f"Parts publiées des petites associations dotées d’un siège : {count}. Il manque cette part à deux dates. Les "
            f"chiffres les plus proches sont {per} cadre fonctionnel de siège par association en {mean['year']}, moyenne qui "
            f"ne dit rien des petites, et la part des associations à établissement unique, {moved} sur {single['year']}.",
        )

    return in_both(write)


NEAREST: dict[str, Callable[[pd.Series, pd.DataFrame], Text]] = {
    "T2-06": external_recruitment,
    "T2-20": diplomas,
    "T2-21": small_organisations,
}


def dated_flip(found: pd.Series) -> Text:
    """The one thing that would give the rule something to compare."""

    def write(language: Language) -> tuple[str, str]:
        now = value_of(found, language)
        return (
            f"dated figures of the sector's own would make it testable; there are {now}",
            f"des chiffres datés propres au secteur le rendraient testable ; il y en a {now}",
        )

    return in_both(write)


OVER = {
    "branch": Text("over the branch", "rapporté à la branche"),
    "associations": Text("over associations", "rapporté aux associations"),
}


def ratios(rows: pd.DataFrame, estimates: pd.DataFrame) -> Text:
    """How many denominators give a ratio below and above one, and why those of the one survey disagree (T2-03)."""

    def write(language: Language) -> tuple[str, str]:
        below, above, open_ = (
            value_of(estimates.loc[f"directors.count.{name}"], language) for name in ("below", "above", "open")
        )
        growth = signed(estimates.loc["directors.growth"], language)
        years = estimates.at["directors.growth", "year"]
        english = (
            f"Managers of establishments changed by {growth} over {years}, in a survey whose members grew in number. Counts of "
            "establishments, or of associations that employ, that put the ratio of the two growths below one: "
            f"{below}; above: {above}; on both sides: {open_}. "
            "Most are of other fields and years, taken at their yearly pace."
        )
        french = (
            f"Les responsables d’établissement ont varié de {growth} sur {years}, dans une enquête dont les adhérents ont "
            "augmenté en nombre. Décomptes d’établissements, ou d’associations employeuses, selon lesquels le rapport des deux "
            f"croissances est inférieur à un : {below} ; supérieur : {above} ; de part et d’autre : {open_}. La plupart sont "
            "d’autres champs et d’autres années, pris à leur rythme annuel."
        )
        own = rows[rows["basis"] == "same_survey"].set_index("population")
        if {"branch_stated", "branch_levels"} <= set(own.index):
            stated, levels = own.loc["branch_stated"], own.loc["branch_levels"]
            one, other = value_of(stated, language, 2), span_of(levels, language, 2)
            english += (
                f" Within the one survey, the stated growth gives {one}, the printed levels, one of them rounded, {other}."
            )
            french += (
                f" Dans la même enquête, la croissance annoncée donne {one}, les effectifs imprimés, dont un arrondi, {other}."
            )
        left = estimates[estimates["quantity"] == "ratio_not_counted"].sort_values("value")
        if len(left):
            moves = [f"{value_of(row, language, 2)} ({row['year']})" for _, row in left.iterrows()]
            english += f" Not counted, since what counts as an establishment changed in between: {'; '.join(moves)}."
            french += f" Non retenus, car le champ des établissements comptés a changé entre-temps : {' ; '.join(moves)}."
        apart = estimates[estimates["quantity"] == "ratio_of_growths_apart"].sort_values("year")
        if len(apart):
            moves = [
                f"{value_of(row, language, 2)} ({row['year']}, {OVER[row['basis']].of(language)})"
                for _, row in apart.iterrows()
            ]
            english += f" Directors general, another population, apart: {'; '.join(moves)}."
            french += f" Directeurs généraux, autre population, à part : {' ; '.join(moves)}."
        return english, french

    return in_both(write)


def ratios_flip(claim: Claim, verdict: str, estimates: pd.DataFrame) -> Text:
    """The growth of establishments at which the ratio is one."""
    growth = estimates.loc["directors.growth"]

    def write(language: Language) -> tuple[str, str]:
        least, most = inwards(growth, "high", language), inwards(growth, "low", language)
        if verdict != "untestable":
            return (
                f"untestable if one denominator grew on the other side of {least} % over {growth['year']}",
                f"« non testable » si un dénominateur passait de l’autre côté de {least} % sur {growth['year']}",
            )
        return (
            f"supported if establishments grew by more than {least} % over {growth['year']} however they are counted, "
            f"contradicted if by less than {most} %",
            f"« confirmé » si les établissements ont augmenté de plus de {least} % sur {growth['year']} quelle que soit la "
            f"façon de les compter, « contredit » si c’est de moins de {most} %",
        )

    return in_both(write)


def several(single: pd.Series | None, directors: pd.Series | None, dates: pd.Series, estimates: pd.DataFrame) -> Text:
    """Directors of several establishments where dated, else associations (T2-04)."""
    shares = estimates[estimates["quantity"] == "share_of_several_establishments"].sort_values("year")

    def write(language: Language) -> tuple[str, str]:
        about = Text("about ", "environ ").of(language)
        listed = [
            f"{about if row['definition'] == 'rounded' else ''}{value_of(row, language, 0, '%')} ({row['year']})"
            for _, row in shares.iterrows()
        ]
        count = value_of(dates, language)
        english = f"Dates at which the share of directors who head several establishments is published: {count}"
        french = f"Dates auxquelles la part des directeurs de plusieurs établissements est publiée : {count}"
        if listed:
            english, french = f"{english}; {'; '.join(listed)}", f"{french} ; {' ; '.join(listed)}"
        english, french = english + ".", french + "."
        if directors is not None:
            moved = signed(directors, language, "points")
            english += f" It changed by {moved} over {directors['year']}."
            french += f" Elle a varié de {moved} sur {directors['year']}."
        if single is not None:
            moved = signed(single, language, "points")
            english += (
                f" The share of associations with one establishment changed by {moved} over {single['year']}, in a survey "
                "whose members may have changed: associations, not directors."
            )
            french += (
                f" La part des associations à établissement unique a varié de {moved} sur {single['year']}, dans une enquête "
                "dont les adhérents ont pu changer : des associations, non des directeurs."
            )
        return english, french

    return in_both(write)


def several_flip(verdict: str, used: pd.Series, dates: pd.Series) -> Text:
    """A second date for directors, or a change of associations that is none."""

    def write(language: Language) -> tuple[str, str]:
        count, now = value_of(dates, language), signed(used, language, "points") if used["unit"] == "points" else ""
        if verdict == "partly_supported":
            return (
                f"supported with a second date for directors that is higher ({count} now); untestable if the share of "
                f"associations, {now}, had not moved",
                f"« confirmé » avec une seconde date plus élevée pour les directeurs ({count} aujourd’hui) ; « non testable » "
                f"si la part des associations ({now}) n’avait pas bougé",
            )
        if verdict == "supported":
            return (
                f"untestable if the share of directors, {now}, had not risen",
                f"« non testable » si la part des directeurs ({now}) n’avait pas augmenté",
            )
        return (
            f"supported with two dates for directors of which the later is higher ({count} now)",
            f"« confirmé » avec deux dates pour les directeurs, la seconde plus élevée ({count} aujourd’hui)",
        )

    return in_both(write)


NOMENCLATURES = {
    "dgas_definition": Text("definition of the DGAS", "définition de la DGAS"),
    "unifaf_title": Text("job title in the Unifaf survey", "intitulé de poste dans l’enquête Unifaf"),
}


def nomenclature(name: str) -> Text:
    """What counts as a chef de service, in words."""
    return NOMENCLATURES.get(name, Text(name, name))


def chefs(rows: pd.DataFrame, estimates: pd.DataFrame) -> Text:
    """Chefs de service per establishment by nomenclature, and a wider group that falls (T2-05)."""

    def write(language: Language) -> tuple[str, str]:
        listed = [
            f"{value_of(row, language, 2)} ({nomenclature(row['definition']).of(language)}, {row['year']})"
            for _, row in rows.iterrows()
        ]
        english = f"Chefs de service per establishment: {'; '.join(listed)}."
        french = f"Chefs de service par établissement : {' ; '.join(listed)}."
        if rows["definition"].nunique() == len(rows):
            english += " Each nomenclature has one date: they are not one series."
            french += " Chaque nomenclature n’a qu’une date : elles ne font pas une série."
        if "chefs.wider_group_change" in estimates.index:
            row = estimates.loc["chefs.wider_group_change"]
            moved = signed(row, language)
            english += (
                f" The only published change, {moved} over {row['year']}, is of educative and social cadres and chefs de "
                "service together. Counts without an origin, said to show a rise, are set apart and decide nothing."
            )
            french += (
                f" La seule variation publiée, {moved} sur {row['year']}, mêle cadres éducatifs et sociaux et chefs de "
                "service. Des effectifs sans origine, censés montrer une hausse, sont écartés et ne tranchent rien."
            )
        return english, french

    return in_both(write)


def chefs_flip(rows: pd.DataFrame) -> Text:
    """A second date on a nomenclature that has one."""
    last = rows.iloc[-1]

    def write(language: Language) -> tuple[str, str]:
        now, name = value_of(last, language, 2), nomenclature(last["definition"])
        return (
            f"a second year on one nomenclature decides: supported above {now}, contradicted below ({name.en}, {last['year']})",
            f"une autre année sur une même nomenclature trancherait : « confirmé » au-dessus de {now}, « contredit » "
            f"au-dessous ({name.fr}, {last['year']})",
        )

    return in_both(write)


WHAT = {
    "organisations": Text("associations", "associations"),
    "establishments": Text("establishments", "établissements"),
    "staff": Text("staff", "salariés"),
}


def organisations(fields: list[tuple[pd.Series, pd.Series]], estimates: pd.DataFrame) -> Text:
    """Organisations against establishments or staff of the same field and years; the Sécurité sociale apart (T2-07)."""
    apart = estimates[estimates["quantity"] == "change_apart"].sort_values("year")

    def write(language: Language) -> tuple[str, str]:
        pairs = {
            of: [
                f"{WHAT['organisations'].of(of)} {signed(fewer, language)}, {WHAT[other['population']].of(of)} "
                f"{signed(other, language)}{_doubt(other, of)} ({fewer['year']})"
                for fewer, other in fields
            ]
            for of in ("en", "fr")
        }
        constant = all(row["definition"] == "constant" for pair in fields for row in pair)
        if not fields:
            english = "No field has both organisations and establishments or staff over the same years."
            french = "Aucun champ n’a sur les mêmes années organisations et établissements ou salariés."
        else:
            english = f"Where both are known for one field over the same years: {'; '.join(pairs['en'])}."
            french = f"Là où les deux sont connus pour un même champ et les mêmes années : {' ; '.join(pairs['fr'])}."
            english += " The perimeter is constant." if constant else " The members of the survey may have changed in between."
            french += " Le périmètre est constant." if constant else " Les adhérents de l’enquête ont pu changer entre-temps."
        if "organisations.regrouping_projects" in estimates.index:
            row = estimates.loc["organisations.regrouping_projects"]
            planned = value_of(row, language, unit="%")
            english += f" In {row['year']}, {planned} of associations had a project of regrouping."
            french += f" En {row['year']}, {planned} des associations avaient un projet de regroupement."
        if len(apart):
            moves = [f"{signed(row, language)} ({row['year']})" for _, row in apart.iterrows()]
            english += f" Apart, bodies of the Sécurité sociale, part of it by a change of perimeter: {'; '.join(moves)}."
            french += f" À part, organismes de Sécurité sociale, en partie par changement de périmètre : {' ; '.join(moves)}."
        return english, french

    return in_both(write)


def _doubt(row: pd.Series, language: Language) -> str:
    """The rounding of a change, where it is wider than the printed number shows."""
    if row["high"] - row["low"] <= 1:
        return ""
    return f" ({span_of(row, language, 0)} {Text('with rounding', 'avec l’arrondi').of(language)})"


def organisations_flip(verdict: str, used: pd.Series) -> Text:
    """The perimeter, or the fall."""

    def write(language: Language) -> tuple[str, str]:
        now = signed(used, language)
        if verdict == "supported":
            return f"partly supported if the perimeter of the {now} were not constant", (
                f"« confirmé en partie » si le périmètre des {now} n’était pas constant"
            )
        return (
            f"supported if the {now} of organisations held among constant members, untestable if it did not fall below zero",
            f"« confirmé » si la variation de {now} des organisations valait à adhérents constants, « non testable » si elle "
            "n’était pas négative",
        )

    return in_both(write)


def run_by(share_: pd.Series, estimates: pd.DataFrame) -> Text:
    """Establishments run by associations over all, bounded for dates and perimeter (T2-18)."""

    def write(language: Language) -> tuple[str, str]:
        run, every = estimates.loc["run_by.associations"], estimates.loc["run_by.all"]
        some, all_ = value_of(run, language), span_of(every, language, 0)
        bound = span_of(share_, language, 0, "%")
        outside, growth = (as_printed(estimates.loc[f"run_by.{name}_assumed"], language) for name in ("outside", "growth"))
        return (
            f"Associations ran {bound} of the establishments, under two assumptions: at most {outside} of theirs lie outside "
            f"the list of all, and that list grew by at most {growth} a year after its last count. The bound sets nearly "
            f"{some} establishments (a round figure, of {run['year']}, its year of publication) against {all_} in all, carried "
            "from earlier counts; each comes from one document, with a list of its own. A part above one half is more than "
            "that of any other manager, public bodies among them.",
            f"Les associations géraient {bound} des établissements, sous deux hypothèses : {outside} des leurs au plus sont "
            f"hors de la liste d’ensemble, et cette liste a crû d’au plus {growth} par an après son dernier décompte. "
            f"Le calcul rapporte près de {some} établissements (chiffre rond de {run['year']}, année de sa publication) "
            f"à un total de {all_}, reporté de décomptes antérieurs ; chacun vient d’un seul document, avec sa propre liste. "
            "Une part supérieure à la moitié dépasse celle de tout autre gestionnaire, public compris.",
        )

    return in_both(write)


def run_by_flip(claim: Claim, verdict: str, estimates: pd.DataFrame) -> Text:
    """The part of the establishments of associations outside the list of all at which the share may be one half."""
    row = estimates.loc["run_by.outside_at_half"]

    def write(language: Language) -> tuple[str, str]:
        at = value_of(row, language, 1, "%")
        if verdict == "supported":
            english = f"untestable if more than {at} of the establishments of associations could lie outside the list of all"
            french = (
                f"« non testable » si plus de {at} des établissements des associations pouvaient être hors de la liste "
                "d’ensemble"
            )
            if "run_by.growth_at_half" in estimates.index:
                pace = value_of(estimates.loc["run_by.growth_at_half"], language, 1, "%")
                english += f", or if that list could have grown by more than {pace} a year"
                french += f", ou si cette liste avait pu croître de plus de {pace} par an"
            return english, french
        return (
            f"supported if fewer than {at} of the establishments of associations lay outside the list of all",
            f"« confirmé » si moins de {at} des établissements des associations étaient hors de la liste d’ensemble",
        )

    return in_both(write)
