"""The end of a run: the ledger by verdict and evidence grade, how long it took, where to look."""

import csv
import time
from collections import Counter

from compendium import files, paths


def summary(scenario: str, started: float) -> str:
    """A few lines for the terminal, with the claims that moved since the last run that came to its end.

    Args:
        started: when the run began, seconds since the epoch.
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
    earlier = paths.build(scenario) / "ledger.csv"  # as the last summary showed it
    if earlier.exists() and earlier.read_bytes() != path.read_bytes():
        from compendium import compare  # a make with nothing to do waits for no library

        moved = compare.claims(earlier, path)
        lines.append(f"since the last make, {len(moved)} {'claim has' if len(moved) == 1 else 'claims have'} moved")
        lines += [f"  {change.told()}" for change in moved]
    files.write_if_changed(earlier, path.read_bytes())
    lines.append(f"{paths.relative(path)} is the ledger; figures and tables stand beside it ({time.time() - started:.1f} s)")
    return "\n".join(lines)
