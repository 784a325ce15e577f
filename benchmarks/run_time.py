"""How long a first `make` takes and how much memory it needs, on this machine. Run as `python benchmarks/run_time.py`.

Clones the committed project into a temporary folder, sets it up once, runs the notebooks three times from nothing, and
writes benchmarks/run_time.json, which the README quotes. Memory is that of all processes that make started, the host of the
kernels included, read every tenth of a second in a further run; what processes share counts once (proportional set size).
"""

import ctypes
import json
import platform
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[1]
RUNS = 3
EVERY_SECONDS = 0.1
PR_SET_CHILD_SUBREAPER = 36  # of <linux/prctl.h>


def timed(command: list[str], folder: Path, environment: dict[str, str] | None = None) -> float:
    """Run a command to its good end; return its wall time in seconds."""
    started = time.monotonic()
    done = subprocess.run(
        command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    seconds = time.monotonic() - started
    if done.returncode:
        sys.exit(f"{done.stdout}\n{' '.join(command)} failed with exit code {done.returncode}")
    return seconds


def peak_megabytes(command: list[str], folder: Path) -> float:
    """Run a command; return the peak memory of all processes that it started."""
    ctypes.CDLL(None).prctl(
        PR_SET_CHILD_SUBREAPER, 1
    )  # the host of the kernels has lost its parent: it becomes a child of ours
    peak = 0
    done = threading.Event()

    def look() -> None:
        nonlocal peak
        while not done.wait(EVERY_SECONDS):
            total = 0
            for member in psutil.Process().children(recursive=True):
                try:
                    total += member.memory_full_info().pss
                except (psutil.NoSuchProcess, psutil.AccessDenied):
                    continue
            peak = max(peak, total)

    watcher = threading.Thread(target=look, daemon=True)
    watcher.start()
    timed(command, folder)
    done.set()
    watcher.join()
    return peak / 1e6


def processor() -> str:
    """The processor's own name, where the system tells it."""
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def machine() -> str:
    """Processor, cores and memory."""
    return f"{processor()}, {psutil.cpu_count()} cores, {psutil.virtual_memory().total / 2**30:.0f} GiB"


def main() -> None:
    """Measure and write."""
    with tempfile.TemporaryDirectory() as temporary:
        clone = Path(temporary) / "compendium"
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
        first = timed(["make"], clone)
        runs = []
        for _ in range(RUNS):
            subprocess.run(["make", "clean"], cwd=clone, check=True)
            runs.append(timed(["make"], clone))
        subprocess.run(["make", "clean"], cwd=clone, check=True)
        peak = peak_megabytes(["make"], clone)
    measured = {
        "date": datetime.now(UTC).date().isoformat(),
        "machine": machine(),
        "python": platform.python_version(),
        "first_make_seconds": round(first),
        "make_seconds": round(statistics.median(runs)),
        "peak_megabytes": round(peak),
    }
    (ROOT / "benchmarks" / "run_time.json").write_text(json.dumps(measured, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(measured, indent=1))


if __name__ == "__main__":
    main()
