"""Copies of the project, driven through their Makefile as a user would."""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest

from compendium import paths
from compendium.runner import release


def need(there: bool, what: str) -> None:
    """Skip a test that needs what is not there; fail it where everything has to be (REQUIRE_ALL=1)."""
    if not there:
        if os.environ.get("REQUIRE_ALL") == "1":
            pytest.fail(f"needs {what}")
        pytest.skip(f"needs {what}")


@dataclass(frozen=True)
class Clone:
    """A copy of the project in a folder of its own, driven through its Makefile as a user would."""

    root: Path

    def make(self, *goals: str, fails: bool = False, **environment: str) -> str:
        """Run make (without a goal all but the site) and return all it printed; the tests keep their environment."""
        if all(goal.startswith("-") or "=" in goal for goal in goals):
            goals = (*goals, "results")
        return self.run(["make", *goals], fails=fails, **environment)

    def run(self, command: list[str], *, fails: bool = False, **environment: str) -> str:
        """Run a command in the copy with the environment of the tests, and return all it printed."""
        base = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ} | {"VENV": sys.prefix}
        done = subprocess.run(
            command,
            cwd=self.root,
            env=base | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        assert (done.returncode != 0) == fails, done.stdout
        return done.stdout

    def edit(self, file: str, old: str, new: str) -> None:
        """Replace a text that stands once in a file."""
        path = self.root / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        path.write_text(text.replace(old, new), encoding="utf-8")

    def outputs(self) -> dict[str, bytes]:
        """Every committed output, every executed notebook and what it depends on, by path; the site stands apart."""
        found = {}
        for folder in ("data/processed", "results", "build/default"):
            for path in sorted((self.root / folder).rglob("*")):
                name = path.relative_to(self.root).as_posix()
                if path.is_file() and not name.endswith((".log", "/manifest")) and not name.startswith("build/default/site"):
                    found[name] = path.read_bytes()
        return found


def commands(page: str) -> list[list[str]]:
    """The commands that a page of docs/ prints, block by block, as a shell would run them."""
    text = (paths.DOCS / page).read_text(encoding="utf-8")
    return [["bash", "-e", "-c", block] for block in re.findall(r"```sh\n(.*?)```", text, flags=re.DOTALL)]


def notebooks_run(printed: str) -> list[str]:
    """The notebooks that a make ran, by what it printed."""
    return [line.split()[1] for line in printed.splitlines() if line.startswith("[") and "  starts" in line]


def tracked() -> list[str]:
    """What git would commit; in a folder unpacked from a release, what it would have."""
    if released := release.sums():
        names = [name for name in released if not name.startswith("build/")]
    else:
        command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        names = subprocess.run(command, cwd=paths.ROOT, stdout=subprocess.PIPE, check=True).stdout.decode().split("\0")
    return [name for name in names if name and (paths.ROOT / name).exists()]


def copy_project(to: Path) -> Clone:
    """Copy what git would commit, without the history."""
    for name in tracked():
        target = to / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(paths.ROOT / name, target)
    return Clone(to)


def results(clone: Clone) -> dict[str, bytes]:
    """The committed outputs alone."""
    return {name: data for name, data in clone.outputs().items() if not name.startswith("build/")}


def wait_for(condition: Callable[[], object], seconds: float = 30) -> None:
    """Wait until something is so; fail if it is not in time."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


def processes_in(folder: Path) -> list[str]:
    """The processes that work in a folder."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and (entry / "cwd").resolve() == folder.resolve():
                found.append(entry.name)
        except OSError:  # it has ended meanwhile
            continue
    return found


def put_first(clone: Clone, notebook: str, source: str) -> None:
    """Put lines before those of a notebook's first own cell."""
    path = clone.root / f"notebooks/{notebook}.ipynb"
    content = nbformat.read(path, as_version=4)
    setup = next(cell for cell in content.cells if cell.id == "setup")
    setup.source = f"{source}\n{setup.source}"
    nbformat.write(content, path)
