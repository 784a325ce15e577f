"""`make verify`: are the results in the last commit what the tracked files give, run from nothing in a folder of their own?

In a folder unpacked from a release, which has no commit, the released files take its place.
Bytes are compared first; where they differ, every number of a table, a trace or a picture of the ledger, and the text between.
"""

import contextlib
import csv
import io
import json
import math
import os
import re
import shutil
import subprocess
import sys
import tarfile
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from compendium import paths, processes
from compendium.compare import NOTHING, claims, counted
from compendium.errors import InputError
from compendium.runner import release
from compendium.runner.git import git

# Tables are written with ten significant digits; another processor or library of linear algebra moves the last ones.
TOLERANCE = 1e-6
NEEDED = "`make verify` compares with the last commit of a git clone"
FIGURES = (".svg", ".png", ".pdf")
NUMBER = re.compile(r"(?<![\w.])[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?(?!\w)")
HASH = re.compile(r"\b[0-9a-f]{64}\b")  # of a figure, in its trace


@dataclass
class Comparison:
    """What was found; `fails` says why the results are not the committed ones, a line each."""

    files: int = 0
    equal: int = 0
    numbers: int = 0
    within: int = 0
    worst: float = 0.0
    where: str = ""
    moved: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    fails: list[str] = field(default_factory=list)

    def lines(self) -> str:
        """The report for a terminal."""
        told = [f"{self.equal} of {self.files} files equal by bytes"]
        if self.numbers:
            told.append(
                f"{self.within} of {self.numbers} numbers of the other files equal within {TOLERANCE:g} of their size; "
                f"worst relative difference {self.worst:.2g}" + (f" ({self.where})" if self.where else "")
            )
        else:
            told.append("worst relative difference 0: no number differs")
        claims = [f"{counted(len(self.moved), 'claim', 'claims')} moved:", *self.moved] if self.moved else ["no claim moved"]
        return "\n".join([*told, *self.notes, *claims, *self.fails])


def verify() -> bool:
    """Run everything from the tracked files in build/verify/, print how it compares with the last commit; is it the same?

    Raises:
        InputError: this is no clone with committed results, or the run failed.
    """
    folder = paths.BUILD / "verify"
    shutil.rmtree(folder, ignore_errors=True)
    committed, made = folder / "committed", folder / "made"
    for name in _tracked():
        target = made / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(paths.ROOT / name, target)
    if released := release.sums():
        release.restore([name for name in released if name.startswith(_outputs()) or name == paths.LOCK.name], committed)
    else:
        with tarfile.open(fileobj=io.BytesIO(git("archive", "HEAD", needed=NEEDED))) as archive:
            archive.extractall(committed, filter="data")
    print(f"running everything from nothing in {paths.relative(made)}", flush=True)
    resealed = _make(made, "data-package").strip()
    _make(made, f"-j{os.cpu_count()}", "results", shown=True)
    ran = len(list((made / "build" / "default").glob("*.sha256")))
    found = compare(committed, made)
    found.fails += [] if resealed == "nothing changed" else [f"the raw data are not the sealed ones: {resealed}"]
    found.fails += _installed_otherwise()
    print(f"\n{ran} notebooks run\n{found.lines()}")
    print(f"the results are {'not ' if found.fails else ''}the {'released' if released else 'committed'} ones")
    return not found.fails


def compare(committed: Path, made: Path) -> Comparison:
    """Compare two copies of the project by their manifests, and where bytes differ by their numbers.

    Args:
        committed: with the results as committed.
        made: with the results as made now.
    """
    before, after = _manifest(committed), _manifest(made)
    found = Comparison()
    same_machine = all(before[key] == after[key] for key in ("python", "platform"))
    if not same_machine:
        machine = "Python {python} on {platform}"
        found.notes.append(
            f"committed with {machine.format(**before)}, run with {machine.format(**after)}: "
            "figures are reported, numbers compared"
        )
    if before["lock_sha256"] != after["lock_sha256"]:
        changed = _changed_versions(committed / paths.LOCK.name, made / paths.LOCK.name)
        found.fails.append(f"requirements.lock is not the one of the committed results: {changed}")
    drawn = []
    for name in sorted(before["sha256"].keys() | after["sha256"].keys()):
        found.files += 1
        if name not in after["sha256"] or name not in before["sha256"]:
            found.fails.append(f"{name}: {'is no longer' if name in before['sha256'] else 'was not'} among the results")
        elif before["sha256"][name] == after["sha256"][name]:
            found.equal += 1
        elif name.endswith(FIGURES):
            drawn.append(name)
        elif reason := _compare_text(found, name, committed / name, made / name):
            found.fails.append(f"{name}: {reason}")
    if drawn:
        told = f"{len(drawn)} figures differ by bytes, such as {drawn[0]}"
        (found.fails if same_machine else found.notes).append(told)
    before_ledger, after_ledger = (folder / "results" / "ledger.csv" for folder in (committed, made))
    found.moved = [f"  {change.told()}" for change in claims(before_ledger, after_ledger, TOLERANCE)]
    return found


def _compare_text(found: Comparison, name: str, one: Path, other: Path) -> str:
    """Count the numbers of two files into `found`; the first reason why they are not the same, or an empty string."""
    reason = ""
    before, after = _places(one), _places(other)
    if len(before) != len(after):
        reason = f"has {len(after)} places instead of {len(before)}"
    for (place, was), (_, is_now) in zip(before, after, strict=False):
        if NUMBER.split(was) != NUMBER.split(is_now):
            reason = reason or f"{place} reads '{_short(is_now)}' instead of '{_short(was)}'"
            continue
        for old, new in zip(NUMBER.findall(was), NUMBER.findall(is_now), strict=True):
            a, b = float(old), float(new)
            apart = 0.0 if math.isclose(a, b, rel_tol=0, abs_tol=NOTHING) else abs(a - b) / max(abs(a), abs(b))
            found.numbers += 1
            found.within += apart <= TOLERANCE
            if apart > found.worst:
                found.worst, found.where = apart, f"{name}, {place}: {old} became {new}"
            if apart > TOLERANCE:
                reason = reason or f"{place}: {old} became {new}"
    return reason


def _places(path: Path) -> list[tuple[str, str]]:
    """The cells of a table, or the lines of another text, each with the name of its place."""
    text = HASH.sub("hash", path.read_text(encoding="utf-8"))
    if path.suffix != ".csv":
        return [(f"line {line}", content) for line, content in enumerate(text.splitlines(), 1)]
    rows = csv.reader(io.StringIO(text))
    header = next(rows, [])
    return [
        (f"row {line} ({row[0]}), column '{column}'", cell)
        for line, row in enumerate(rows, 2)
        for column, cell in zip(header, row, strict=False)
    ]


def _manifest(folder: Path) -> dict[str, Any]:
    path = folder / "results" / "MANIFEST.json"
    if not path.exists():
        raise InputError("results/MANIFEST.json is not in the last commit: there is nothing to compare with")
    return json.loads(path.read_text(encoding="utf-8"))


def _changed_versions(one: Path, other: Path) -> str:
    """The libraries whose pinned versions differ between two lock files."""
    before, after = _pinned(one), _pinned(other)
    names = sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))
    changes = [
        f"{name} from {' or '.join(before.get(name, ['none']))} to {' or '.join(after.get(name, ['none']))}" for name in names
    ]
    return ", ".join(changes) or "the same versions, other hashes or conditions"


def _installed_otherwise() -> list[str]:
    """The libraries that are installed in a version that the lock does not name."""
    told = []
    for name, pinned in _pinned(paths.LOCK).items():
        with contextlib.suppress(PackageNotFoundError):  # it is for another system
            if (installed := version(name)) not in pinned:
                told.append(f"{name} is installed as {installed}, and requirements.lock names {' or '.join(pinned)}")
    return told


def _pinned(lock: Path) -> dict[str, list[str]]:
    """Library -> its versions in a lock file: one, or several for several versions of Python."""
    versions: dict[str, list[str]] = {}
    for name, pinned in re.findall(r"^([a-z0-9._-]+)==(\S+)", lock.read_text(encoding="utf-8"), flags=re.MULTILINE):
        versions.setdefault(name, []).append(pinned)
    return versions


def _tracked() -> list[str]:
    """The files that git knows or that were released, without what is made of them, as they stand in the working folder."""
    listed = list(release.sums()) or git("ls-files", "-z", needed=NEEDED).decode().split("\0")
    made = (*_outputs(), f"{paths.relative(paths.BUILD)}/")
    return [name for name in listed if name and not name.startswith(made) and (paths.ROOT / name).exists()]


def _outputs() -> tuple[str, ...]:
    return tuple(f"{paths.relative(folder)}/" for folder in (paths.processed("default"), paths.results("default")))


def _make(folder: Path, *goals: str, shown: bool = False) -> str:
    """Run make in a copy with the environment of this process; what it printed, where it is not shown as it runs."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}  # nothing of the make around
    command = ["make", f"VENV={os.path.relpath(sys.prefix, folder)}", *goals]
    done = subprocess.run(
        command,
        cwd=folder,
        env=kept,
        stdout=None if shown else subprocess.PIPE,
        stderr=None if shown else subprocess.STDOUT,
        text=True,
        check=False,
        preexec_fn=processes.end_with_parent,
    )
    if done.returncode:
        raise InputError((done.stdout or "") + f"the run in {paths.relative(folder)} did not come to its end")
    return done.stdout or ""


def _short(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:79]}…"
