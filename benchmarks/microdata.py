"""How long `make microdata` takes to read ten million rows, and how much memory.

Run as `python benchmarks/microdata.py [ROWS [RUNS]]`. Made-up files in the layout of FD_SALAAN, all thirty columns, as CSV
and as Parquet. Each way runs in a process of its own, in turn; wall time, processor time and the peak of resident memory are
the operating system's. The rival is pandas on the same CSV file, with only the columns that are needed, as categories;
without pyarrow it reads no Parquet. Its shares have to be the same. Writes benchmarks/microdata.json and microdata.md.
"""

import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import microdata_files
import pandas as pd
import psutil

HERE = Path(__file__).resolve().parent
RUNS = 3
OURS = """
import sys, pathlib
from compendium import microdata, paths
paths.BROUGHT = pathlib.Path(sys.argv[2]) / "brought.csv"
counts = microdata.read(pathlib.Path(sys.argv[1]))
chosen = counts[(counts["by"] == "sector") & (counts["contract"] == "all")].set_index("code")
print((chosen["cadre_weight"] / chosen["weight"]).sort_index().to_json())
"""
PANDAS = """
import sys, pandas as pd
used = {"A38": "category", "CONV_COLL": "category", "CONT_TRAV": "category", "CS": "category", "POND": "float64"}
frame = pd.read_csv(sys.argv[1], sep=";", usecols=list(used), dtype=used)
frame = frame[frame["CS"].notna()]
cadre = frame["CS"].isin([31, 33, 34, 35, 37, 38])  # pandas takes codes of digits for numbers
frame["cadre_weight"] = frame["POND"].where(cadre, 0)
for rows in (frame, frame[frame["CONT_TRAV"] == "CDI"]):
    for by in ("A38", "CONV_COLL"):
        sums = rows.groupby(by, observed=True)[["cadre_weight", "POND"]].sum()
        if by == "A38" and rows is frame:
            shares = (sums["cadre_weight"] / sums["POND"])
shares.index = shares.index.astype(str)
print(shares.sort_index().to_json())
"""
WAYS = {"DuckDB, Parquet": (OURS, "parquet"), "DuckDB, CSV": (OURS, "csv"), "pandas, CSV": (PANDAS, "csv")}


def measured(program: str, file: Path, folder: Path) -> tuple[dict[str, float], dict[str, float]]:
    """Run a program on a file; return seconds, processor seconds and peak megabytes, and the shares that it printed."""
    environment = os.environ | {"PYTHONPATH": str(HERE.parent / "src")}
    started = time.monotonic()
    with tempfile.TemporaryFile("w+") as out:
        process = subprocess.Popen([sys.executable, "-c", program, str(file), str(folder)], stdout=out, env=environment)
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.monotonic() - started
        if status:
            sys.exit(f"{file.name}: failed")
        out.seek(0)
        shares = json.loads(out.read())
    spent = {"seconds": seconds, "processor_seconds": used.ru_utime + used.ru_stime, "peak_megabytes": used.ru_maxrss / 1024}
    return spent, shares


def main(rows: int, runs: int) -> None:
    """Make the files, measure each way in turn, write the table."""
    found: dict[str, list[dict[str, float]]] = {way: [] for way in WAYS}
    with tempfile.TemporaryDirectory(prefix="microdata.") as name:
        folder = Path(name)
        endings = {ending for _, ending in WAYS.values()}
        files = {
            ending: microdata_files.write(folder / f"FD_SALAAN_2023.{ending}", "FD_SALAAN", rows, 2023) for ending in endings
        }
        megabytes = {ending: round(path.stat().st_size / 1e6) for ending, path in files.items()}
        first: dict[str, float] = {}
        for _ in range(runs):
            for way, (program, ending) in WAYS.items():
                spent, shares = measured(program, files[ending], folder)
                first = first or shares
                assert shares.keys() == first.keys()
                assert all(abs(shares[code] - first[code]) < 1e-9 for code in first), way
                found[way].append(spent)
    keys = ("seconds", "processor_seconds", "peak_megabytes")
    table = {way: {key: round(statistics.median(run[key] for run in every), 1) for key in keys} for way, every in found.items()}
    report = {
        "date": datetime.now(tz=UTC).date().isoformat(),
        "machine": f"{os.cpu_count()} cores, {round(psutil.virtual_memory().total / 2**30)} GiB",
        "load_at_the_end": round(os.getloadavg()[0], 1),
        "versions": {"python": platform.python_version(), "duckdb": duckdb.__version__, "pandas": pd.__version__},
        "rows": rows,
        "runs": runs,
        "file_megabytes": dict(sorted(megabytes.items())),
        "medians": table,
    }
    (HERE / "microdata.json").write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    (HERE / "microdata.md").write_text(page(report), encoding="utf-8")


def page(report: dict) -> str:
    """The table as Markdown."""
    versions = ", ".join(f"{name} {version}" for name, version in report["versions"].items())
    sizes = ", ".join(f"{kind} {size} MB" for kind, size in report["file_megabytes"].items())
    lines = [
        "# Ten million rows of individuals" if report["rows"] == 10_000_000 else f"# {report['rows']} rows of individuals",
        "",
        f"`python benchmarks/microdata.py`, {report['date']}, {report['machine']}, {versions}. Made-up rows in the layout of "
        f"FD_SALAAN, thirty columns ({sizes}); medians of {report['runs']} run(s) in turn. Load of the machine at the end, the "
        f"benchmark included: {report['load_at_the_end']}. All ways give the same shares.",
        "",
        "| | wall time, s | processor time, s | peak memory, MB |",
        "|---|---:|---:|---:|",
        *(
            f"| {way} | {row['seconds']} | {row['processor_seconds']} | {row['peak_megabytes']} |"
            for way, row in report["medians"].items()
        ),
        "",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    given = [int(text) for text in sys.argv[1:]]
    main(*given, *(10_000_000, RUNS)[len(given) :])
