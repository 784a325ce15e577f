"""The multiverse as a target of make: every universe in one table, made again when the data, the decisions or the code change.

It stands between the notebooks that estimate and the one that shows, since a kernel may neither start processes nor open
connections. Its hashes are written as those of a notebook.
"""

import hashlib
import sys
import time
from pathlib import Path

import joblib

from compendium import claims, csvfile, files, paths
from compendium.multiverse import declaration, run, summary, universe
from compendium.runner import imports, target

UNIVERSES_A_PROCESS = 250  # a second process takes as long to start as a hundred take, and notebooks run beside the first


def check(scenario: str) -> None:
    """See, before anything runs, that the decisions can be used.

    Raises:
        InputError: names the file, the statement, the decision and the option at fault.
    """
    declaration.read(paths.DECISIONS, claims.read())
    hang_on = [paths.DECISIONS, paths.CLAIMS, paths.PARAMETERS / "default.yaml"]
    files.write_if_changed(paths.build(scenario) / "decided", "".join(_hashed([paths.relative(p) for p in hang_on])).encode())


def make(scenario: str, decisions: str = "", scheduler: str = "") -> None:
    """Evaluate every universe and write build/<scenario>/universes.csv, which make brings to the results.

    With decisions of one's own the results stay as they are: the table goes to build/<scenario>/decisions/, and what moves a
    verdict is printed.

    Args:
        decisions: a file of decisions in the place of data/multiverse.yaml.
        scheduler: address of a Dask scheduler, which does the work in the place of this machine.

    Raises:
        InputError: the decisions cannot be used, or no scheduler answers.
    """
    started = time.monotonic()
    build, registry = paths.build(scenario), claims.read()
    given = Path(decisions) if decisions else paths.DECISIONS
    declared = declaration.read(given, registry)
    hashes = build / f"{target.UNIVERSES}.sha256"
    if not decisions:
        hashes.unlink(missing_ok=True)
    notebooks = sorted({universe.notebook_of(registry[claim_id]) for claim_id, of in declared.items() if of.decisions})
    data = {path for notebook in notebooks for path in run.inputs(notebook, scenario)}  # imports every analysis
    wanted = sum(1 for of in declared.values() for _ in of.universes())
    used = sorted(target.modules_of_this_process())
    table = run.universes(
        declared,
        registry,
        scenario,
        _code(notebooks, used),
        journal=build / (f"{target.UNIVERSES}.{given.stem}.jsonl" if decisions else f"{target.UNIVERSES}.jsonl"),
        jobs=min(joblib.cpu_count(), 1 + wanted // UNIVERSES_A_PROCESS),
        scheduler=scheduler or None,
        progress=sys.stderr,
    )
    output = build / "decisions" / f"{given.stem}.csv" if decisions else build / "universes.csv"
    csvfile.write(table, partial := build / f".{target.UNIVERSES}.csv")
    files.write_if_changed(output, partial.read_bytes())
    partial.unlink()
    failed = int((table["verdict"] == universe.FAILED).sum())
    seconds = time.monotonic() - started
    print(f"multiverse: {len(table)} universes of {table['claim_id'].nunique()} statements, {failed} failed, {seconds:.1f} s")
    if decisions:
        print(summary.as_text(summary.flips(table, declared), declared), f"All universes: {paths.relative(output)}", sep="\n")
        return
    values = [target.given(notebook, scenario) for notebook in notebooks]
    inputs = sorted(paths.relative(path) for path in (*data, *values, given, output, paths.LOCK))
    files.write_if_changed(hashes, "".join(_hashed([*used, *inputs])).encode())


def _code(notebooks: list[str], used: list[str]) -> dict[str, str]:
    """For each notebook a hash of the libraries and modules behind its universes; not of what other analyses alone import."""
    modules = {imports.name(path): path for path in used}
    engine = imports.reached(run.__name__, modules)
    analyses = {notebook: imports.reached(universe.analysis(notebook).__name__, modules) for notebook in notebooks}
    every = set().union(*analyses.values())
    lines = dict(zip(modules, _hashed(used), strict=True))
    lock = "".join(_hashed([paths.relative(paths.LOCK)]))
    codes = {}
    for notebook, own in analyses.items():
        behind = "".join(line for module, line in lines.items() if module not in every - own - engine)
        codes[notebook] = hashlib.sha256((behind + lock).encode()).hexdigest()
    return codes


def _hashed(names: list[str]) -> list[str]:
    return [f"{files.sha256(paths.ROOT / name)}  {name}\n" for name in names]
