"""One file, whichever way it is made, and after whatever was killed in the middle."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections import defaultdict
from functools import partial
from importlib.util import find_spec
from pathlib import Path

import pytest
from clones import need, wait_for

from compendium import claims, csvfile, paths
from compendium.errors import InputError
from compendium.multiverse import declaration, engine, run

REGISTRY = claims.read()
SOME = ("T1-08", "T2-18")  # cheap ones


def batches(count: int, log: Path | None = None):
    return [(f"key{place}", partial(made, place, log)) for place in range(count)]


def made(place: int, log: Path | None):
    if log:
        with log.open("a", encoding="utf-8") as file:
            file.write(f"{place}\n")
    return [{"place": place, "seed": engine.seed(str(place)), "text": "é"}]


def universes(path: Path, **how) -> bytes:
    declared = declaration.read(paths.DECISIONS, REGISTRY)
    table = run.universes({name: declared[name] for name in SOME}, REGISTRY, "default", defaultdict(str), **how)
    csvfile.write(table, path)
    return path.read_bytes()


@pytest.fixture(scope="module")
def serial(tmp_path_factory) -> bytes:
    return universes(tmp_path_factory.mktemp("serial") / "universes.csv")


def test_a_seed_depends_on_the_specification_alone():
    assert engine.seed("a") == engine.seed("a") != engine.seed("b")
    assert engine.seed("a") == 0xCA978112CA1BBDCA  # the first eight bytes of SHA-256("a"), FIPS 180-4


def test_results_are_kept_as_they_come_and_not_made_again(tmp_path):
    journal, log = tmp_path / "journal.jsonl", tmp_path / "log"
    first = list(engine.run(batches(3, log), journal))
    assert log.read_text().split() == ["0", "1", "2"]
    assert list(engine.run(batches(5, log), journal)) == [*first, *(made(place, None) for place in (3, 4))]
    assert log.read_text().split() == ["0", "1", "2", "3", "4"]


def test_a_line_cut_short_counts_for_nothing_and_what_is_not_wanted_goes(tmp_path):
    journal = tmp_path / "journal.jsonl"
    whole = list(engine.run(batches(3), journal))
    text = journal.read_text(encoding="utf-8")
    journal.write_text('["of another time", []]\n' + text[:-10], encoding="utf-8")
    assert list(engine.run(batches(3), journal)) == whole
    assert journal.read_text(encoding="utf-8") == text


def test_a_journal_is_data_that_cannot_run(tmp_path):
    journal = tmp_path / "journal.jsonl"
    journal.write_text("__import__('os').system('touch hacked')\n[1, 2, 3]\n", encoding="utf-8")
    list(engine.run(batches(1), journal))
    assert [json.loads(line)[0] for line in journal.read_text(encoding="utf-8").splitlines()] == ["key0"]


def test_two_processes_give_the_same_bytes(tmp_path, serial):
    assert universes(tmp_path / "universes.csv", jobs=2, journal=tmp_path / "journal.jsonl") == serial


KILLED = """
import sys, time
sys.path.insert(0, {tests!r})
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from compendium.multiverse import run, universe
run.UNIVERSES_A_BATCH = 2
slow, evaluate = 0.3, universe.evaluate
universe.evaluate = lambda *given: (time.sleep(slow), evaluate(*given))[1]
import test_engine
test_engine.universes(Path({out!r}), journal=Path({journal!r}))
"""


def test_a_run_killed_in_the_middle_goes_on_to_the_same_bytes(tmp_path, serial, monkeypatch):
    journal = tmp_path / "journal.jsonl"
    script = KILLED.format(tests=str(Path(__file__).parent), out=str(tmp_path / "never.csv"), journal=str(journal))
    environment = {**os.environ, "PYTHONPATH": f"{paths.ROOT / 'src'}:{paths.ROOT / 'tests'}"}
    process = subprocess.Popen([sys.executable, "-c", script], env=environment, start_new_session=True)
    wait_for(lambda: journal.exists() and journal.read_text(encoding="utf-8").count("\n") >= 2, seconds=240)
    process.send_signal(signal.SIGKILL)
    process.wait()
    kept = journal.read_text(encoding="utf-8").splitlines()
    monkeypatch.setattr(run, "UNIVERSES_A_BATCH", 2)
    assert universes(tmp_path / "universes.csv", journal=journal) == serial
    after = journal.read_text(encoding="utf-8").splitlines()
    assert set(kept[:-1]) < set(after)  # not the last: it may have been cut short


@pytest.fixture
def cluster(tmp_path):
    """A real scheduler with two workers, each a process, on the loopback address."""
    need(find_spec("distributed"), "the extra 'dask'")
    dask = Path(sys.executable).with_name("dask")
    environment = {**os.environ, "PYTHONPATH": str(paths.ROOT / "src"), "DASK_DISTRIBUTED__WORKER__DAEMON": "False"}
    started: list[subprocess.Popen] = []

    def start(*words: str) -> subprocess.Popen:
        log = (tmp_path / f"{words[0]}{len(started)}.log").open("w")
        process = subprocess.Popen(
            [dask, *words], cwd=tmp_path, env=environment, stdout=log, stderr=log, start_new_session=True
        )
        started.append(process)
        return process

    file = tmp_path / "scheduler.json"
    start("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(file))
    wait_for(lambda: file.exists() and file.read_text(), seconds=240)
    address = json.loads(file.read_text())["address"]
    common = ("--host", "127.0.0.1", "--nworkers", "1", "--nthreads", "1", "--no-dashboard", "--no-nanny")
    workers = [start("worker", address, *common, "--local-directory", str(tmp_path / name)) for name in ("a", "b")]
    yield address, workers
    for process in started:
        process.kill()
        process.wait()


def test_a_cluster_gives_the_same_bytes_though_a_worker_is_killed(tmp_path, serial, cluster, monkeypatch):
    address, workers = cluster
    assert universes(tmp_path / "whole.csv", scheduler=address) == serial
    monkeypatch.setattr(run, "UNIVERSES_A_BATCH", 1)
    journal, found = tmp_path / "journal.jsonl", {}
    thread = threading.Thread(
        target=lambda: found.update(table=universes(tmp_path / "killed.csv", scheduler=address, journal=journal))
    )
    thread.start()
    wait_for(lambda: journal.exists() and journal.read_text(encoding="utf-8").count("\n") >= 2, seconds=240)
    workers[0].send_signal(signal.SIGKILL)
    thread.join(timeout=240)
    assert found["table"] == serial


def test_a_scheduler_that_does_not_answer_is_told(tmp_path):
    need(find_spec("distributed"), "the extra 'dask'")
    with pytest.raises(InputError, match=r"no Dask scheduler answers at tcp://127\.0\.0\.1:9"):
        universes(tmp_path / "universes.csv", scheduler="tcp://127.0.0.1:9")
