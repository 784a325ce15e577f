"""The multiverse as a target of make: every universe in one table, made again when the data, the decisions or the code change.

It stands between the notebooks that estimate and the one that shows, since a kernel may neither start processes nor open
connections. Its hashes are written as those of a notebook.
"""

import hashlib
import sys
import time
from pathlib import Path

from compendium import claims, csvfile, files, paths
from compendium.multiverse import declaration, run, universe
from compendium.runner import target

NAME = "multiverse"


def make(scenario: str, decisions: Path, jobs: int, scheduler: str | None) -> None:
    """Evaluate every universe and write results/multiverse/universes.csv.

    Args:
        decisions: the declared decisions.
        jobs: processes on this machine.
        scheduler: address of a Dask scheduler, which then does the work.

    Raises:
        InputError: the decisions cannot be used, or no scheduler answers.
    """
    started = time.monotonic()
    build = paths.build(scenario)
    hashes = build / f"{NAME}.sha256"
    hashes.unlink(missing_ok=True)
    registry = claims.read()
    declared = declaration.read(decisions, registry)
    notebooks = sorted({universe.notebook_of(registry[claim_id]) for claim_id, of in declared.items() if of.decisions})
    data = {path for notebook in notebooks for path in run.inputs(notebook, scenario)}  # imports every analysis
    code = sorted(target.modules_of_this_process())
    used = [*code, paths.relative(paths.LOCK)]
    hashed = [f"{files.sha256(paths.ROOT / path)}  {path}\n" for path in used]
    table = run.universes(
        declared,
        registry,
        scenario,
        hashlib.sha256("".join(hashed).encode()).hexdigest(),
        journal=build / f"{NAME}.jsonl",
        jobs=jobs,
        scheduler=scheduler,
        progress=sys.stderr,
    )
    output = paths.universes(scenario)
    partial = build / f".{NAME}.csv"
    csvfile.write(table, partial)
    files.write_if_changed(output, partial.read_bytes())
    partial.unlink()
    given = [target.given(notebook, scenario) for notebook in notebooks]
    inputs = sorted({*(paths.relative(path) for path in (*data, *given)), _named(decisions)})
    lines = [f"{files.sha256(paths.ROOT / path)}  {path}\n" for path in (*inputs, paths.relative(output))]
    files.write_if_changed(hashes, "".join([*hashed, *lines]).encode())
    failed = int((table["verdict"] == universe.FAILED).sum())
    print(f"{NAME}: {len(table)} universes of {table['claim_id'].nunique()} statements, {failed} failed, "
          f"{time.monotonic() - started:.1f} s")  # fmt: skip


def _named(path: Path) -> str:
    absolute = path.resolve()
    return paths.relative(absolute) if absolute.is_relative_to(paths.ROOT) else str(absolute)
