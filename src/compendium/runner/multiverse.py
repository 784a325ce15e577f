"""The multiverse as a target of make: every universe in one table, made again when the data, the decisions or the code change.

It stands beside the notebooks that estimate and is none itself: a large set takes several processes, or a cluster. Its hashes
are written as those of a notebook.
"""

import fcntl
import hashlib
import sys
import time
from pathlib import Path

import joblib

from compendium import claims, csvfile, files, paths
from compendium.multiverse import declaration, run, summary, universe
from compendium.runner import BEGAN_NS, imports, target

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
    """Evaluate every universe and write build/<scenario>/universes.csv, which make brings to the results; one call at a time.

    With decisions of one's own the results stay as they are: the table goes to build/<scenario>/decisions/, and what moves a
    verdict is printed.

    What changed since this process began may be half in the table: then no hashes are written, and no row is kept.

    Args:
        decisions: a file of decisions in the place of data/multiverse.yaml.
        scheduler: address of a Dask scheduler, which does the work in the place of this machine.

    Raises:
        InputError: the decisions cannot be used, or no scheduler answers.
    """
    started = time.monotonic()
    build, registry = paths.build(scenario), claims.read()
    lock = (build / f".{target.UNIVERSES}.lock").open("w")  # held to the end of this process
    fcntl.flock(lock, fcntl.LOCK_EX)
    given = Path(decisions) if decisions else paths.DECISIONS
    declared = declaration.read(given, registry)
    hashes = build / f"{target.UNIVERSES}.sha256"
    if not decisions:
        hashes.unlink(missing_ok=True)
    notebooks = sorted({universe.notebook_of(registry[claim_id]) for claim_id, of in declared.items() if of.decisions})
    data = {path for notebook in notebooks for path in run.inputs(notebook, scenario)}  # imports every analysis
    wanted = sum(1 for of in declared.values() for _ in of.universes())
    used = sorted(target.modules_of_this_process())
    journal = build / (f".{target.UNIVERSES}.{given.stem}.jsonl" if decisions else f".{target.UNIVERSES}.jsonl")
    table = run.universes(
        declared,
        registry,
        scenario,
        _code(notebooks, used),
        journal=journal,
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
    values = [target.given(notebook, scenario) for notebook in notebooks]
    own = [] if decisions else [paths.DECISIONS]
    inputs = [*used, *sorted(paths.relative(path) for path in (*data, *values, *own, paths.LOCK))]
    if changed := target.edited_since(BEGAN_NS, inputs):
        print(f"{changed} changed while the universes were made: the next make makes them again")
        journal.unlink()
    if decisions:
        print(summary.as_text(summary.flips(table, declared), declared), f"All universes: {paths.relative(output)}", sep="\n")
        return
    if not changed:
        files.write_if_changed(hashes, "".join(_hashed([*inputs, paths.relative(output)])).encode())


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
