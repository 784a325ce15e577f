"""One notebook as a target of make: run it, move what it published into place, write down what it depends on.

Beside build/<scenario>/<name>.ipynb stand `<name>.d`, a Make fragment with what the run read and published, and
`<name>.sha256`, the hashes of those files as they were. The Makefile runs a notebook again when a hash differs, so content
decides and not times, and a deleted output is noticed. The hashes are written last: without them the target is not done.
"""

import contextlib
import json
import os
import shutil
import sys
import time
from collections.abc import Iterable
from pathlib import Path

from compendium import files, parameters, paths, runner
from compendium.runner.progress import Progress

UNIVERSES = "multiverse"  # the step between notebooks that makes all universes: its hashes stand as those of a notebook


def make(name: str, scenario: str, position: str) -> bool:
    """Run a notebook under a scenario and bring its results into place; on failure say why, and change nothing.

    Args:
        name: of the notebook, such as `20_cadre_share`.
        position: such as `2/3`, for the progress line.
    """
    build = paths.build(scenario)
    target, fragment, hashes = (build / f"{name}.{end}" for end in ("ipynb", "d", "sha256"))
    for stale in (target, hashes):
        stale.unlink(missing_ok=True)
    earlier = published_before(fragment)  # kept until this run has come to its end: else a failure would forget it
    staging, partial = build / f".{name}.staging", build / f".{name}.partial.ipynb"
    shutil.rmtree(staging, ignore_errors=True)
    staging.mkdir(parents=True)

    started = time.time_ns()
    progress = Progress(name, position, build / f"{name}.log")
    values = given(name, scenario)
    try:
        observed = runner.run(
            paths.NOTEBOOKS / f"{name}.ipynb",
            partial,
            {"scenario": scenario, "values": json.loads(values.read_text(encoding="utf-8"))},
            staging=staging,
            cell_timeout_seconds=int(parameters.resolve(scenario)[parameters.RUNNER]["cell_timeout"]),
            on_cell=progress.cell,
        )
    except runner.NotebookFailed as failure:
        progress.failed()
        kept = paths.FAILED / scenario / f"{name}.ipynb"
        kept.parent.mkdir(parents=True, exist_ok=True)
        if partial.exists():
            os.replace(partial, kept)
        print(f"\n{failure}\n\nThe notebook as it stood: {paths.relative(kept)}", file=sys.stderr)
        shutil.rmtree(staging)
        return False

    outputs = move_into_place(staging, scenario)
    remove(set(earlier) - set(outputs) - published_by_others(fragment))
    files.write_if_changed(target, partial.read_bytes())
    partial.unlink()
    with contextlib.suppress(FileNotFoundError):
        (paths.FAILED / scenario / f"{name}.ipynb").unlink()

    own = [f"notebooks/{name}.ipynb", paths.relative(paths.LOCK), paths.relative(values)]
    inputs = sorted({*own, *observed.read, *modules_of_this_process()})
    files.write_if_changed(fragment, as_fragment(paths.relative(target), inputs, outputs).encode())
    if changed := edited_since(started, inputs):
        progress.note(f"{changed} changed while {name} ran: the next make runs it again")
    else:
        lines = [f"{files.sha256(paths.ROOT / path)}  {path}\n" for path in [*inputs, paths.relative(target), *outputs]]
        files.write_if_changed(hashes, "".join(lines).encode())
    progress.done()
    return True


def given(name: str, scenario: str) -> Path:
    """The file with a notebook's parameters under a scenario, written by `check`."""
    return paths.build(scenario) / "parameters" / f"{name}.json"


def move_into_place(staging: Path, scenario: str) -> list[str]:
    """Move all that a notebook published to where it belongs, where the bytes differ; return the places, sorted."""
    homes = {"processed": paths.processed(scenario), "results": paths.results(scenario)}
    outputs = []
    for path in sorted(staging.rglob("*")):
        if path.is_file():
            top, *rest = path.relative_to(staging).parts
            place = homes[top].joinpath(*rest)
            files.write_if_changed(place, path.read_bytes())
            outputs.append(paths.relative(place))
    shutil.rmtree(staging)
    return sorted(outputs)


def remove(outputs: Iterable[str]) -> None:
    """Remove what an earlier version of a notebook published and this one no longer does."""
    for path in outputs:
        (paths.ROOT / path).unlink(missing_ok=True)


def edited_since(moment_ns: int, names: Iterable[str]) -> str:
    """The first of these files that has been written, moved into place or deleted since a moment; empty where none has."""
    now = time.time_ns()
    for name in names:
        try:
            status = (paths.ROOT / name).stat()
        except FileNotFoundError:
            return name
        if any(moment_ns <= time_ns <= now for time_ns in (status.st_mtime_ns, status.st_ctime_ns)):
            return name
    return ""


def modules_of_this_process() -> set[str]:
    """The modules that ran the notebook: a change of them changes how it runs."""
    loaded = (getattr(module, "__file__", None) or "" for module in list(sys.modules.values()))
    top = f"{paths.ROOT / 'src' / 'compendium'}{os.sep}"
    return {paths.relative(file) for file in loaded if file.startswith(top)}


def as_fragment(target: str, inputs: list[str], outputs: list[str]) -> str:
    """What a run read and published, as rules for make: target from inputs, outputs from target.

    The empty rules at the end let make go on when an input has been deleted since.
    """
    parts = [" \\\n  ".join([f"{target}:", *inputs])]
    if outputs:
        parts.append(" \\\n  ".join([*outputs[:-1], f"{outputs[-1]}: {target}"]))
    parts.append("\n".join(f"{path}:" for path in inputs))
    return "\n\n".join(parts) + "\n"


def read_fragment(fragment: Path) -> tuple[list[str], list[str]]:
    """The inputs and the outputs that a fragment names; nothing where there is none."""
    if not fragment.exists():
        return [], []
    rules = fragment.read_text(encoding="utf-8").replace("\\\n", " ").split("\n\n")
    inputs = rules[0].partition(":")[2].split()
    outputs = rules[1].rpartition(":")[0].split() if len(rules) == 3 else []
    return inputs, outputs


def published_before(fragment: Path) -> list[str]:
    """What the last run of a notebook published."""
    return read_fragment(fragment)[1]


def published_by_others(fragment: Path) -> set[str]:
    """What the other notebooks of a scenario publish: a figure that has moved to one of them stays."""
    return {path for other in fragment.parent.glob("*.d") if other != fragment for path in published_before(other)}
