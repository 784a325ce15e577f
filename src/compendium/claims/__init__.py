"""The 46 statements, and the only place where a verdict is made: estimates in; verdict, grade, nearest flip, reason out.

`registry` reads data/raw/claims.yaml; `rules` holds one function a kind of rule, `sentences` says what a rule found, in both
languages; `verdict` and `words` are what all of them share.
"""

from compendium.claims.registry import GRADES, VERDICTS, Claim, Decide, notebooks, read
from compendium.claims.rules import check, judge
from compendium.claims.verdict import Verdict

__all__ = ["GRADES", "VERDICTS", "Claim", "Decide", "Verdict", "check", "judge", "notebooks", "read"]
