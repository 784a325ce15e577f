"""What moved between two ledgers, in plain rows: needs no library, so that the end of a run need not wait for one."""

import csv
from pathlib import Path
from typing import NamedTuple

NUMBERS = ("value", "low", "high")
WORDS = ("verdict", "evidence_grade", "compatible")


class Move(NamedTuple):
    """A claim whose row of the ledger differs; a side is empty where that ledger lacks the claim."""

    claim_id: str
    before: dict[str, str]
    after: dict[str, str]

    @property
    def of_verdict(self) -> bool:
        """Whether the verdict moved, and not only the grade or a number behind it."""
        return self.before.get("verdict") != self.after.get("verdict")

    def told(self) -> str:
        """One line for a terminal: `T1-03: not comparable, 33.7 to 38.3 percent -> contradicted, 34 to 35 percent`."""
        return f"{self.claim_id}: {short(self.before)} -> {short(self.after)}"


def read(path: Path) -> dict[str, dict[str, str]]:
    """A ledger by claim; none where the file is missing."""
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        return {row["claim_id"]: row for row in csv.DictReader(file)}


def claims(before: dict[str, dict[str, str]], after: dict[str, dict[str, str]]) -> list[Move]:
    """The claims whose verdict, grade, number or finding differs: moved verdicts first, then in the order of the ledger."""
    moves = [Move(claim_id, before.get(claim_id, {}), after.get(claim_id, {})) for claim_id in {**after, **before}]
    watched = (*WORDS, *NUMBERS, "sentence_en")
    different = [move for move in moves if any(move.before.get(key) != move.after.get(key) for key in watched)]
    return sorted(different, key=lambda move: not move.of_verdict)


def short(row: dict[str, str]) -> str:
    """The verdict of a row of the ledger with its number."""
    if not row:
        return "not in the ledger"
    if row["status"] == "pending":
        return "pending"
    value, low, high = (f"{float(row[key]):.6g}" if row[key] else "" for key in NUMBERS)
    number = f"{low} to {high}" if low and low != high else value or low
    fits = f" (compatible: {row['compatible']})" if row["compatible"] else ""
    return row["verdict"].replace("_", " ") + fits + (f", {number} {row['unit'].replace('_', ' ')}" if number else "")
