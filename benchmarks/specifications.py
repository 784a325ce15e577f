"""Ten thousand regressions, and up to a million: `python benchmarks/specifications.py`.

The specifications are those of `regression_set.py`. The engine of `make multiverse` runs them in batches of like ones, on one
process and on two: each as a program of its own, its start included, and in one program that has the processes already. Beside
it: one statsmodels fit after another, on one and on two processes; the package specification_curve, on the least-squares
specifications that differ in controls alone, whose slopes have to be equal; one papermill notebook a specification. The last
three are timed on a part and scaled to ten thousand.
Writes specifications.json, .md and .svg beside this file.

`--environment FOLDER` keeps the environment of specification_curve for the next time.
"""

import argparse
import itertools
import json
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import joblib
import matplotlib.pyplot as plt
import nbformat
import numpy as np
import pandas as pd
import regression_set
import statsmodels.api as sm
from joblib.externals.loky import get_reusable_executor
from run_time import machine, peak_megabytes, timed

from compendium.multiverse import regressions

ROOT = Path(__file__).resolve().parents[1]
GOAL = 10_000
TOLERANCE = 1e-8
STATSMODELS_FITS = 1_000
NOTEBOOKS = 3
RUNS = {10_000: 5, 100_000: 5, 1_000_000: 3}
RUNS_IN_TURN = {10_000: 15, 100_000: 5}
CURVE = """
import json, sys, time
import pandas as pd, specification_curve
data, controls = pd.read_csv(sys.argv[1], float_precision="round_trip"), json.loads(sys.argv[2])
curve = specification_curve.SpecificationCurve(data, y_endog="share", x_exog="year", controls=controls)
started = time.perf_counter()
curve.fit()
seconds = time.perf_counter() - started
slopes = {" ".join(sorted(set(names) - {"share", "year"})): slope
          for names, slope in zip(curve.df_r["Specification"], curve.df_r["Coefficient"])}
print(json.dumps({"seconds": seconds, "slopes": slopes}))
"""


def one_statsmodels_fit(frame: pd.DataFrame, family: str, controls: tuple[str, ...], window: Any, left_out: Any) -> float:
    """The slope of a specification."""
    rows = frame[regression_set.kept(frame, window, left_out)]
    columns = regression_set.design(rows, controls)
    if family == "gaussian":
        return float(sm.OLS(rows["share"].to_numpy(), columns).fit().params[1])
    binomial = sm.families.Binomial()
    model = sm.GLM(rows["share"].to_numpy(), columns, family=binomial, var_weights=rows["persons"].to_numpy())
    return float(model.fit(tol=1e-12).params[1])


def statsmodels_seconds(jobs: int) -> tuple[float, float]:
    """Seconds for ten thousand fits one after another, scaled, and the largest difference of a slope from the engine's."""
    frame = regression_set.data()
    every = list(itertools.product(regression_set.FAMILIES, regression_set.control_sets(), regression_set.choices(GOAL)))
    some = every[:: len(every) // STATSMODELS_FITS]
    parallel = joblib.Parallel(n_jobs=jobs, backend="loky" if jobs > 1 else "sequential", batch_size=50)
    parallel(joblib.delayed(one_statsmodels_fit)(frame, *one[:2], *one[2]) for one in some[:100])  # processes are there
    started = time.perf_counter()
    slopes = parallel(joblib.delayed(one_statsmodels_fit)(frame, *one[:2], *one[2]) for one in some)
    seconds = time.perf_counter() - started
    get_reusable_executor().shutdown()  # its processes would count as memory of what is measured next
    ours = {row[0]: row[1] for _, make in regression_set.batches(GOAL) for row in make()}  # type: ignore[index]
    worst = max(abs(slope - ours[regression_set.named(*one)]) for slope, one in zip(slopes, some, strict=True))
    return seconds * GOAL / len(some), worst


def curve(environment: Path) -> dict[str, Any]:
    """Seconds of specification_curve for its specifications, scaled to ten thousand, and the largest difference of a slope."""
    python = environment / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", environment], check=True)
        libraries = [f"{name}=={version(name)}" for name in ("numpy", "pandas", "statsmodels", "scipy", "matplotlib")]
        pip = [environment / "bin" / "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, "specification-curve", *libraries], stderr=subprocess.DEVNULL, check=True)
    told = "import importlib.metadata as m; print(m.version('specification_curve'))"
    release = subprocess.run([python, "-c", told], capture_output=True, text=True, check=True).stdout.strip()
    frame = regression_set.data()
    names = [f"c{number}" for number in range(1, regression_set.CONTROLS + 1)]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "data.csv"
        frame[["share", "year", *names]].to_csv(file, index=False, float_format="%.17g")
        command = [python, "-c", CURVE, str(file), json.dumps(names)]
        found = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()[-1])
    worst = 0.0
    for controls, slope in found["slopes"].items():
        ones = np.ones((1, len(frame)))
        columns = regression_set.design(frame, tuple(controls.split()))
        ours = regressions.fit(columns, frame["share"].to_numpy(), ones, "gaussian")
        worst = max(worst, abs(slope - ours.coefficients[0, 1]))
    count = len(found["slopes"])
    return {"seconds": found["seconds"] * GOAL / count, "fits": count, "worst_difference": worst, "version": release}


def notebook_seconds() -> float:
    """Seconds for ten thousand notebooks, one a specification and one after another, from a few."""
    cells = [
        "import pandas as pd, statsmodels.api as sm\nfrom compendium.multiverse import regressions",
        f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r})\nimport regression_set, specifications",
        "frame = regression_set.data()\nspecifications.one_statsmodels_fit(frame, 'binomial', ('c1',), (0, 10), (0, 1))",
    ]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
        notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
        nbformat.write(notebook, folder / "one.ipynb")
        command = [sys.executable, "-m", "papermill", "--no-progress-bar", "--log-level", "ERROR", "one.ipynb", "out.ipynb"]
        return GOAL * statistics.median(timed(command, folder) for _ in range(NOTEBOOKS))


def program(call: str) -> list[str]:
    """The command that calls a function of `regression_set`; one thread a process."""
    settings = [f"PYTHONPATH={Path(__file__).parent}:{ROOT / 'src'}", "OMP_NUM_THREADS=1", "OPENBLAS_NUM_THREADS=1"]
    return ["env", *settings, sys.executable, "-c", f"import regression_set; regression_set.{call}"]


def scaling() -> dict[str, dict[str, list[float]]]:
    """Seconds and peak memory of the whole tree of processes, by count and processes; the two in turn."""
    found: dict[str, dict[str, list[float]]] = {}
    for count, runs in RUNS.items():
        for _ in range(runs):
            for jobs in (1, 2):
                row = found.setdefault(f"{count} on {jobs}", {"seconds": [], "megabytes": []})
                row["seconds"].append(timed(program(f"run({count}, {jobs})"), ROOT))
        for jobs in (1, 2):
            found[f"{count} on {jobs}"]["megabytes"].append(peak_megabytes(program(f"run({count}, {jobs})"), ROOT))
            print(count, jobs, found[f"{count} on {jobs}"], flush=True)
    return found


def in_turn() -> dict[str, dict[str, list[float]]]:
    """Seconds by count and processes, where the processes are there already."""
    found = {}
    for count, runs in RUNS_IN_TURN.items():
        command = program(f"run_in_turn({count}, {runs})")
        found[str(count)] = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
        print(count, found[str(count)], flush=True)
    return found


def page(report: dict[str, Any]) -> str:
    """The table as Markdown: ratios first."""
    grown, ours = report["scaling"], statistics.median(report["scaling"]["10000 on 2"]["seconds"])
    others = {
        "the engine, two processes": ours,
        "the engine, one process": statistics.median(grown["10000 on 1"]["seconds"]),
        "statsmodels, one fit after another, two processes": report["statsmodels"]["2"]["seconds"],
        "statsmodels, one fit after another, one process": report["statsmodels"]["1"]["seconds"],
        "specification_curve, one process": report["specification_curve"]["seconds"],
        "one papermill notebook a specification, one process": report["papermill"]["seconds"],
    }
    versions = ", ".join(f"{name} {number}" for name, number in report["versions"].items())
    lines = [
        "# Ten thousand regressions",
        "",
        f"`python benchmarks/specifications.py`, {report['date']}, {report['machine']}, {versions}. The engine's times are of "
        f"whole programs, start included, medians of {RUNS[GOAL]}; the others are scaled from {STATSMODELS_FITS} fits, "
        f"{report['specification_curve']['fits']} fits and {NOTEBOOKS} notebooks, start left out but for the notebooks.",
        "",
        "| 10,000 specifications | times the engine | seconds |",
        "|---|---:|---:|",
        *(f"| {name} | {seconds / ours:,.1f} | {seconds:,.1f} |" for name, seconds in others.items()),
        "",
        f"Slopes differ from those of statsmodels by at most {report['statsmodels']['1']['worst_difference']:.1e} and from "
        f"those of specification_curve by at most {report['specification_curve']['worst_difference']:.1e}.",
        "",
        f"Where the processes are there already, as the workers of a cluster are (medians of {RUNS_IN_TURN[GOAL]} runs and of "
        f"{RUNS_IN_TURN[10 * GOAL]}, the two in turn in one program):",
        "",
        "| specifications | seconds, one process | seconds, two | times faster |",
        "|---:|---:|---:|---:|",
    ]
    for count, by_jobs in report["in_turn"].items():
        one, two = (statistics.median(by_jobs[jobs]) for jobs in ("1", "2"))
        lines.append(f"| {int(count):,} | {one:.2f} | {two:.2f} | {one / two:.2f} |")
    lines += [
        "",
        "Where each run is a program of its own, its start and that of its processes counts; at ten thousand it outweighs the "
        "work:",
        "",
        "| specifications | seconds, one process | seconds, two | times faster | peak MB, one | peak MB, two |",
        "|---:|---:|---:|---:|---:|---:|",
    ]
    for count in regression_set.COUNTS:
        rows = [grown[f"{count} on {jobs}"] for jobs in (1, 2)]
        seconds = [statistics.median(row["seconds"]) for row in rows]
        peaks = " | ".join(f"{row['megabytes'][0]:.0f}" for row in rows)
        lines.append(f"| {count:,} | {seconds[0]:.1f} | {seconds[1]:.1f} | {seconds[0] / seconds[1]:.2f} | {peaks} |")
    return "\n".join([*lines, "", "![Peak memory and time by the number of specifications](specifications.svg)", ""])


def picture(report: dict[str, Any], file: Path) -> None:
    """Peak memory and time by the number of specifications, on one process and on two."""
    with plt.rc_context({"svg.hashsalt": "compendium", "font.size": 8}):
        figure, axes = plt.subplots(1, 2, figsize=(6.4, 2.6))
        counts = list(regression_set.COUNTS)
        for jobs, colour, style in ((1, "#555555", "o--"), (2, "#0072B2", "s-")):
            rows = [report["scaling"][f"{count} on {jobs}"] for count in counts]
            name = "one process" if jobs == 1 else "two processes"
            drawn = {"color": colour, "markersize": 4, "label": name}
            axes[0].plot(counts, [row["megabytes"][0] for row in rows], style, **drawn)
            axes[1].plot(counts, [statistics.median(row["seconds"]) for row in rows], style, **drawn)
        axes[0].set(xscale="log", ylim=(0, None), xlabel="specifications")
        axes[1].set(xscale="log", yscale="log", xlabel="specifications")
        axes[0].set_title("Peak memory of all processes, MB", loc="left", fontsize=8)
        axes[1].set_title("Wall time, seconds", loc="left", fontsize=8)
        axes[0].legend(frameon=False, loc="lower right")
        for axis in axes:
            axis.spines[["top", "right"]].set_visible(False)
        figure.tight_layout()
        figure.savefig(file, metadata={"Date": None})


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--environment", type=Path, help="where the environment of specification_curve stays")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        curves = curve((arguments.environment or Path(folder) / "environment").resolve())
    compared = {
        str(jobs): dict(zip(("seconds", "worst_difference"), statsmodels_seconds(jobs), strict=True)) for jobs in (1, 2)
    }
    worst = max(curves["worst_difference"], *(row["worst_difference"] for row in compared.values()))
    if worst > TOLERANCE:
        sys.exit(f"slopes differ by {worst}")
    report = {
        "date": datetime.now(UTC).date().isoformat(),
        "machine": machine(),
        "versions": {
            "python": sys.version.split()[0],
            **{name: version(name) for name in ("numpy", "statsmodels", "joblib", "papermill")},
            "specification_curve": curves.pop("version"),
        },
        "specification_curve": curves,
        "statsmodels": compared,
        "papermill": {"seconds": notebook_seconds(), "notebooks": NOTEBOOKS},
        "in_turn": in_turn(),
        "scaling": scaling(),
    }
    home = Path(__file__).parent
    (home / "specifications.json").write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    (home / "specifications.md").write_text(page(report), encoding="utf-8")
    picture(report, home / "specifications.svg")
    print(page(report))


if __name__ == "__main__":
    main()
