"""`make release`: the same bytes each time, and an archive that builds and verifies without git."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest
from clones import Clone, copy_project, need

from compendium import paths
from compendium.errors import InputError
from compendium.runner import release

VERSION = paths.version()
ARCHIVE = f"compendium-{VERSION}.tar.gz"
AUTHOR = ["-c", "user.name=A", "-c", "user.email=a@b", "-c", "commit.gpgsign=false"]


def commit(root: Path) -> None:
    """Make a folder a git clone with one commit of all that stands there."""
    for command in (["init", "-q"], ["add", "-A"], [*AUTHOR, "commit", "-qm", "all"]):
        subprocess.run(["git", *command], cwd=root, check=True)


def small(root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small project with a site and a crate, all committed but these, taken for the project; returns its folder."""
    for name in ("pyproject.toml", "CITATION.cff", ".gitignore", "requirements.lock", ".ci/run"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(paths.ROOT / name, root / name)
    made = {"results/é t.csv": "a\n", "results/z.csv": "z\n", "build/site/index.html": "<p>", "build/default/x.log": "-"}
    for name, text in (made | {"build/crate/results/z.csv": "z\n"}).items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    commit(root)
    places = {"PROJECT": "pyproject.toml", "CITATION": "CITATION.cff", "SUMS": "SHA256SUMS", "BUILD": "build"}
    places |= {"CRATE": "build/crate", "RELEASE": "build/release"}
    monkeypatch.setattr(paths, "ROOT", root)
    for name, place in places.items():
        monkeypatch.setattr(paths, name, root / place)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1735689600")
    return root


def unpacked(archive: Path, to: Path) -> Path:
    """The top folder of an archive, unpacked."""
    with tarfile.open(archive) as packed:
        packed.extractall(to, filter="data")
    (top,) = to.iterdir()
    return top


def test_an_archive_is_the_same_from_another_folder_under_another_umask_at_another_time(tmp_path, monkeypatch):
    one = small(tmp_path / "one", monkeypatch)
    release.write(VERSION)
    umask = os.umask(0o077)
    try:
        other = small(tmp_path / "a much longer name" / "other", monkeypatch)
        for path in other.rglob("*"):
            os.utime(path, (0, 0))
        release.write(VERSION)
    finally:
        os.umask(umask)
    for name in (ARCHIVE, "SHA256SUMS"):
        assert (one / "build/release" / name).read_bytes() == (other / "build/release" / name).read_bytes()
    with tarfile.open(one / "build/release" / ARCHIVE) as packed:
        entries = {entry.name.removeprefix(f"compendium-{VERSION}/"): entry for entry in packed}
    assert next(iter(entries)) == "SHA256SUMS"
    assert [*entries][1:] == sorted([*entries][1:])
    assert "results/é t.csv" in entries
    assert {"build/site/index.html", "build/crate/results/z.csv"} == {name for name in entries if name.startswith("build/")}
    assert {(entry.mtime, entry.uid, entry.gid, entry.uname, entry.gname) for entry in entries.values()} == {
        (1735689600, 0, 0, "", "")
    }
    assert (entries[".ci/run"].mode, entries["CITATION.cff"].mode) == (0o755, 0o644)


def test_its_checksums_hold_inside_and_beside_and_name_a_changed_file(tmp_path, monkeypatch):
    root = small(tmp_path / "project", monkeypatch)
    release.write(VERSION)
    check = ["sha256sum", "--check", "--quiet", "SHA256SUMS"]
    subprocess.run(check, cwd=root / "build/release", check=True)
    top = unpacked(root / "build/release" / ARCHIVE, tmp_path / "unpacked")
    subprocess.run(check, cwd=top, check=True)
    (top / "results/z.csv").write_text("other\n", encoding="utf-8")
    done = subprocess.run(check, cwd=top, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "results/z.csv: FAILED\n")


@pytest.mark.parametrize(
    ("version", "says"),
    [
        ("", f"VERSION='' is no version: three numbers, such as make release VERSION={VERSION}"),
        ("1.0", "VERSION='1.0' is no version"),
        ("1.0.0/../x", "is no version"),
        ("9.9.9", f"VERSION=9.9.9 is not the version in pyproject.toml, {VERSION}"),
    ],
)
def test_a_version_that_is_none_or_not_the_projects_is_refused(tmp_path, monkeypatch, version, says):
    root = small(tmp_path / "project", monkeypatch)
    with pytest.raises(InputError, match=re.escape(says)):
        release.write(version)
    assert not (root / "build/release").exists()


def test_the_citation_has_to_have_the_version_too(tmp_path, monkeypatch):
    root = small(tmp_path / "project", monkeypatch)
    Clone(root).edit("CITATION.cff", f"\nversion: {VERSION}", "\nversion: 0.0.9")
    with pytest.raises(InputError, match=re.escape(f"VERSION={VERSION} is not the version in CITATION.cff, 0.0.9")):
        release.write(VERSION)


def test_what_is_not_committed_is_refused_by_name(tmp_path, monkeypatch):
    root = small(tmp_path / "project", monkeypatch)
    (root / "results/z.csv").write_text("changed\n", encoding="utf-8")
    (root / "new.txt").write_text("new\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"not all is committed: results/z\.csv, new\.txt$"):
        release.write(VERSION)
    shutil.rmtree(root / ".git")
    with pytest.raises(InputError, match="a release is made in a git clone, from its last commit: "):
        release.write(VERSION)


def test_released_results_come_from_where_they_stand_unchanged_and_from_nowhere_else(tmp_path, monkeypatch):
    root = small(tmp_path / "project", monkeypatch)
    assert release.sums() == {}
    release.write(VERSION)
    top = unpacked(root / "build/release" / ARCHIVE, tmp_path / "unpacked")
    for name, place in {"ROOT": ".", "SUMS": "SHA256SUMS", "CRATE": "build/crate"}.items():
        monkeypatch.setattr(paths, name, top / place)
    assert release.sums()["results/z.csv"] == hashlib.sha256(b"z\n").hexdigest()
    for name in ("results/z.csv", "results/é t.csv"):
        (top / name).write_text("other\n", encoding="utf-8")
    release.restore(["results/z.csv"], tmp_path / "restored")  # the crate has it
    assert (tmp_path / "restored/results/z.csv").read_text(encoding="utf-8") == "z\n"
    with pytest.raises(InputError, match=r"results/é t\.csv is no longer as it was released"):
        release.restore(["results/é t.csv"], tmp_path / "restored")


PAGES = ("docs/deposit.md", "docs/deposit.fr.md")


def commands(page: str) -> list[str]:
    """The commands of a page, a block of them each."""
    return re.findall(r"^```sh\n(.*?)^```$", (paths.ROOT / page).read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)


def as_printed(block: str, folder: Path) -> str:
    """Run a block of commands in a folder, with the environment of the tests; return all it printed."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    done = subprocess.run(
        ["sh", "-ec", block],
        cwd=folder,
        env=kept | {"VENV": sys.prefix},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


def test_both_pages_print_the_same_commands_for_this_version():
    english, french = (commands(page) for page in PAGES)
    assert english == french
    assert len(english) == 2
    assert f"VERSION={VERSION}" in english[0]
    assert ARCHIVE in english[1]


@pytest.mark.exhaustive
def test_the_pages_commands_make_an_archive_that_builds_and_verifies_without_git(clone, tmp_path):
    """One more full run from nothing, in the archive."""
    need((paths.site("default") / "index.html").exists(), "the site (`make`)")
    shutil.copytree(paths.site("default"), clone.root / "build/site")  # where it is that of the clone, make builds none
    shutil.copy2(paths.build("default") / "site.made", clone.root / "build/default/site.made")
    commit(clone.root)
    make, verify = commands(PAGES[0])
    assert f"{ARCHIVE}: OK" in as_printed(make, clone.root)
    (tmp_path / "reader").mkdir()
    shutil.copy(clone.root / "build/release" / ARCHIVE, tmp_path / "reader")
    told = as_printed(verify, tmp_path / "reader")
    assert re.search(r"^(\d+) of \1 files equal by bytes$", told, flags=re.MULTILINE)
    assert told.endswith("the results are the released ones\n")

    top = Clone(tmp_path / "reader" / ARCHIVE.removesuffix(".tar.gz"))
    tracked = subprocess.run(["git", "ls-files"], cwd=clone.root, capture_output=True, text=True, check=True).stdout.split()
    assert all((top.root / name).read_bytes() == (clone.root / name).read_bytes() for name in tracked)
    assert {path.name for path in (top.root / "build").iterdir()} >= {"site", "crate"}
    assert "needs the git history of the project" in top.make("diff", fails=True, GIT_CEILING_DIRECTORIES=str(tmp_path))


@pytest.mark.exhaustive
def test_a_clone_elsewhere_built_from_nothing_gives_the_same_archive_and_the_archive_the_same_site(clone, tmp_path):
    commit(clone.root)
    clone.make("release", f"VERSION={VERSION}")
    other = copy_project(tmp_path / "a clone in a folder with a longer name")
    commit(other.root)
    subprocess.run(["git", "clone", "-q", other.root, tmp_path / "cloned"], cwd=tmp_path, check=True)
    umask = os.umask(0o077)
    try:
        cloned = Clone(tmp_path / "cloned")
        cloned.make("-j2", "release", f"VERSION={VERSION}", TZ="Asia/Tokyo")
    finally:
        os.umask(umask)
    for name in (ARCHIVE, "SHA256SUMS"):
        assert (clone.root / "build/release" / name).read_bytes() == (cloned.root / "build/release" / name).read_bytes()

    top = Clone(unpacked(cloned.root / "build/release" / ARCHIVE, tmp_path / "unpacked"))
    top.make("-j2", "all", "crate")
    subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=top.root, check=True)
