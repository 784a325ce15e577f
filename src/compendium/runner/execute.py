"""Around papermill: a kernel on Unix sockets, a failure told in the words of the notebook, a normalised result."""

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import nbformat
import papermill
from jupyter_client.manager import AsyncKernelManager
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill.exceptions import PapermillExecutionError
from traitlets.config import Config

from compendium import paths
from compendium.runner import NotebookFailed

INJECTED = "injected-parameters"


class Manager(AsyncKernelManager):
    """Starts a kernel that opens no port."""

    def format_kernel_cmd(self, extra_arguments: list[str] | None = None) -> list[str]:
        """The command of the kernel, with our module for its own."""
        command = super().format_kernel_cmd(extra_arguments)
        return ["compendium.runner.kernel" if part == "ipykernel_launcher" else part for part in command]


def execute(
    notebook: Path,
    output: Path,
    parameters: Mapping[str, Any],
    folder: Path,
    cell_timeout_seconds: int,
    on_cell: Callable[[int, int], None],
    manager: type = Manager,
) -> None:
    """Run every cell, or raise NotebookFailed; either way leave the normalised notebook in `output`.

    Args:
        folder: for the kernel's sockets.
        manager: the class of kernel managers, which owns the kernel's process.
    """
    connection_file = {"connection_file": str(folder / "kernel.json")}  # else it goes to the machine's temporary folder
    total = len(nbformat.read(notebook, as_version=4).cells) + 1  # papermill adds the cell with the parameters
    begun: list[Any] = []

    def started(cell: Any, cell_index: int) -> None:
        begun.append(cell)
        on_cell(cell_index + 1, total)

    try:
        papermill.execute_notebook(
            notebook,
            output,
            dict(parameters),
            kernel_name="python3",
            progress_bar=False,
            execution_timeout=cell_timeout_seconds,
            # "immediate" kills the kernel: there is nothing to ask it, and asking takes a second
            shutdown_kernel="immediate",
            coalesce_streams=True,
            request_save_on_cell_execute=False,  # it would save and validate the whole notebook twice a cell
            on_cell_start=started,
            # papermill drops a transport given to it; a kernel manager takes it from its configuration. Two kernels need
            # addresses of their own, short enough for a Unix socket and relative to the top folder.
            config=Config({"KernelManager": {"transport": "ipc", "ip": f"{paths.relative(folder)}/s"} | connection_file}),
            kernel_manager_class=manager,
            extra_arguments=["--IPKernelApp.extensions=compendium.runner.observe"],
        )
    except PapermillExecutionError as error:
        raise NotebookFailed(_told(notebook, error)) from None
    except CellTimeoutError:
        raise NotebookFailed(_stopped(output, begun, f"ran longer than {cell_timeout_seconds} seconds")) from None
    except DeadKernelError:
        raise NotebookFailed(_stopped(output, begun, "ended its kernel (killed, or out of memory)")) from None
    except OSError:  # the disk is full: what was written of the notebook may be half of it
        output.unlink(missing_ok=True)
        raise
    finally:
        if output.exists():
            normalise(output)
    skipped = [cell.id for cell in nbformat.read(output, as_version=4).cells if _is_unrun(cell)]
    if skipped:  # papermill takes sys.exit(0) for success
        raise NotebookFailed(f"{notebook.stem} ended before its cell '{skipped[0]}'")


def _is_unrun(cell: Any) -> bool:
    return cell.cell_type == "code" and bool(cell.source.strip()) and cell.execution_count is None


def _told(notebook: Path, error: PapermillExecutionError) -> str:
    """The cell, its lines and the error, without the stack of the tools."""
    cells = nbformat.read(notebook, as_version=4).cells
    known = next((cell.id for cell in cells if cell.source == error.source), INJECTED)
    place = re.search(r"Cell In\[\d+\].*?line (\d+)", _plain("\n".join(error.traceback)))
    at = int(place.group(1)) if place else 0
    lines = [f"  {'>' if i == at else ' '} {line}" for i, line in enumerate(error.source.splitlines(), 1)]
    return "\n".join([f"{notebook.stem} failed in cell '{known}':", *lines, f"{error.ename}: {_plain(error.evalue)}"])


def _stopped(output: Path, begun: list[Any], what: str) -> str:
    """Keep the cells that began, since papermill keeps none of a notebook that stops; tell of the last."""
    nbformat.write(nbformat.v4.new_notebook(cells=begun), output)
    cell = begun[-1]
    lines = [f"    {line}" for line in cell.source.splitlines()]
    return "\n".join([f"cell '{cell.id}' {what}:", *lines])


def _plain(text: str) -> str:
    """Text without terminal colours."""
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


def normalise(path: Path) -> None:
    """Take out of an executed notebook what differs from run to run: times, ids made up, paths, memory addresses."""
    content = json.loads(path.read_text(encoding="utf-8"))
    content["metadata"].pop("papermill", None)
    content["metadata"].get("language_info", {}).pop("version", None)
    for cell in content["cells"]:
        for key in ("papermill", "execution"):
            cell["metadata"].pop(key, None)
        if INJECTED in cell["metadata"].get("tags", []):
            cell["id"] = INJECTED
    text = json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True)
    text = text.replace(f"{paths.ROOT}/", "").replace(str(paths.ROOT), ".")
    text = re.sub(r"\b0x[0-9a-f]{8,}", "0x…", text)
    path.write_text(text + "\n", encoding="utf-8")
