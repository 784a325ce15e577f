"""What moved against the last commit: in a few lines, and as a page with all of it."""

import io
import shutil
import tarfile

from compendium import compare, paths
from compendium.errors import InputError
from compendium.language import Text
from compendium.runner.git import git

NEEDED = "there is no commit to compare with; `make diff` needs the git history of the project"


def diff(scenario: str) -> str:
    """Compare the results of a scenario with those of the last commit; writes build/diff/, returns what a terminal shows.

    Raises:
        InputError: there is no commit to compare with, or it has no ledger.
    """
    folder = paths.BUILD / "diff"
    shutil.rmtree(folder, ignore_errors=True)
    top = paths.relative(paths.results("default"))
    packed = git("archive", "HEAD", needed=NEEDED)
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        members = [member for member in archive.getmembers() if member.name.startswith(f"{top}/")]
        archive.extractall(folder / "committed", members, filter="data")
    committed = folder / "committed" / top
    if not (committed / "ledger.csv").exists():
        raise InputError(f"the last commit has no {top}/ledger.csv to compare with")
    now = Text("now", "maintenant") if scenario == "default" else Text(scenario, scenario)
    last = Text("the last commit", "la dernière révision")
    return compare.write(compare.Side(last, committed), compare.Side(now, paths.results(scenario)), folder)
