"""How long the notebooks take, beside one plain script and four other ways to run them: `python benchmarks/compare.py`.

Everything runs in a clone of the committed project, from nothing built and no results, with two jobs where jobs can be had,
in alternation; after each run its outputs are compared with the pipeline's. The site is not part of it. The other ways run
the very same notebooks in environments of their own, with the project's versions of the libraries: make with the papermill
command, make with nbconvert, and Snakemake in one, Ploomber in another (it brings packages that slow the others down). Also:
how the pipeline and the script grow with the number of scenarios (one notebook and what it needs), make with nothing to do,
one function changed, peak memory. Writes comparison.json, .csv and .svg beside this file.

`--runs 1 --growth 0` is a trial; `--environments FOLDER` keeps the environments for the next time.
"""

import argparse
import csv
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import plain_script
from run_time import machine, peak_megabytes, timed

ROOT = Path(__file__).resolve().parents[1]
JOBS = 2
STEP = "universes"
GROWN = "20_cadre_share"  # what is run for each scenario: all notebooks a hundred times would take hours
LIBRARIES = ["babel", "great-tables", "ipykernel", "pandas", "pandera[pandas]", "pyyaml", "scipy", "seaborn", "statsmodels"]
PEERS = {"peers": ["papermill", "nbconvert", "snakemake"], "ploomber": ["ploomber"]}  # environment: what it is for
FUNCTION = ("src/compendium/models/decomposition.py", "    orders = ")  # the file and the line above which a comment goes
NAMES = {
    "script": "one plain script",
    "pipeline": "this pipeline",
    "papermill": "make, papermill command",
    "nbconvert": "make, nbconvert",
    "snakemake": "Snakemake",
    "ploomber": "Ploomber",
}


class Ways:
    """The ways to run the notebooks of a clone.

    Args:
        clone: a clone of the project.
        environments: the folder with the environments of the other ways.
    """

    def __init__(self, clone: Path, environments: Path) -> None:
        self.clone = clone
        self._bin = {way: environments / name / "bin" for name, ways in PEERS.items() for way in ways}
        self.stages = stages(clone)
        self.universes = clone / "build" / "peer" / "universes.py"  # the step of the pipeline that is no notebook
        self.notebooks = [clone / "notebooks" / f"{name}.ipynb" for stage in self.stages for name in stage]

    def empty(self) -> None:
        """Nothing built, no results; the notebooks of the other ways publish straight to where results go."""
        for folder in ("build", "data/processed", "results", ".snakemake"):
            shutil.rmtree(self.clone / folder, ignore_errors=True)
        for folder in ("build/home", "build/peer", "build/stage", "data/processed", "results"):
            (self.clone / folder).mkdir(parents=True)
        (self.clone / "build/stage/processed").symlink_to(self.clone / "data/processed")
        (self.clone / "build/stage/results").symlink_to(self.clone / "results")

    def prepare(self, way: str) -> tuple[list[str], dict[str, str] | None]:
        """Write what a way needs; return its command and environment."""
        if way == "pipeline":
            return make("results"), None
        environment = plain_script.environment(self.clone)
        peer = self.clone / "build" / "peer"
        if way == "script":
            file = peer / "script.py"
            file.write_text(plain_script.script(self.notebooks, self.clone / "build" / "script"), encoding="utf-8")
            return [sys.executable, str(file)], environment
        self.universes.write_text(f"{plain_script.UNIVERSES}universes('default', jobs={JOBS})\n", encoding="utf-8")
        environment["PATH"] = f"{self._bin[way]}{os.pathsep}{environment['PATH']}"
        environment["COMPENDIUM_STAGING"] = str(self.clone / "build" / "stage")
        environment["PLOOMBER_STATS_ENABLED"] = "false"
        if way == "snakemake":
            (peer / "Snakefile").write_text(self._snakefile(), encoding="utf-8")
            return ["snakemake", "--snakefile", "build/peer/Snakefile", "--cores", str(JOBS), "--quiet", "all"], environment
        if way == "ploomber":
            (peer / "pipeline.yaml").write_text(json.dumps(self._pipeline()), encoding="utf-8")  # JSON is YAML
            return ["ploomber", "build", "--entry-point", "build/peer/pipeline.yaml"], environment
        nbconvert = "jupyter-nbconvert --to notebook --execute --log-level ERROR --output-dir build/peer"
        command = {
            "papermill": "papermill notebooks/$*.ipynb $@ --kernel python3 --no-progress-bar --log-level ERROR",
            "nbconvert": f"{nbconvert} notebooks/$*.ipynb",
        }[way]
        (peer / "Makefile").write_text(self._makefile(command), encoding="utf-8")
        return ["make", f"-j{JOBS}", "--file", "build/peer/Makefile"], environment

    def _before(self) -> list[tuple[str, list[str]]]:
        """Each notebook with what it waits for, as in the Makefile; the step that makes all universes stands among them."""
        clean, model, multiverse, ledger = self.stages
        waits = [(clean, []), ([STEP], clean), (model, clean), (multiverse, [STEP, *model]), (ledger, multiverse)]
        return [(name, before) for stage, before in waits for name in stage]

    def _makefile(self, command: str) -> str:
        def files(names: list[str]) -> str:
            return " ".join(f"build/peer/{name}.ipynb" for name in names)

        order = [f"{files([name])}: {files(before)}" for name, before in self._before()]
        targets = files([name for name, _ in self._before()])
        of_a_notebook = ["build/peer/%.ipynb: notebooks/%.ipynb", f"\t@{command}"]
        of_the_step = [f"{files([STEP])}:", f"\t@{sys.executable} {self.universes} && touch $@\n"]
        return "\n".join([f"all: {targets}", *order, *of_a_notebook, *of_the_step])

    def _snakefile(self) -> str:
        def files(names: list[str]) -> str:
            return repr([f"build/peer/{name}.done" for name in names])

        rules = [f"rule all:\n    input: {files(self.stages[-1])}\n"]
        for name, before in self._before():
            if name == STEP:
                rules.append(
                    f"rule {STEP}:\n    input: {files(before)}\n    output: touch({files([name])})\n"
                    f"    shell: '{sys.executable} {self.universes}'\n"
                )
                continue
            rules.append(
                f"rule notebook_{name}:\n    input: {files(before)}\n    output: touch({files([name])})\n"
                f"    log: notebook='build/peer/{name}.ipynb'\n    notebook: '../../notebooks/{name}.ipynb'\n"
            )
        return "\n".join(rules)

    def _pipeline(self) -> dict[str, Any]:
        tasks = [
            {
                "source": str(self.clone / "notebooks" / f"{name}.ipynb"),
                "name": name,
                "product": {"nb": str(self.clone / "build" / "peer" / f"{name}.ipynb")},
                "upstream": before or None,
                "static_analysis": "disable",
                "kernelspec_name": "python3",
            }
            for name, before in self._before()
            if name != STEP
        ]
        step = self.universes.with_suffix(".sh")
        before = dict(self._before())[STEP]
        after = " ".join(f'{{{{upstream["{name}"]}}}}' for name in before)  # Ploomber wants each to be named
        step.write_text(f"# {after}\n{sys.executable} {self.universes} && touch {{{{product}}}}\n", encoding="utf-8")
        done = str(self.universes.with_suffix(".done"))
        tasks.append({"source": str(step), "name": STEP, "product": done, "upstream": before})
        executor = {"dotted_path": "ploomber.executors.Parallel", "processes": JOBS}
        return {"meta": {"extract_upstream": False}, "executor": executor, "tasks": tasks}

    def outputs(self, way: str) -> dict[str, Any]:
        """What a way has made, by path; JSON as values, since the order of parameters is not the notebook's."""
        script = self.clone / "build" / "script" / "default"
        homes = {"data/processed": script / "processed", "results": script / "results"}
        made: dict[str, Any] = {}
        for name, home in homes.items():
            folder = home if way == "script" else self.clone / name
            for file in sorted(folder.rglob("*")):
                if file.is_file() and file.name != "MANIFEST.json":
                    data = file.read_bytes()
                    made[f"{name}/{file.relative_to(folder)}"] = json.loads(data) if file.suffix == ".json" else data
        return made


def make(*arguments: str) -> list[str]:
    """The pipeline's own command."""
    return ["make", f"-j{JOBS}", f"VENV={sys.prefix}", *arguments]


def stages(clone: Path) -> list[list[str]]:
    """The notebooks of each stage, as the Makefile lists them."""
    names = re.findall(r"^(\w+_stage)\s*:=", (clone / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE)
    told = "stages: ; @echo '" + "|".join(f"$({name})" for name in names) + "'"
    done = subprocess.run(["make", "--eval", told, "stages"], cwd=clone, capture_output=True, text=True, check=True)
    return [part.split() for part in done.stdout.strip().split("|")]


def set_up(environments: Path) -> dict[str, str]:
    """Install the other ways, where they are not yet; return their versions."""
    versions = {}
    for name, packages in PEERS.items():
        place = environments / name
        if not place.exists():
            lines = re.findall(r"^[a-z0-9].*?(?= *\\?$)", (ROOT / "requirements.lock").read_text(), flags=re.MULTILINE)
            environments.mkdir(parents=True, exist_ok=True)
            constraints = environments / f"{name}.txt"
            constraints.write_text("\n".join(re.sub(r"\[.*?\]", "", line) for line in lines) + "\n", encoding="utf-8")
            subprocess.run([sys.executable, "-m", "venv", place], check=True)
            pip = [place / "bin" / "pip", "install", "--quiet", "--disable-pip-version-check", "--constraint", constraints]
            subprocess.run([*pip, *LIBRARIES, *packages], stderr=subprocess.DEVNULL, check=True)
        told = f"import importlib.metadata as m; print(*map(m.version, {packages!r}))"
        done = subprocess.run([place / "bin" / "python", "-c", told], capture_output=True, text=True, check=True)
        versions |= dict(zip(packages, done.stdout.split(), strict=True))
    return versions


def alternate(ways: Ways, runs: int) -> dict[str, list[float]]:
    """The wall times of every way, one after the other, again and again; each run starts with another way."""
    seconds: dict[str, list[float]] = {way: [] for way in NAMES}
    expected: dict[str, Any] = {}
    for run in range(runs):
        order = list(NAMES)[run % len(NAMES) :] + list(NAMES)[: run % len(NAMES)]
        for way in ["pipeline", *order] if not run else order:
            ways.empty()
            command, environment = ways.prepare(way)
            took = timed(command, ways.clone, environment)
            made = ways.outputs(way)
            if not expected:  # the very first run only says what is right, and warms the file cache
                expected = made
                continue
            wrong = sorted(name for name in expected.keys() | made.keys() if expected.get(name) != made.get(name))
            if wrong:
                sys.exit(f"{NAMES[way]} does not give what the pipeline gives: {wrong}")
            seconds[way].append(took)
            print(f"{run + 1}/{runs} {NAMES[way]}: {took:.1f} s", flush=True)
    return seconds


def changes(ways: Ways, runs: int) -> dict[str, Any]:
    """Make with nothing to do, and after a change of one function; the script's time for the notebooks that ran then."""
    ways.empty()
    timed(make(), ways.clone)  # the site too, which make looks at as well
    nothing = [timed(make(), ways.clone) for _ in range(4 * runs)]
    file, line = FUNCTION
    path = ways.clone / file
    text = path.read_text(encoding="utf-8")
    changed, scripted = [], []
    ran: list[str] = []
    for run in range(runs):
        path.write_text(text.replace(line, f"    # comment {run}\n{line}", 1), encoding="utf-8")
        told = subprocess.run(make("why"), cwd=ways.clone, capture_output=True, text=True, check=True).stdout
        ran = [row.partition(":")[0] for row in told.splitlines()]
        changed.append(timed(make("results"), ways.clone))
        needed = [notebook for notebook in ways.notebooks if notebook.stem in ran]
        shutil.rmtree(ways.clone / "build" / "script", ignore_errors=True)
        shutil.copytree(ways.clone / "data/processed", ways.clone / "build/script/default/processed")
        script = plain_script.script(needed, ways.clone / "build" / "script")
        scripted.append(timed([sys.executable, "-c", script], ways.clone, plain_script.environment(ways.clone)))
    path.write_text(text, encoding="utf-8")
    return {"nothing_to_do": nothing, "one_function": changed, "one_function_script": scripted, "one_function_ran": ran}


def grow(ways: Ways, scenarios: int) -> dict[str, list[float]]:
    """Seconds since the first of so many runs of a notebook began, at the end of each; a make each, one script for all."""
    ways.empty()
    names = [f"s{number:03}" for number in range(1, scenarios + 1)]
    for number, name in enumerate(names, 1):
        text = f"20_cadre_share:\n  pace_deviation: {2 + number / 100}\n"
        (ways.clone / "parameters" / f"{name}.yaml").write_text(text, encoding="utf-8")
    grown: dict[str, list[float]] = {"pipeline": [], "script": []}
    started = time.monotonic()
    for name in names:
        timed(make(GROWN, f"SCENARIO={name}"), ways.clone)
        grown["pipeline"].append(time.monotonic() - started)
    needed = [notebook for notebook in ways.notebooks if notebook.stem in (*ways.stages[0], GROWN)]
    script = plain_script.script(needed, ways.clone / "build" / "script", names)
    started = time.monotonic()
    command = [sys.executable, "-c", script]
    with subprocess.Popen(
        command, cwd=ways.clone, env=plain_script.environment(ways.clone), stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        grown["script"] = [time.monotonic() - started for _ in process.stdout]
    if process.returncode:
        sys.exit("the plain script failed")
    return grown


def table(measured: dict[str, Any]) -> list[dict[str, Any]]:
    """A row a way: ratios of medians first, then seconds."""
    medians = {way: statistics.median(seconds) for way, seconds in measured["seconds"].items()}
    return [
        {
            "way": NAMES[way],
            "times_the_script": round(median / medians["script"], 2),
            "times_this_pipeline": round(median / medians["pipeline"], 2),
            "median_seconds": round(median, 1),
            "fastest_seconds": round(min(measured["seconds"][way]), 1),
            "slowest_seconds": round(max(measured["seconds"][way]), 1),
        }
        for way, median in medians.items()
    ]


def picture(measured: dict[str, Any], rows: list[dict[str, Any]], file: Path) -> None:
    """A dot a run, with the ratio of medians; below, how the pipeline and the script grow."""
    grown = measured["growth"]
    heights = [3, 2] if grown["script"] else [3]
    with plt.rc_context({"svg.hashsalt": "compendium", "font.size": 8}):
        figure, axes = plt.subplots(len(heights), figsize=(5.2, 0.9 * sum(heights)), height_ratios=heights, squeeze=False)
        top = axes[0][0]
        script = statistics.median(measured["seconds"]["script"])
        for place, (seconds, row) in enumerate(zip(measured["seconds"].values(), rows, strict=True)):
            top.plot(
                [value / script for value in seconds], [place] * len(seconds), "o", color="#0072B2", markersize=4, alpha=0.5
            )
            top.annotate(f"  {row['times_the_script']:.2f}", (max(seconds) / script, place), va="center")
        top.set(yticks=range(len(rows)), yticklabels=[row["way"] for row in rows], xlim=(0, None))
        top.invert_yaxis()
        top.set_title("Wall time, the plain script being 1; a dot a run", loc="left", fontsize=8)
        if grown["script"]:
            for (way, seconds), colour in zip(grown.items(), ("#0072B2", "#555555"), strict=True):
                axes[1][0].plot(range(1, len(seconds) + 1), [value / 60 for value in seconds], color=colour)
                axes[1][0].annotate(f" {NAMES[way]}", (len(seconds), seconds[-1] / 60), color=colour, va="center")
            axes[1][0].set(xlim=(0, 1.3 * len(grown["script"])), ylim=(0, None))
            axes[1][0].set_title(f"Minutes, by scenarios run: {GROWN} and its needs", loc="left", fontsize=8)
        for axis in axes.flat:
            axis.spines[["top", "right"]].set_visible(False)
        figure.tight_layout()
        figure.savefig(file, metadata={"Date": None})


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--growth", type=int, default=100, help="how many scenarios")
    parser.add_argument("--environments", type=Path, help="where the environments of the other ways stay")
    parser.add_argument("--to", type=Path, default=ROOT / "benchmarks", help="the folder that results go to")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        clone = Path(temporary).resolve() / "compendium"
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
        environments = (arguments.environments or Path(temporary) / "environments").resolve()
        versions = set_up(environments)
        ways = Ways(clone, environments)
        measured: dict[str, Any] = {
            "date": datetime.now(UTC).date().isoformat(),
            "machine": machine(),
            "versions": {"python": sys.version.split()[0], **versions},
            "notebooks": len(ways.notebooks),
            "jobs": JOBS,
            "seconds": alternate(ways, arguments.runs),
            "changes": changes(ways, arguments.runs),
        }
        ways.empty()
        measured["peak_megabytes"] = round(peak_megabytes(make("results"), clone))
        measured["growth"] = grow(ways, arguments.growth)
    measured = json.loads(json.dumps(measured), parse_float=lambda number: round(float(number), 2))
    rows = table(measured)  # of what is written, so that table, picture and file agree
    arguments.to.mkdir(parents=True, exist_ok=True)
    (arguments.to / "comparison.json").write_text(json.dumps(measured, indent=1) + "\n", encoding="utf-8")
    with (arguments.to / "comparison.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    picture(measured, rows, arguments.to / "comparison.svg")
    for row in rows:
        print(f"{row['way']:24} {row['times_the_script']:5.2f} times the script {row['median_seconds']:6.1f} s")
    for name in ("nothing_to_do", "one_function", "one_function_script"):
        print(f"{name}: {statistics.median(measured['changes'][name]):.2f} s")
    print(f"peak memory: {measured['peak_megabytes']} MB")


if __name__ == "__main__":
    main()
