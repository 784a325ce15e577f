"""Run many specifications: one after another, on the cores of a machine, or on a Dask cluster. joblib is the only interface.

A result is appended to a journal as it comes, under a key that holds the specification and the data and code behind it. A run
that was killed goes on where the journal ends, and a cluster that lost a worker repeats what that worker had: the rows are
sorted at the end, so that every way gives the same bytes. The journal is text (one JSON list a line): nothing that is read back
can run, which joblib's own caches on disk, being pickles, cannot promise.
"""

import contextlib
import hashlib
import json
import os
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO, TextIO

import joblib

from compendium.errors import InputError

Row = dict[str, Any]
Rows = list[Row]
SHOWN_EVERY_SECONDS = 0.5
IDLE_SECONDS = 10


def seed(specification: str) -> int:
    """A seed of 64 bits from a specification's hash: the same on every machine and in every order."""
    return int.from_bytes(hashlib.sha256(specification.encode()).digest()[:8], "big")


def run(
    batches: Sequence[tuple[str, Callable[[], Rows]]],
    journal: Path | None = None,
    *,
    jobs: int = 1,
    scheduler: str | None = None,
    progress: TextIO | None = None,
) -> Iterator[Rows]:
    """The rows of every batch, in the order of the batches. In memory stands one batch at a time, whatever their number.

    Args:
        batches: a key that names all that the rows depend on, and a picklable function without arguments that makes them.
        journal: where rows are kept as they come; those found there under their key are not made again.
        jobs: processes on this machine.
        scheduler: address of a Dask scheduler (`tcp://…`) whose workers can import this project; then `jobs` does not count.
        progress: where the rate and the time left are shown.

    Raises:
        InputError: the scheduler cannot be reached, or the extra `dask` is not installed.
    """
    with contextlib.nullcontext(journal) if journal else _passing() as path:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
        places = _places(path)
        missing = [(key, make) for key, make in batches if key not in places]
        shown = _Progress(progress, len(missing))
        if missing:
            with _backend(scheduler, jobs) as options, path.open("ab") as file:
                _end_line(file)
                # in the order of arrival, so that nothing that is done waits for its turn to be kept
                parallel = joblib.Parallel(**options, return_as="generator_unordered")
                for key, line in parallel(joblib.delayed(_made)(key, make) for key, make in missing):
                    places[key] = file.tell()
                    file.write(line)
                    file.flush()
                    shown.one()
        shown.end()
        places = _settled(path, {key: places[key] for key, _ in batches})
        with path.open("rb") as file:
            for key, _ in batches:
                file.seek(places[key])
                yield json.loads(file.readline())[1]


def _made(key: str, make: Callable[[], Rows]) -> tuple[str, bytes]:
    """The rows as a line of the journal, written where they are made."""
    return key, (json.dumps([key, make()], ensure_ascii=False) + "\n").encode()


@contextlib.contextmanager
def _passing() -> Iterator[Path]:
    """A journal that is gone when the rows are."""
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder) / "journal.jsonl"


def _places(journal: Path) -> dict[str, int]:
    """Where in a journal the rows of each key stand; what was cut short, or is no line of a journal, counts for nothing."""
    places: dict[str, int] = {}
    with journal.open("rb") as file:
        place = 0
        for line in file:
            with contextlib.suppress(ValueError, TypeError):
                key, rows = json.loads(line)
                if isinstance(key, str) and isinstance(rows, list) and line.endswith(b"\n"):
                    places[key] = place
            place += len(line)
    return places


def _end_line(journal: BinaryIO) -> None:
    """Close a last line that was cut short, so that the next is one of its own."""
    if journal.tell():
        journal.write(b"\n")


def _settled(journal: Path, places: dict[str, int]) -> dict[str, int]:
    """Write a journal anew with what is wanted, in one order, whatever the order of arrival; what is not wanted goes."""
    now = {}
    temporary = journal.with_name(f".{journal.name}.{os.getpid()}")
    with journal.open("rb") as file, temporary.open("wb") as settled:
        for key in sorted(places):
            now[key] = settled.tell()
            file.seek(places[key])
            settled.write(file.readline())
    os.replace(temporary, journal)
    return now


@contextlib.contextmanager
def _backend(scheduler: str | None, jobs: int) -> Iterator[dict[str, Any]]:
    """The options of joblib for one process, several, or a cluster."""
    if scheduler is None:
        # a process that waits for work outlives one that was killed, by default for five minutes
        with joblib.parallel_config("loky", idle_worker_timeout=IDLE_SECONDS) if jobs > 1 else contextlib.nullcontext():
            yield {"n_jobs": jobs} if jobs > 1 else {"n_jobs": 1, "backend": "sequential"}
        return
    try:
        from distributed import Client
    except ImportError:
        raise InputError("a Dask scheduler needs the extra: pip install 'compendium[dask]'") from None
    try:
        client = Client(scheduler, timeout="10s", set_as_default=False)
    except (OSError, ValueError) as error:
        raise InputError(f"no Dask scheduler answers at {scheduler}: {str(error).splitlines()[0][:200]}") from None
    with client, joblib.parallel_config(backend="dask", client=client, wait_for_workers_timeout=60):
        yield {"batch_size": 1}


class _Progress:
    """How many are done, how many a second, and how long the rest will take."""

    def __init__(self, stream: TextIO | None, whole: int) -> None:
        self._stream, self._whole, self._done = stream, whole, 0
        self._started = self._shown = time.monotonic()

    def one(self) -> None:
        self._done += 1
        now = time.monotonic()
        if self._stream and self._stream.isatty() and now - self._shown > SHOWN_EVERY_SECONDS:
            self._shown = now
            self._stream.write(f"\r  {self.line(now)}\x1b[K")
            self._stream.flush()

    def line(self, now: float) -> str:
        rate = self._done / max(now - self._started, 1e-9)
        left = (self._whole - self._done) / rate if rate else 0.0
        return f"{self._done} of {self._whole} batches, {rate:.1f} a second, {left:.0f} s left"

    def end(self) -> None:
        if self._stream and self._whole:
            lead = "\r  " if self._stream.isatty() else "  "
            tail = "\x1b[K\n" if self._stream.isatty() else "\n"
            self._stream.write(f"{lead}{self.line(time.monotonic())}{tail}")
