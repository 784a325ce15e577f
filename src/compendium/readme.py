"""The parts of README.md and README.fr.md that are computed: what was found, how long it takes.

They stand between markers, `<!-- found -->` and `<!-- /found -->`; `make documents` renews them, a test compares them.
"""

import csv
import json
import re
from datetime import date

from babel.dates import format_date

from compendium import claims as registry
from compendium import files, paths
from compendium.errors import InputError
from compendium.language import Language, Text, number, unlinked

COMPATIBLE_FR = {"yes": "oui", "no": "non", "unknown": "inconnu"}
PAGES: dict[Language, str] = {"en": "README.md", "fr": "README.fr.md"}


def found(language: Language) -> str:
    """How many statements have which verdict, the findings that the report leads with, and the claims by verdict."""
    with (paths.results("default") / "ledger.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["claim_id"]: row for row in csv.DictReader(file) if row["status"] == "computed"}
    names = files.read_yaml(paths.CLAIMS)
    claims = registry.read()
    by_verdict = {key: [claim for claim, row in rows.items() if row["verdict"] == key] for key in names["verdicts"]}

    def counted(key: str) -> str:
        count = len(by_verdict[key])
        name = "several_fr" if language == "fr" and count > 1 else f"name_{language}"
        return f"{number(count, language)} {names['verdicts'][key][name]}"

    def finding(claim_id: str) -> str:
        row, claim = rows[claim_id], claims[claim_id]
        verdict = names["verdicts"][row["verdict"]][f"name_{language}"]
        grade = names["evidence_grades"][row["evidence_grade"]][f"name_{language}"]
        if row["compatible"]:
            fits = Text(f"compatible: {row['compatible']}", f"compatible : {COMPATIBLE_FR[row['compatible']]}")
            verdict += f" ({fits.of(language)})"
        evidence = Text(f", evidence {grade}", f", appui {grade}").of(language)
        if row["verdict"] == "interpretive":
            evidence = ""  # what is shown beside a reading is no evidence of it
        says = Text(f"“{claim.says.en}”", f"« {claim.says.fr} »").of(language)
        return f"- **{claim_id}** {says} **{verdict}**{evidence}. {unlinked(row[f'sentence_{language}'])}"

    said = ", ".join(counted(key) for key, listed in by_verdict.items() if listed)
    head = Text(
        f"{len(rows)} of {len(claims)} statements have a verdict: {said}. Among them:",
        f"{len(rows)} énoncés sur {len(claims)} ont un verdict : {said}. Parmi eux :",
    )
    columns = Text("| verdict | statements |", "| verdict | énoncés |")
    table = [
        f"| {names['verdicts'][key][f'name_{language}']} | {' '.join(listed)} |" for key, listed in by_verdict.items() if listed
    ]
    leading = [finding(claim_id) for claim_id in files.read_yaml(paths.FRONT)["findings"]]
    return "\n".join([head.of(language), "", *leading, "", columns.of(language), "|---|---|", *table])


def measured(language: Language) -> str:
    """How long `make` takes and how much memory it needs, as last measured."""
    m = json.loads(paths.RUN_TIME.read_text(encoding="utf-8"))
    day = format_date(date.fromisoformat(m["date"]), "d MMMM y", locale=language)
    machine_fr = m["machine"].replace("cores", "cœurs").replace("GiB", "Gio")
    first, again, peak = (number(m[key], language) for key in ("first_make_seconds", "make_seconds", "peak_megabytes"))
    return Text(
        f"Measured on {day} ({m['machine']}, Python {m['python']}): the first `make`, installation included, {first} s; "
        f"all notebooks and the report from nothing, {again} s; peak memory {peak} MB.",
        f"Mesuré le {day} ({machine_fr}, Python {m['python']}) : premier `make`, installation comprise, {first} s ; "
        f"tous les notebooks et le rapport à partir de rien, {again} s ; mémoire maximale {peak} Mo.",
    ).of(language)


PARTS = {"found": found, "measured": measured}


def renewed(language: Language) -> str:
    """A README with its computed parts as they are now; raises InputError where a marker is missing."""
    path = paths.ROOT / PAGES[language]
    text = files.read_text(path)
    for name, write in PARTS.items():
        pattern = rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)"
        if not re.search(pattern, text, flags=re.DOTALL):
            raise InputError(f"{PAGES[language]}: the markers of the part '{name}' are missing")
        body = write(language)
        text = re.sub(pattern, lambda match, body=body: f"{match[1]}{body}\n{match[2]}", text, flags=re.DOTALL)
    return text


def renew() -> None:
    """Write both READMEs, where they change."""
    for language, page in PAGES.items():
        files.write_if_changed(paths.ROOT / page, renewed(language).encode())
