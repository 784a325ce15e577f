"""The same bytes elsewhere: another folder, home, clock, language and mask, a terminal, one job, no way out of the clone."""

import hashlib
import os
import pty
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import measured
import pytest
from clones import Clone, copy_project, need

CLOSED = Path(__file__).with_name("closed.sh")
ELSEWHERE = {"TZ": "Asia/Tokyo", "LC_ALL": "fr_FR.UTF-8", "LANG": "fr_FR.UTF-8", "PYTHONHASHSEED": "7", "TERM": "xterm"}


@dataclass(frozen=True)
class Elsewhere:
    """A run under other conditions."""

    clone: Clone
    closed: bool  # without network, and with every file read-only that is not in the clone
    sockets: set[str]  # TCP sockets seen while it ran, as lines of /proc/net/tcp
    printed: str


def able_to_close() -> bool:
    """Whether this user may have namespaces of his own, and what is mounted there made read-only."""
    command = ["unshare", "--net", "--mount", "--map-root-user", "sh", CLOSED, "true"]
    return shutil.which("unshare") is not None and subprocess.run(command, capture_output=True, check=False).returncode == 0


def own_sockets(process: Path) -> set[str]:
    """TCP sockets of the network that a process has to itself, as lines; none while it shares ours (unshare does at first)."""
    try:
        if os.readlink(process / "ns/net") == os.readlink("/proc/self/ns/net"):
            return set()
        tables = [(process / "net" / protocol).read_text(encoding="ascii") for protocol in ("tcp", "tcp6")]
        return {line for table in tables for line in table.splitlines()[1:]}
    except OSError:  # it has ended meanwhile
        return set()


def run_elsewhere(clone: Clone, *goals: str, **environment: str) -> Elsewhere:
    """Make in a terminal, closed where that can be, and look at its sockets all the time."""
    closed = able_to_close()
    alone = ["unshare", "--net", "--mount", "--map-root-user", "sh", str(CLOSED)] if closed else []
    ours, its = pty.openpty()
    process = subprocess.Popen(
        [*alone, "make", f"VENV={sys.prefix}", *goals],
        cwd=clone.root,
        env={"PATH": os.environ["PATH"]} | environment,
        stdin=its,
        stdout=its,
        stderr=its,
        umask=0o077,
        start_new_session=True,
    )
    os.close(its)
    printed: list[bytes] = []

    def drain() -> None:
        try:
            while part := os.read(ours, 1 << 16):
                printed.append(part)
        except OSError:  # the last process at the other end is gone
            pass

    reader = threading.Thread(target=drain)
    reader.start()
    sockets: set[str] = set()
    while process.poll() is None:
        if closed:
            sockets |= own_sockets(Path(f"/proc/{process.pid}"))
        time.sleep(0.05)
    reader.join()
    os.close(ours)
    said = b"".join(printed).decode()
    assert process.returncode == 0, said
    return Elsewhere(clone, closed, sockets, said)


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Another home and another folder for temporary files, both empty."""
    return {name: str(tmp_path_factory.mktemp(name.lower())) for name in ("HOME", "TMPDIR")}


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory, places: dict[str, str]) -> Iterator[Elsewhere]:
    """A full run, outputs deleted first, as unlike the run of `built` (in the background, with two jobs) as can be."""
    clone = copy_project(tmp_path_factory.mktemp("elsewhere") / "a" / "much" / "longer" / "name" / "of" / "a" / "folder")
    for folder in ("results", "data/processed"):
        shutil.rmtree(clone.root / folder)
    time.sleep(2)  # seconds, the unit of the times that archives keep
    return run_elsewhere(clone, "-j1", "results", **ELSEWHERE, **places)


def test_a_run_elsewhere_gives_the_same_bytes(built, elsewhere):
    """data/processed, results, normalised notebooks, and what each depends on."""
    one, two = built.outputs(), elsewhere.clone.outputs()
    assert sorted(one) == sorted(two)
    assert [name for name in one if one[name] != two[name]] == []
    assert "\x1b[K" in elsewhere.printed  # it did write to a terminal
    assert "Traceback" not in elsewhere.printed


def test_a_run_needs_no_network_opens_no_port_and_writes_only_inside_the_clone(elsewhere, places):
    need(elsewhere.closed, "namespaces of one's own (unshare)")
    assert elsewhere.sockets == set()
    assert [path for folder in places.values() for path in Path(folder).rglob("*")] == []


def test_a_port_that_is_opened_would_be_seen():
    """In a network of its own; what this machine listens on is not the run's."""
    need(able_to_close(), "namespaces of one's own (unshare)")
    listens = "import socket, sys; s = socket.create_server((sys.argv[1], 0)); print(s.getsockname()[1], flush=True); input()"
    for alone, address, seen in (([], "127.0.0.1", 0), (["unshare", "--net", "--map-root-user"], "0.0.0.0", 1)):
        command = [*alone, sys.executable, "-c", listens, address]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            port = int(process.stdout.readline())
            sockets = own_sockets(Path(f"/proc/{process.pid}"))
            process.communicate("\n")
        assert len(sockets) == seen
        assert all(f":{port:04X} " in line for line in sockets)


def site(root: Path) -> dict[str, str]:
    """Path -> hash of every file of the site."""
    folder = root / "build/site"
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.mark.exhaustive
def test_every_condition_by_itself_gives_the_same_bytes_site_included(built, tmp_path, places):
    """One condition changed at a time, so that none makes up for another."""
    clone = Clone(shutil.copytree(built.root, tmp_path / "first", copy_function=shutil.copy2))
    clone.make("site")
    reference = clone.outputs() | site(clone.root)
    conditions: dict[str, dict[str, str]] = {
        "a long path": {},
        "time zone": {"TZ": "America/St_Johns"},
        "locale": {"LC_ALL": "C", "LANG": "C"},
        "hash seed": {"PYTHONHASHSEED": "123"},
        "plain kernels": {"WARM": "0"},
    }
    closed, sockets = 0, set[str]()
    for number, (name, environment) in enumerate(conditions.items()):
        other = copy_project(tmp_path / ("x" * 20 * (number + 1)) / "project")
        for folder in ("results", "data/processed"):
            shutil.rmtree(other.root / folder)
        run = run_elsewhere(other, f"-j{1 + number % 2}", "all", **places, **environment)
        assert run.sockets == set(), name
        closed += run.closed
        sockets |= run.sockets
        made = other.outputs() | site(other.root)
        assert sorted(made) == sorted(reference), name
        assert [path for path in made if made[path] != reference[path]] == [], name
    measured.record(
        "bytes",
        f"{len(conditions) + 1} full runs in clones of different path length, outputs deleted first, all but the first with "
        f"another home and mask and in a terminal, and besides with {', '.join(conditions)}: all {len(reference)} files "
        "(tables, results, executed notebooks and what they depend on, the site) the same by bytes. "
        f"{closed} of the runs had no network and nowhere to write but in the clone, and opened {len(sockets)} sockets of TCP.",
    )
