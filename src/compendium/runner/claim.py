"""One make at a time in a clone and scenario, and nothing left of one that was killed."""

import contextlib
import fcntl
import os
import select
import shutil
import signal
import threading
from pathlib import Path

from compendium import files, paths
from compendium.errors import InputError

MAKE = "COMPENDIUM_MAKE"  # the process id of make, given by the Makefile


def claim(scenario: str) -> None:
    """Take the clone for the make behind this process, until that make ends; clear away what killed ones left.

    This process ends with its make, even after `kill -9`, so that the next make has the clone for itself.

    Raises:
        InputError: another make is at work in this clone on this scenario.
    """
    _end_with(owner())
    home = paths.BUILD / "home"
    home.mkdir(parents=True, exist_ok=True)
    with (home / f"make.{scenario}").open("a+", encoding="utf-8") as holder:
        fcntl.flock(holder, fcntl.LOCK_EX)
        holder.seek(0)
        other = holder.read().strip()
        if other == str(owner()):
            return
        if other.isdigit() and _at_work(int(other)):
            name = paths.relative(holder.name)
            raise InputError(
                f"another make (process {other}) is at work on the scenario '{scenario}' in this clone: "
                f"wait until it has ended (if it is no make, delete {name})"
            )
        holder.truncate(0)
        holder.write(str(owner()))
    for left in home.glob("k*.*"):
        process = left.name[1:].partition(".")[0]
        if process.isdigit() and not _at_work(int(process)):
            shutil.rmtree(left, ignore_errors=True)
    for left in paths.build(scenario).glob(".spilt.*"):  # what memory had no room for
        shutil.rmtree(left, ignore_errors=True)
    for folder in (paths.build(scenario), paths.processed(scenario), paths.results(scenario)):
        for file, writer in files.half_written(folder):
            if not _at_work(writer):
                file.unlink(missing_ok=True)


def owner() -> int:
    """The make behind this process; the process itself where there is none."""
    return int(os.environ.get(MAKE, os.getpid()))


def _end_with(make: int) -> None:
    """Interrupt this process, as Ctrl-C does, when make has ended: make cannot if it was killed."""
    if make == os.getpid() or not hasattr(os, "pidfd_open"):  # macOS has no such thing
        return
    signal.signal(signal.SIGINT, signal.default_int_handler)  # what a shell starts in the background ignores it

    def watch() -> None:
        with contextlib.suppress(ProcessLookupError):
            select.select([os.pidfd_open(make)], [], [])
        os.kill(os.getpid(), signal.SIGINT)

    threading.Thread(target=watch, daemon=True).start()


def _at_work(process: int) -> bool:
    """Whether a process is alive; one that ended and was not waited for is not."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # of another user
        return True
    stat = Path(f"/proc/{process}/stat")
    return not stat.exists() or stat.read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
