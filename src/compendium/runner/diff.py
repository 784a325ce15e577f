"""What moved against the last commit: in a few lines, and as a page with all of it."""

import shutil

from compendium import compare, files, paths
from compendium.errors import InputError
from compendium.language import Text
from compendium.runner.git import git

NEEDED = "there is no commit to compare with; `make diff` needs the git history of the project"


def diff(scenario: str) -> str:
    """Compare the results of a scenario with those of the last commit; write build/diff.html and return what it says.

    Raises:
        InputError: there is no commit to compare with, or it has no ledger.
    """
    committed = paths.BUILD / "committed"
    shutil.rmtree(committed, ignore_errors=True)
    top = paths.relative(paths.results("default"))
    tables = (f"{top}/ledger.csv", f"{top}/estimates")
    listed = git("ls-tree", "-r", "--name-only", "HEAD", *tables, needed=NEEDED).decode().splitlines()
    if f"{top}/ledger.csv" not in listed:
        raise InputError(f"the last commit has no {top}/ledger.csv to compare with")
    for name in listed:
        files.write_if_changed(committed / name, git("show", f"HEAD:./{name}", needed=NEEDED))
    found = compare.compare(committed / top, paths.results(scenario))
    names = files.read_yaml(paths.CLAIMS)
    title = Text("What moved against the last commit", "Ce qui a changé depuis la dernière révision")
    target = paths.BUILD / "diff.html"
    files.write_if_changed(target, compare.page(found, names, title).encode())
    return f"{compare.told(found, names)}\n{paths.relative(target)} has all of it"
