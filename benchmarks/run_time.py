"""How long a first `make` takes and how much memory it needs, on this machine. Run as `python benchmarks/run_time.py`.

Clones the committed project into a temporary folder, sets it up once, runs the notebooks three times from nothing, and
writes benchmarks/run_time.json, which the README quotes. Memory is that of the whole tree of processes, read every 50 ms.
"""

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
EVERY_SECONDS = 0.05


def watched(command: list[str], folder: Path) -> tuple[float, float]:
    """Run a command; return its wall time in seconds and the peak memory of its process tree in megabytes."""
    started = time.monotonic()
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL)
    peak = 0
    done = threading.Event()

    def look() -> None:
        nonlocal peak
        while not done.wait(EVERY_SECONDS):
            total = 0
            for member in [psutil.Process(process.pid), *psutil.Process(process.pid).children(recursive=True)]:
                try:
                    total += member.memory_info().rss
                except psutil.NoSuchProcess:
                    continue
            peak = max(peak, total)

    watcher = threading.Thread(target=look, daemon=True)
    watcher.start()
    code = process.wait()
    seconds = time.monotonic() - started
    done.set()
    if code:
        sys.exit(f"{' '.join(command)} failed with exit code {code}")
    return seconds, peak / 1e6


def processor() -> str:
    """The processor's own name, where the system tells it."""
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def main() -> None:
    """Measure and write."""
    with tempfile.TemporaryDirectory() as temporary:
        clone = Path(temporary) / "compendium"
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
        first, _ = watched(["make"], clone)
        runs = []
        for _ in range(RUNS):
            subprocess.run(["make", "clean"], cwd=clone, check=True)
            runs.append(watched(["make"], clone))
    measured = {
        "date": datetime.now(UTC).date().isoformat(),
        "machine": f"{processor()}, {psutil.cpu_count()} cores, {psutil.virtual_memory().total / 2**30:.0f} GiB",
        "python": platform.python_version(),
        "first_make_seconds": round(first),
        "make_seconds": round(statistics.median(seconds for seconds, _ in runs)),
        "peak_megabytes": round(max(peak for _, peak in runs)),
    }
    (ROOT / "benchmarks" / "run_time.json").write_text(json.dumps(measured, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(measured, indent=1))


if __name__ == "__main__":
    main()
