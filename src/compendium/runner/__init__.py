"""Execute notebooks: `run` is the only way. What a run read is observed; what it wrote comes into place only on success."""

import contextlib
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from compendium import paths
from compendium.runner.claim import owner

BEGAN_NS = time.time_ns()  # before the modules are imported that make results


class NotebookFailed(Exception):
    """A notebook did not come to its end; the message is for the person who wrote it."""


@dataclass(frozen=True)
class Observed:
    """What a run read: files of the project, modules of `compendium` included, relative to the top folder, sorted."""

    read: list[str]


def run(
    notebook: Path,
    output: Path,
    parameters: Mapping[str, Any],
    *,
    staging: Path,
    cell_timeout_seconds: int,
    on_cell: Callable[[int, int], None],
) -> Observed:
    """Execute a notebook through papermill in a kernel of its own, and normalise what it leaves.

    Args:
        notebook: the notebook, without outputs.
        output: where the executed notebook goes, also if it fails.
        parameters: replaces the values of the notebook's `parameters` cell.
        staging: the folder that the notebook publishes to.
        cell_timeout_seconds: a cell that runs longer fails.
        on_cell: called with the number of the cell that starts, from 1, and the number of cells.

    Returns:
        what the notebook read.

    Raises:
        NotebookFailed: names the cell, its lines and the error.
    """
    home = settle()
    with tempfile.TemporaryDirectory(prefix=f"k{owner()}.", dir=home) as folder:
        log = Path(folder) / "observed"
        log.touch()
        os.environ.update({"COMPENDIUM_STAGING": str(staging), "COMPENDIUM_OBSERVED": str(log)})
        # papermill takes a second to import and reads the environment as it does
        try:
            from compendium.runner import warm as how
        except ImportError:
            from compendium.runner import execute as how  # type: ignore[no-redef]

        how.execute(notebook, output, parameters, Path(folder), cell_timeout_seconds, on_cell)
        read = {json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()}
    return Observed(sorted(read))


def prepare() -> None:
    """Let warm kernels, where there are any, get ready while the decisions are checked."""
    home = settle()
    with contextlib.suppress(ImportError):
        from compendium.runner import warm

        warm.prepare(home)


def settle() -> Path:
    """Have this process and all it starts write inside the clone alone, on one thread, with our own kernelspec; its folder."""
    home = paths.BUILD / "home"
    home.mkdir(parents=True, exist_ok=True)
    os.chdir(paths.ROOT)  # sockets have short names relative to the top folder; a longer one does not fit
    folders = {
        "IPYTHONDIR": "ipython",
        "JUPYTER_CONFIG_DIR": "jupyter-config",
        "JUPYTER_DATA_DIR": "jupyter-data",
        "JUPYTER_RUNTIME_DIR": "jupyter-runtime",
        "MPLCONFIGDIR": "matplotlib",
        "XDG_CACHE_HOME": "cache",
    }
    os.environ.update({name: str(home / folder) for name, folder in folders.items()})
    os.environ.update(dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1"))
    os.environ["JUPYTER_PREFER_ENV_PATH"] = "1"
    os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"
    # nbformat imports jsonschema, which would take a second to parse a grammar of addresses; no notebook has one to check
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
    return home
