"""When things go wrong: a run that is killed, two makes at once, a disk that is full or may not be written."""

import contextlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import measured
import psutil
import pytest
from clones import Clone, copy_project, need, processes_in, put_first, results, wait_for

NOTEBOOK = "23_receipts"
MODEL = "src/compendium/models/receipts.py"


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


class Run:
    """A make that runs beside the test, with all that it starts, and that is killed."""

    def __init__(self, clone: Clone, *goals: str):
        self.clone, self.mark = clone, uuid.uuid4().hex
        command = ["make", f"VENV={sys.prefix}", "-j2", *goals]
        self.log = (clone.root / "build.log").open("w+", encoding="utf-8")
        environment = os.environ | {"COMPENDIUM_TEST": self.mark}  # all that it starts has this too
        self.make = subprocess.Popen(
            command, cwd=clone.root, env=environment, start_new_session=True, stdout=self.log, stderr=self.log
        )

    def processes(self) -> dict[str, list[psutil.Process]]:
        """All processes of the run, by their part in it."""
        found: dict[str, list[psutil.Process]] = {}
        for process in psutil.process_iter():
            with contextlib.suppress(psutil.Error, OSError):
                if process.environ().get("COMPENDIUM_TEST") == self.mark and process.status() != psutil.STATUS_ZOMBIE:
                    found.setdefault(self._part(process, process.cmdline()), []).append(process)
        return found

    def _part(self, process: psutil.Process, command: list[str]) -> str:
        if process.pid == self.make.pid:
            return "make"
        if any(part.endswith("warm.py") for part in command):  # the host, or its forks: a runner, a kernel with its session
            parent = process.parent()
            if parent is None or not any(part.endswith("warm.py") for part in parent.cmdline()):
                return "host"
            return "kernel" if os.getsid(process.pid) == process.pid else "runner"
        named = {"compendium.runner": "recipe", "compendium.runner.kernel": "kernel", "sphinx": "Sphinx"}
        return next((name for part, name in named.items() if part in command), "other")

    def kill(self, part: str) -> bool:
        """Kill -9 one process of that part, once there is one; False if the run ended before."""
        while self.make.poll() is None:
            if found := self.processes().get(part):
                with contextlib.suppress(psutil.NoSuchProcess):
                    found[0].kill()
                    return True
            time.sleep(0.02)
        return False

    def end(self) -> str:
        """Wait until all has ended, with Ctrl-C for a run that goes on without what was killed; returns what it printed."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.make.wait(timeout=2)
        if self.make.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.make.pid, signal.SIGINT)
        self.make.wait(timeout=60)
        wait_for(lambda: not self.processes(), 60)
        self.log.seek(0)
        printed = self.log.read()
        self.log.close()
        return printed


def torn(clone: Clone, reference: dict[str, bytes]) -> list[str]:
    """What stands under a final name and is not as it should be; a name that begins with a dot is not final."""
    final = {name: data for name, data in clone.outputs().items() if not any(part[0] == "." for part in name.split("/"))}
    return [name for name, data in final.items() if data != reference.get(name)]


def finished(clone: Clone) -> int:
    return len(list((clone.root / "build/default").glob("[0-9]*.sha256")))


def killed(built: Clone, clone: Clone, seed: int, kills: int, at_the_site: int = 0) -> Counter[str]:
    """A full run from nothing, killed at seeded moments spread over it and taken up again each time; how often each part died.

    After each kill no process is left, and each file under a final name is whole; the last make ends with the same manifest.
    """
    reference, draw, died = built.outputs(), random.Random(seed), Counter[str]()
    notebooks = finished(built)
    for folder in ("results", "data/processed"):
        shutil.rmtree(clone.root / folder)
    for number in range(kills + at_the_site):
        warm, site = draw.random() < 0.75, number >= kills
        parts = ["make", "recipe", "Sphinx"] if site else ["make", "recipe", "kernel", *(["host", "runner"] if warm else [])]
        part, delay = parts[number % len(parts)], draw.uniform(0, 3)
        run = Run(clone, "all" if site else "results", f"WARM={int(warm)}")
        wanted = notebooks * min(number, kills) // (kills + 2)  # the last before the end, when there is still work
        wait_for(lambda run=run, wanted=wanted: finished(clone) >= wanted or run.make.poll() is not None, 600)
        if site:
            wait_for(lambda run=run: run.processes().get("Sphinx") or run.make.poll() is not None, 600)
        time.sleep(delay)
        died[part] += run.kill(part)
        printed = run.end()
        assert torn(clone, reference) == [], f"kill {number} of {part}: {printed}"
        folder = clone.root / "build/site"
        assert not folder.exists() or (folder / "search.html").exists()
    clone.make("-j2", *(["all"] if at_the_site else []))
    left = clone.outputs()
    assert sorted(left) == sorted(reference)
    assert torn(clone, reference) == []
    return died


def test_a_run_killed_at_eight_moments_ends_with_the_same_manifest(built, tmp_path):
    died = killed(built, copy_project(tmp_path / "project"), seed=1, kills=8)
    assert died.total() >= 7  # a run may come to its end first
    assert len(died) >= 4


@pytest.mark.exhaustive
def test_runs_killed_at_fifty_moments_end_with_the_same_manifest(built, tmp_path):
    clones = [copy_project(tmp_path / name) for name in "ab"]
    with ThreadPoolExecutor() as pool:
        runs = [pool.submit(killed, built, clone, seed, kills=22, at_the_site=5) for seed, clone in enumerate(clones, 2)]
        died = sum((run.result() for run in runs), Counter[str]())
    assert died.total() >= 50
    parts = ", ".join(f"{part} {count}" for part, count in sorted(died.items()))
    measured.record(
        "kills",
        f"{died.total()} kills (`kill -9`) at seeded moments of {len(clones)} full runs, each taken up again after every kill: "
        f"{parts}. After each, 0 processes were left and 0 files under a final name were not whole; all runs ended with the "
        "same manifest.",
    )


def test_a_second_make_is_refused_and_what_a_killed_one_leaves_is_cleared_away(clone):
    (clone.root / f"build/default/{NOTEBOOK}.log").unlink()
    before, home = results(clone), clone.root / "build/home"
    put_first(clone, NOTEBOOK, "import time; time.sleep(60)")
    process = start(clone, NOTEBOOK)
    printed = clone.make("data-package", fails=True)
    says = f"another make (process {process.pid}) is at work on the scenario 'default' in this clone: wait until it has ended"
    assert says in printed
    assert "Traceback" not in printed
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    wait_for(lambda: not processes_in(clone.root))
    assert list(home.glob("k*"))
    put_first(clone, NOTEBOOK, "import time; time.sleep = print")
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
