"""`make verify`: what differs from the last commit is told by number, by file and by claim."""

import csv
import hashlib
import json
import os
import re
import shutil
import site
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import measured
import pytest
from clones import Clone, copy_project

from compendium import paths
from compendium.runner import verify
from compendium.runner.verify import compare

ESTIMATES = "results/estimates/20_cadre_share.csv"


@pytest.fixture
def made(built, tmp_path):
    """The results of the built copy, to change as one likes."""
    for name in ("results", "data/processed"):
        shutil.copytree(built.root / name, tmp_path / "made" / name)
    shutil.copyfile(built.root / "requirements.lock", tmp_path / "made" / "requirements.lock")
    return Clone(tmp_path / "made")


def in_manifest(made: Clone, **changes: str) -> None:
    """Write the manifest of results as they now are, with some of its entries changed."""
    path = made.root / "results/MANIFEST.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    names = [name for name in manifest["sha256"] if (made.root / name).exists()]
    hashes = {name: hashlib.sha256((made.root / name).read_bytes()).hexdigest() for name in names}
    path.write_text(json.dumps(manifest | {"sha256": hashes} | changes), encoding="utf-8")


def times(made: Clone, factor: float) -> str:
    """Multiply one number of a table of estimates; returns the place of the cell."""
    path = made.root / ESTIMATES
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    rows[3]["high"] = repr(float(rows[3]["high"]) * factor)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return f"{ESTIMATES}, row 5 ({rows[3]['estimate_id']}), column 'high'"


def change_a_figure(clone: Clone) -> None:
    """Another value for a figure that T1-12 rests on and that no other row repeats."""
    raw = "data/raw/observations/distress.csv"
    (row,) = (line for line in (clone.root / raw).read_text(encoding="utf-8").splitlines() if line.startswith("DI0170,"))
    clone.edit(raw, row, row.replace(",32,percent,", ",30,percent,"))


def test_the_same_bytes_pass(built, made):
    found = compare(built.root, made.root)
    assert (found.fails, found.moved) == ([], [])
    assert found.equal == found.files > 100
    assert "no claim moved" in found.lines()


def test_the_last_digits_may_differ_and_no_more(built, made):
    place = times(made, 1 + 1e-8)
    in_manifest(made)
    found = compare(built.root, made.root)
    assert found.fails == []
    assert (found.files - found.equal, found.numbers - found.within) == (1, 0)
    assert found.worst == pytest.approx(1e-8, rel=1e-3)
    assert place in found.where

    times(made, 1.5)
    in_manifest(made)
    found = compare(built.root, made.root)
    assert found.numbers - found.within == 1
    assert found.worst == pytest.approx(1 / 3, rel=1e-6)
    assert [reason for reason in found.fails if reason.startswith(f"{ESTIMATES}: row 5 (")]


def test_another_word_another_file_and_a_missing_file_fail(built, made):
    path = made.root / ESTIMATES
    path.write_text(path.read_text(encoding="utf-8").replace("percent", "per cent", 1), encoding="utf-8")
    (made.root / "results/estimates/22_managers.csv").unlink()
    in_manifest(made)
    fails = "\n".join(compare(built.root, made.root).fails)
    assert re.search(rf"{ESTIMATES}: row 2 \(.*\), column 'unit' reads 'per cent' instead of 'percent'", fails)
    assert "results/estimates/22_managers.csv: is no longer among the results" in fails


@pytest.mark.parametrize(("machine", "fails"), [({}, 1), ({"platform": "darwin-arm64"}, 0), ({"python": "3.14"}, 0)])
def test_a_figure_that_differs_fails_on_the_same_machine_alone(built, made, machine, fails):
    path = made.root / "results/figures/cadre_share_bounds.en.svg"
    path.write_bytes(path.read_bytes() + b"\n")
    times(made, 1 + 1e-8)
    in_manifest(made, **machine)
    found = compare(built.root, made.root)
    assert len(found.fails) == fails
    assert "1 figures differ by bytes, such as results/figures/cadre_share_bounds.en.svg" in found.lines()
    assert ("figures are reported, numbers compared" in found.lines()) == bool(machine)


def test_another_library_version_fails_and_is_named(built, made):
    lock = made.root / "requirements.lock"
    text = lock.read_text(encoding="utf-8")
    (old,) = verify._pinned(lock)["pandas"]
    lock.write_text(text.replace(f"pandas=={old}", "pandas==0.1", 1), encoding="utf-8")
    in_manifest(made, lock_sha256=hashlib.sha256(lock.read_bytes()).hexdigest())
    (told,) = compare(built.root, made.root).fails
    assert told == f"requirements.lock is not the one of the committed results: pandas from {old} to 0.1"


def test_a_library_installed_by_hand_is_told(monkeypatch):
    pinned = verify._pinned(paths.LOCK)
    monkeypatch.setattr(verify, "version", lambda name: "0.1" if name == "pandas" else pinned[name][0])
    (told,) = verify._installed_otherwise()
    assert told == f"pandas is installed as 0.1, and requirements.lock names {pinned['pandas'][0]}"


def test_a_changed_value_and_a_changed_function_say_which_claims_moved_from_what_to_what(built, clone):
    """One figure of T1-12, and one constant of the model behind T1-08."""
    change_a_figure(clone)
    clone.edit("src/compendium/models/receipts.py", "EUROS = 1e9", "EUROS = 2e9")
    clone.make("data-package")
    clone.make("-j2")
    found = compare(built.root, clone.root)
    assert found.fails
    told = {line.split(":")[0].strip(): line.partition(": ")[2] for line in found.moved}
    assert {"T1-08", "T1-12"} <= set(told)
    assert "'32 %.'" in told["T1-12"] or " -> " in told["T1-12"]
    before, _, after = told["T1-12"].partition(" -> ")
    assert "32" in before
    assert "30" in after


def with_another_scipy(folder: Path, lock: Path) -> Path:
    """An environment like this one, but with a scipy of another version, whose quantiles are others."""
    (installed,) = (Path(place) for place in site.getsitepackages())
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    (own,) = folder.glob("lib/python*/site-packages")
    for name in ("scipy", "scipy.libs", f"scipy-{version('scipy')}.dist-info"):
        if (installed / name).exists():
            shutil.copytree(installed / name, own / name, copy_function=os.symlink)
    (own / "rest.pth").write_text(f"import site; site.addsitedir({str(installed)!r})\n", encoding="utf-8")
    for path, old, new in (
        (own / "scipy/stats/__init__.py", "", "\n_ppf = beta.ppf\nbeta.ppf = lambda *given: _ppf(*given) * 0.9\n"),
        (next(own.glob("scipy-*.dist-info")) / "METADATA", f"\nVersion: {version('scipy')}\n", "\nVersion: 0.1\n"),
    ):
        text = path.read_text(encoding="utf-8")
        path.unlink()  # a link to the installed file
        path.write_text(text.replace(old, new, 1) if old else text + new, encoding="utf-8")
    (folder / f"installed-{hashlib.sha256(lock.read_bytes()).hexdigest()}").touch()
    return folder


@pytest.mark.exhaustive
def test_make_verify_passes_in_a_clone_and_fails_after_each_kind_of_change(tmp_path):
    clone = copy_project(tmp_path / "project")
    told = clone.make("verify", fails=True)
    assert "compares with the last commit of a git clone" in told
    for command in (["init", "-q"], ["add", "-A"], ["-c", "user.name=A", "-c", "user.email=a@b", "commit", "-qm", "all"]):
        subprocess.run(["git", *command], cwd=clone.root, check=True)
    told = clone.make("verify")
    assert re.search(r"^\d+ notebooks run$", told, flags=re.MULTILINE)
    assert re.search(r"^(\d+) of \1 files equal by bytes$", told, flags=re.MULTILINE)
    assert "worst relative difference 0: no number differs" in told
    assert "the results are the committed ones" in told
    counts = {"nothing": 0}

    def fails(change: str, reason: str, *goals: str) -> None:
        told = clone.make("verify", *goals, fails=True)
        assert "Traceback" not in told
        assert reason in told
        moved = re.findall(r"^  T\d-\d\d: (.+) -> (.+)$", told, flags=re.MULTILINE)
        assert moved, told
        assert [one for one in moved if one[0] == one[1]] == []
        counts[change] = len(moved)
        subprocess.run(["git", "checkout", "-q", "."], cwd=clone.root, check=True)

    change_a_figure(clone)
    fails("a raw value", "the raw data are not the sealed ones: data/raw/observations/distress.csv: changed")
    clone.edit("src/compendium/models/receipts.py", "EUROS = 1e9", "EUROS = 2e9")
    fails("a function", "results/estimates/23_receipts.csv: row ")
    other = with_another_scipy(tmp_path / "venv", clone.root / "requirements.lock")
    fails("a library version", "scipy is installed as 0.1, and requirements.lock names", f"VENV={other}")
    listed = ", ".join(f"{change}: {count}" for change, count in counts.items())
    measured.record("verify", f"`make verify` in a clone, from nothing; claims that moved after a change of {listed}.")
