"""The end of a run: the ledger by verdict and evidence grade, and what has moved since the last one."""

import csv
from collections import Counter

from compendium import compare, files, paths


def write(scenario: str) -> str:
    """Write the ledger in a few lines to build/<scenario>/summary, for the terminal.

    Returns:
        the claims that moved since the last run that came to its end; empty where none did.
    """
    path = paths.results(scenario) / "ledger.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    computed = [row for row in rows if row["status"] == "computed"]
    by_verdict = Counter((row["verdict"], row["evidence_grade"]) for row in computed)
    lines = [f"{len(computed)} of {len(rows)} claims have a verdict"]
    for (verdict, grade), count in sorted(by_verdict.items()):
        claims = " ".join(row["claim_id"] for row in computed if (row["verdict"], row["evidence_grade"]) == (verdict, grade))
        lines.append(f"  {count:3}  {verdict.replace('_', ' ')}, evidence {grade}: {claims}")
    told = ""
    earlier = paths.build(scenario) / "ledger.csv"  # as it was when this was last written
    if earlier.exists() and (moved := compare.claims(earlier, path)):
        since = f"since the last make, {compare.counted(len(moved), 'claim has', 'claims have')} moved"
        told = "\n".join([since, *(f"  {change.told()}" for change in moved)])
    files.write_if_changed(earlier, path.read_bytes())
    files.write_if_changed(paths.build(scenario) / "summary", ("\n".join(lines) + "\n").encode())
    return told
