"""When things go wrong: two makes at once, a run that is killed, a disk that is full or may not be written."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from clones import Clone, need, processes_in, results, wait_for

NOTEBOOK = "23_receipts"
MODEL = "src/compendium/models/receipts.py"


def first(clone: Clone, notebook: str, source: str) -> None:
    """Put lines before those of a notebook's first own cell."""
    path = clone.root / f"notebooks/{notebook}.ipynb"
    content = nbformat.read(path, as_version=4)
    setup = next(cell for cell in content.cells if cell.id == "setup")
    setup.source = f"{source}\n{setup.source}"
    nbformat.write(content, path)


def start(clone: Clone, *goals: str) -> subprocess.Popen:
    """A make that runs beside the test, once the notebook has come to its own cells."""
    command = ["make", f"VENV={sys.prefix}", *goals]
    out = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    process = subprocess.Popen(command, cwd=clone.root, start_new_session=True, **out)
    log = clone.root / f"build/default/{goals[0]}.log"
    wait_for(lambda: log.exists() and "cell 3 of" in log.read_text(encoding="utf-8"), 60)
    return process


@contextlib.contextmanager
def mounted(folder: Path, *mounts: list[str]) -> Iterator[None]:
    """A folder with something mounted on it; needs root."""
    able = os.geteuid() == 0 and subprocess.run(["mount", *mounts[0], folder], capture_output=True, check=False).returncode == 0
    need(able, "root that may mount")
    try:
        for mount in mounts[1:]:
            subprocess.run(["mount", *mount, folder], check=True)
        yield
    finally:
        subprocess.run(["umount", folder], check=True)


def test_a_second_make_is_refused_and_what_a_killed_one_leaves_is_cleared_away(clone):
    (clone.root / f"build/default/{NOTEBOOK}.log").unlink()
    before, home = results(clone), clone.root / "build/home"
    first(clone, NOTEBOOK, "import time; time.sleep(60)")
    process = start(clone, NOTEBOOK)
    printed = clone.make("data-package", fails=True)
    says = f"another make (process {process.pid}) is at work on the scenario 'default' in this clone: wait until it has ended"
    assert says in printed
    assert "Traceback" not in printed
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    wait_for(lambda: not processes_in(clone.root))
    assert list(home.glob("k*"))
    first(clone, NOTEBOOK, "import time; time.sleep = print")
    clone.make(NOTEBOOK)
    assert list(home.glob("k*")) == []
    assert results(clone) == before


def test_results_that_may_not_be_written_are_told_and_left_whole(clone):
    before = results(clone)
    clone.edit(MODEL, "EUROS = 1e9", "EUROS = 2e9")
    folder = clone.root / "results"
    with mounted(folder, ["--bind", str(folder)], ["-o", "remount,ro,bind"]):
        printed = clone.make(NOTEBOOK, fails=True)
    assert "results/estimates/23_receipts.csv: Read-only file system. Nothing is left half-written" in printed
    assert "Traceback" not in printed
    assert results(clone) == before
    clone.edit(MODEL, "EUROS = 2e9", "EUROS = 1e9")
    clone.make(NOTEBOOK)
    assert results(clone) == before


@pytest.mark.exhaustive
def test_a_full_disk_is_told_and_leaves_no_half_file(clone, tmp_path):
    """With no room at all, and with room for the first files of a notebook alone."""
    small = tmp_path / "small"
    small.mkdir()
    with mounted(small, ["-t", "tmpfs", "-o", "size=128m", "tmpfs"]):
        shutil.copytree(clone.root, small / "project")
        there = Clone(small / "project")
        before = results(there)
        there.edit(MODEL, "EUROS = 1e9", "EUROS = 2e9")
        for room in (0, 100_000, 300_000):
            ballast = small / "ballast"
            with contextlib.suppress(OSError), ballast.open("wb", buffering=0) as file:
                while True:
                    file.write(bytes(4096))
            os.truncate(ballast, max(0, ballast.stat().st_size - room))
            printed = there.make(NOTEBOOK, fails=True)
            assert "No space left on device" in printed
            assert "Traceback" not in printed
            left = results(there)
            assert {name for name in left if left[name] != before[name]} == set()
            ballast.unlink()
        there.edit(MODEL, "EUROS = 2e9", "EUROS = 1e9")
        there.make("-j2")
        assert results(there) == before
