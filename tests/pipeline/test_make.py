"""The pipeline as a user drives it: through `make`, in a copy of the project."""

import csv
import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pytest
from clones import Clone, commands, copy_project, notebooks_run, processes_in, put_first, results, wait_for

from compendium import claims

FUNCTION = "src/compendium/models/decomposition.py"
IMPORTERS = ["20_cadre_share", "21_comparators"]  # the notebooks that import it, through cadre_share
OLD = "    orders = list(itertools.permutations(changes))"
TOOLS = ("Traceback", "papermill", "nbclient", "site-packages", "jupyter")


def test_a_second_make_runs_nothing(clone):
    before = clone.outputs()
    printed = clone.make()
    assert notebooks_run(printed) == []
    assert "claims have a verdict" in printed
    assert clone.outputs() == before


def test_a_make_with_nothing_to_do_starts_no_program_of_the_project(clone):
    assert "compendium.runner" not in clone.make("--dry-run")
    (clone.root / "results/index.csv").write_text("", encoding="utf-8")
    assert "compendium.runner" in clone.make("--dry-run")


def test_a_touched_file_runs_nothing(clone):
    later = time.time() + 60
    for path in (
        *clone.root.rglob("*.py"),
        *clone.root.rglob("*.csv"),
        *clone.root.rglob("*.ipynb"),
        *clone.root.rglob("*.yaml"),
    ):
        os.utime(path, (later, later))
    assert notebooks_run(clone.make()) == []


def test_a_file_changed_with_an_old_date_is_noticed(clone):
    path = clone.root / FUNCTION
    before = path.stat()
    clone.edit(FUNCTION, OLD, "    # a comment\n" + OLD)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert notebooks_run(clone.make()) == IMPORTERS


def test_a_module_changed_with_its_old_size_and_date_is_noticed(clone):
    """By default Python would take what it compiled before, and the new hashes would vouch for the old code."""
    path, made = clone.root / "src/compendium/models/receipts.py", clone.root / "results/estimates/23_receipts.csv"
    before, earlier = path.stat(), made.read_bytes()
    clone.edit("src/compendium/models/receipts.py", "EUROS = 1e9", "EUROS = 2e9")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    clone.make("23_receipts")
    assert path.stat().st_size == before.st_size
    assert made.read_bytes() != earlier


def universes_kept(clone: Clone) -> dict[str, str]:
    """The keys in the journal of universes, with the statement of each."""
    lines = (clone.root / "build/default/.multiverse.jsonl").read_text(encoding="utf-8").splitlines()
    return {key: rows[0]["claim_id"] for key, rows in map(json.loads, lines)}


def test_a_changed_function_runs_only_the_notebooks_and_universes_that_import_it(clone):
    before, universes = results(clone), universes_kept(clone)
    clone.edit(FUNCTION, OLD, "    # a comment\n" + OLD)
    assert clone.make("why").splitlines() == [
        *(f"{name}: {FUNCTION} changed, imported by {name} -> compendium.models.cadre_share" for name in IMPORTERS),
        f"multiverse: {FUNCTION} changed",
    ]
    assert notebooks_run(clone.make()) == IMPORTERS
    assert results(clone) == before
    assert "Nothing to do" in clone.make("why")
    registry = claims.read()
    again = {registry[claim_id].decide.estimates for key, claim_id in universes_kept(clone).items() if key not in universes}
    assert again == {"20_cadre_share"}  # no statement with choices rests on the other


def test_an_edit_while_universes_are_made_leaves_no_row_and_no_hash(clone):
    """Else rows of the code before the edit would stand under the hash of the code after it."""
    path, hashes = clone.root / FUNCTION, clone.root / "build/default/multiverse.sha256"
    clone.edit(FUNCTION, OLD, "    # a comment\n" + OLD)
    process = subprocess.Popen(
        ["make", f"VENV={sys.prefix}", "build/default/multiverse.sha256"],
        cwd=clone.root,
        env={"PATH": os.environ["PATH"]},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    wait_for(lambda: not hashes.exists())  # the step has begun
    path.write_text(path.read_text(encoding="utf-8") + "# another\n", encoding="utf-8")
    printed, _ = process.communicate()
    assert f"{FUNCTION} changed while the universes were made: the next make makes them again" in printed
    assert not hashes.exists()
    assert not (clone.root / "build/default/.multiverse.jsonl").exists()


def test_a_changed_parameter_changes_estimates_and_ledger(clone):
    before = results(clone)
    text = (clone.root / "parameters/default.yaml").read_text(encoding="utf-8")
    (clone.root / "parameters/default.yaml").write_text(text.replace("value: 2.0", "value: 3.0", 1), encoding="utf-8")
    assert notebooks_run(clone.make()) == ["20_cadre_share", "80_multiverse", "81_specification_curves", "90_ledger"]
    after = results(clone)
    assert after["results/ledger.csv"] != before["results/ledger.csv"]
    assert after["data/processed/workforce.csv"] == before["data/processed/workforce.csv"]


def test_a_scenario_writes_in_its_own_folder_and_nowhere_else(clone):
    """As docs/change-a-parameter.md has it: list the parameters, write a scenario and make it, compare."""
    before = clone.outputs()
    listed, _, compared = (clone.run(command) for command in commands("change-a-parameter.md"))
    assert clone.outputs() == before
    assert "pace_deviation = 2.0" in listed
    assert "20_cadre_share.pace_deviation: 2 -> 0.1" in compared
    assert re.search(r"cadre_share\.2024\.\S+: [\d.]+ to [\d.]+ percent -> [\d.]+ to [\d.]+ percent", compared)
    page = (clone.root / "build/compare/index.html").read_text(encoding="utf-8")
    shown = re.findall(r'<img src="([^"]+)"', page)
    assert "moved.en.svg" in shown
    assert "../mine/results/figures/cadre_share_bounds.en.svg" in shown
    assert all((clone.root / "build/compare" / name).exists() for name in shown)
    ledger = (clone.root / "build/mine/results/ledger.csv").read_text(encoding="utf-8")
    assert ledger != before["results/ledger.csv"].decode()
    with (clone.root / "build/mine/results/estimates/20_cadre_share.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["estimate_id"]: row for row in csv.DictReader(file)}
    width = {
        layer: float(rows[f"cadre_share.2024.all_grids.{layer}"]["high"])
        - float(rows[f"cadre_share.2024.all_grids.{layer}"]["low"])
        for layer in ("rounding", "path")
    }
    # six years, each off by a tenth of the mean pace at its highest rounding, on either side
    assert width["path"] - width["rounding"] == pytest.approx(2 * 6 * 0.1 * 2.95 / 5, abs=0.03)
    trace = json.loads((clone.root / "build/mine/results/figures/cadre_share_bounds.trace.json").read_text(encoding="utf-8"))
    assert (trace["scenario"], trace["parameters"]["pace_deviation"]) == ("mine", 0.1)


@pytest.mark.parametrize(
    ("scenario", "says"),
    [
        ("20_cadre_share: {pace_deviaton: 1}", "no parameter 'pace_deviaton' (did you mean 'pace_deviation'?)"),
        ("20_cadre_share: {pace_deviation: 51}", "51 is out of bounds (multiples of the mean pace, from 0.0 to 50.0)"),
        ("20_cadre_share: {pace_deviation: yes}", "'True' is not a number"),
    ],
)
def test_a_typo_in_a_parameter_stops_everything_before_it_starts(clone, scenario, says):
    before = clone.outputs()
    (clone.root / "parameters/mine.yaml").write_text(scenario + "\n", encoding="utf-8")
    printed = clone.make("SCENARIO=mine", fails=True)
    assert "parameters/mine.yaml, 20_cadre_share" in printed
    assert says in printed
    assert "Traceback" not in printed
    assert notebooks_run(printed) == []
    assert clone.outputs() == before


@pytest.mark.parametrize(
    "scenario", ["mien", "../default", "../../etc/passwd", "/etc/passwd", "default/../default", "%", "default mine", ""]
)
def test_an_unknown_scenario_is_told_with_the_known_ones(clone, scenario):
    printed = clone.make(f"SCENARIO={scenario}", fails=True)
    assert "the scenarios are: default" in printed


def test_a_failure_keeps_the_notebook_leaves_the_results_and_is_run_again(clone):
    before = results(clone)
    clone.edit(FUNCTION, OLD, '    raise ValueError("no orders today")\n' + OLD)
    for _ in range(2):  # the second make may not call the first one's failure up to date
        printed = clone.make(fails=True)
        assert notebooks_run(printed) == ["20_cadre_share"]
        assert "20_cadre_share failed in cell 'parts':" in printed
        assert '  > parts = made["parts"]' in printed
        assert "ValueError: no orders today" in printed
        assert not [tool for tool in TOOLS if tool in printed]
    kept = clone.root / "build/failed/default/20_cadre_share.ipynb"
    assert "no orders today" in kept.read_text(encoding="utf-8")
    assert not (clone.root / "build/default/20_cadre_share.ipynb").exists()
    assert results(clone) == before
    assert "20_cadre_share: its last run failed" in clone.make("why").splitlines()

    clone.edit(FUNCTION, '    raise ValueError("no orders today")\n' + OLD, OLD)
    assert notebooks_run(clone.make()) == ["20_cadre_share"]  # resumed: what was done stays done
    assert results(clone) == before
    assert not kept.exists()


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("import os; os._exit(1)", "cell 'setup' ended its kernel"),
        ("import sys; sys.exit(0)", "ended before its cell"),
        ("import time; time.sleep(60)", "cell 'setup' ran longer than 3 seconds"),
        (
            "while True: print('x' * 1_000)",
            "RuntimeError: a notebook prints at most 20000 characters and shows at most 5000000",
        ),
        (
            "from IPython.display import HTML, display\nwhile True: display(HTML('x' * 100_000))",
            "RuntimeError: a notebook prints at most 20000 characters and shows at most 5000000",
        ),
        ("open('data/raw/sources.csv', 'a')", "it may not write data/raw/sources.csv"),
        ("import os; os.listdir('data/raw')", "name the files to read: a file added to data/raw would go unnoticed"),
        ("import socket; socket.create_connection(('127.0.0.1', 9))", "the pipeline runs without network"),
    ],
)
def test_a_notebook_that_dies_hangs_stops_floods_or_strays_is_told(clone, line, says):
    before = results(clone)
    clone.edit("parameters/default.yaml", "value: 600", "value: 3")
    path = clone.root / "notebooks/10_clean_workforce.ipynb"
    notebook = nbformat.read(path, as_version=4)
    setup = next(cell for cell in notebook.cells if cell.id == "setup")
    setup.source = f"{line}\n{setup.source}"
    nbformat.write(notebook, path)
    printed = clone.make(fails=True)
    assert says in printed
    assert not [tool for tool in TOOLS if tool in printed]
    assert results(clone) == before
    assert not (clone.root / "build/default/10_clean_workforce.ipynb").exists()


def test_a_deleted_output_is_made_again_with_the_same_bytes(clone):
    before = clone.outputs()
    (clone.root / "results/figures/cadre_share_bounds.fr.svg").unlink()
    assert clone.make("why").strip() == "20_cadre_share: results/figures/cadre_share_bounds.fr.svg is gone"
    assert notebooks_run(clone.make()) == ["20_cadre_share"]
    assert clone.outputs() == before


def test_an_output_changed_by_hand_is_put_right(clone):
    before = clone.outputs()
    path = clone.root / "results/estimates/20_cadre_share.csv"
    path.write_bytes(path.read_bytes() + b"x\n")
    assert "results/estimates/20_cadre_share.csv was changed by hand" in clone.make("why")
    assert notebooks_run(clone.make()) == ["20_cadre_share"]
    assert clone.outputs() == before


def test_what_a_notebook_no_longer_publishes_is_removed_also_after_a_failure(clone):
    path = clone.root / "notebooks/20_cadre_share.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells = [cell for cell in notebook.cells if cell.id != "cadre_share_table"]
    nbformat.write(notebook, path)
    put_first(clone, "20_cadre_share", "import nothing_of_the_kind")
    clone.make("20_cadre_share", fails=True)
    clone.edit("notebooks/20_cadre_share.ipynb", "import nothing_of_the_kind", "")
    clone.make()
    assert not list((clone.root / "results/tables").glob("cadre_share_table*"))
    assert "cadre_share_table" not in (clone.root / "results/ledger.csv").read_text(encoding="utf-8")
    assert "cadre_share_table" not in (clone.root / "results/MANIFEST.json").read_text(encoding="utf-8")


def test_a_changed_byte_of_the_raw_data_stops_everything_before_it_starts(clone):
    before = clone.outputs()
    clone.edit("data/raw/observations/secu_workforce.csv", "2018-12-31,37.3,percent", "2018-12-31,38.3,percent")
    printed = clone.make(fails=True)
    assert "data/raw/observations/secu_workforce.csv: differs from data/raw/datapackage.json" in printed
    assert "Traceback" not in printed
    assert notebooks_run(printed) == []
    assert clone.outputs() == before


def test_a_derived_figure_that_its_parents_do_not_give_is_told(clone):
    before = results(clone)
    clone.edit("data/raw/observations/secu_workforce.csv", ",2013,2013,,34.4,percent", ",2013,2013,,34.5,percent")
    assert "data/raw/observations/secu_workforce.csv: changed (+0 bytes)" in clone.make("data-package")
    printed = clone.make(fails=True)
    assert "InputError: SW0007: typed as 34.5, but difference of SW0005 SW0006 gives 34.4" in printed
    assert results(clone) == before


def test_a_changed_raw_figure_moves_the_estimates_that_rest_on_it(clone):
    before = results(clone)
    clone.edit("data/raw/observations/secu_workforce.csv", ",2018-12-31,147018,persons", ",2018-12-31,147118,persons")
    clone.edit("data/raw/observations/secu_managers.csv", ",147018,persons", ",147118,persons")  # it stands in two topics
    clone.make("data-package")
    clone.make(fails=True)  # the headcounts derived from it no longer agree: a correction has to carry them along
    clone.edit("data/raw/observations/secu_workforce.csv", ",157745,persons", ",157852,persons")
    clone.edit("data/raw/observations/secu_workforce.csv", ",151565,persons", ",151668,persons")
    clone.make("data-package")
    clone.make()
    after = results(clone)
    assert after["results/estimates/20_cadre_share.csv"] != before["results/estimates/20_cadre_share.csv"]
    assert after["results/MANIFEST.json"] != before["results/MANIFEST.json"]


def test_the_manifest_lists_every_output_with_its_hash(clone):
    manifest = json.loads((clone.root / "results/MANIFEST.json").read_text(encoding="utf-8"))
    outputs = results(clone)
    del outputs["results/MANIFEST.json"]
    assert manifest["sha256"] == {name: hashlib.sha256(data).hexdigest() for name, data in outputs.items()}
    assert list(manifest["sha256"]) == sorted(manifest["sha256"])
    assert manifest["lock_sha256"] == hashlib.sha256((clone.root / "requirements.lock").read_bytes()).hexdigest()


def test_a_manifest_that_is_gone_is_made_again_and_lists_what_is_published_alone(clone):
    manifest = clone.root / "results/MANIFEST.json"
    before = manifest.read_bytes()
    manifest.unlink()
    (clone.root / "results/mine.csv").write_text("a\n1\n", encoding="utf-8")
    (clone.root / "results/.~lock.ledger.csv#").write_text("open in a spreadsheet", encoding="utf-8")
    printed = clone.make()
    assert "results/mine.csv: published by no notebook, and so not in the manifest" in printed
    assert "lock.ledger" not in printed
    assert notebooks_run(printed) == []
    assert manifest.read_bytes() == before


def test_one_notebook_brings_what_it_needs_and_no_more(tmp_path):
    clone = copy_project(tmp_path / "project")
    assert notebooks_run(clone.make("10_clean_workforce")) == ["10_clean_workforce"]
    ran = notebooks_run(clone.make("20_cadre_share"))
    assert ran[-1] == "20_cadre_share"
    assert "10_clean_workforce" not in ran
    assert "90_ledger" not in ran


def test_the_committed_results_are_what_make_gives(built):
    """On the platform and Python the manifest names; elsewhere numbers are compared, not bytes."""
    committed = json.loads((Path(__file__).parents[2] / "results/MANIFEST.json").read_text(encoding="utf-8"))
    made = json.loads((built.root / "results/MANIFEST.json").read_text(encoding="utf-8"))
    if (committed["python"], committed["platform"]) == (made["python"], made["platform"]):
        assert made == committed
    else:
        assert sorted(made["sha256"]) == sorted(committed["sha256"])


def test_nothing_is_written_outside_the_clone(tmp_path):
    clone = copy_project(tmp_path / "project")
    home, temporary = tmp_path / "home", tmp_path / "tmp"
    home.mkdir()
    temporary.mkdir()
    clone.make("20_cadre_share", HOME=str(home), TMPDIR=str(temporary))
    assert [path for folder in (home, temporary) for path in folder.rglob("*")] == []
    assert not list((clone.root / "build/home").glob("k*"))  # sockets are gone with their kernels


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_an_interrupted_run_leaves_no_process_and_goes_on(tmp_path, how):
    clone = copy_project(tmp_path / "project")
    process = subprocess.Popen(
        ["make", f"VENV={sys.prefix}", "10_clean_workforce"],
        cwd=clone.root,
        start_new_session=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    log = clone.root / "build/default/10_clean_workforce.log"
    wait_for(lambda: log.exists() and "cell 3" in log.read_text(encoding="utf-8"))
    os.killpg(process.pid, how)
    printed, _ = process.communicate()
    assert process.returncode != 0
    assert "Traceback" not in printed
    wait_for(lambda: not processes_in(clone.root))
    assert not (clone.root / "build/default/10_clean_workforce.ipynb").exists()
    assert notebooks_run(clone.make("10_clean_workforce")) == ["10_clean_workforce"]


def test_a_killed_make_that_ignored_interrupts_leaves_no_process(tmp_path):
    """A shell has what it starts in the background ignore Ctrl-C, and so does all that make starts."""
    clone = copy_project(tmp_path / "project")
    process = subprocess.Popen(
        ["make", f"VENV={sys.prefix}", "WARM=0", "10_clean_workforce"],
        cwd=clone.root,
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_IGN),
    )
    log = clone.root / "build/default/10_clean_workforce.log"
    wait_for(lambda: log.exists() and "cell 3" in log.read_text(encoding="utf-8"))
    process.kill()
    process.wait()
    wait_for(lambda: not processes_in(clone.root))


def test_notebooks_run_by_hand_with_the_defaults_and_leave_the_results_alone(clone):
    """As JupyterLab runs them: in their folder, without the runner; the parameters cell gives the defaults."""
    before = clone.outputs()
    environment = os.environ | {"PYTHONPATH": str(clone.root / "src"), "JUPYTER_PREFER_ENV_PATH": "1"}
    for name in ("10_clean_workforce", "20_cadre_share", "90_ledger"):
        command = [Path(sys.prefix) / "bin" / "jupyter-execute", f"{name}.ipynb"]
        done = subprocess.run(
            command, cwd=clone.root / "notebooks", env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
    assert clone.outputs() == before
    by_hand = clone.root / "build/lab/results"
    for path in by_hand.rglob("*.csv"):
        assert path.read_bytes() == before[f"results/{path.relative_to(by_hand).as_posix()}"]


def test_executed_notebooks_hold_no_warning_path_time_or_address(built):
    for path in sorted((built.root / "build/default").glob("*.ipynb")):
        notebook = nbformat.read(path, as_version=4)
        assert "papermill" not in notebook.metadata
        text = path.read_text(encoding="utf-8")
        assert str(built.root) not in text
        assert not re.search(r"0x[0-9a-f]{8,}", text)
        for cell in notebook.cells:
            for output in cell.get("outputs", []):
                assert output.get("name") != "stderr", output.get("text")


def test_a_changed_lock_sets_up_again_and_only_that(clone, tmp_path):
    printed = clone.make("--dry-run", "all", f"VENV={tmp_path / 'none'}")
    assert "pip install" in printed
    assert "--require-hashes" in printed
    assert "pip install" not in clone.make("--dry-run", "all")
    lock = clone.root / "requirements.lock"
    lock.write_text(lock.read_text(encoding="utf-8") + "# changed\n", encoding="utf-8")
    assert "pip install" in clone.make("--dry-run", "all")


@pytest.mark.parametrize(
    ("absent", "says"),
    [
        ("git", "git is needed: install the package 'git'"),
        ("python3", "Python 3.11 or later is needed: install the package 'python3'"),
        ("venv", "Python's venv is needed: install the package 'python3-venv'"),
        ("new python", "Python 3.11 or later is needed, and python3 is older"),
    ],
)
def test_a_missing_prerequisite_is_named_with_how_to_get_it(clone, tmp_path, absent, says):
    tools = tmp_path / "bin"
    tools.mkdir()
    for tool in ("make", "sh", "sha256sum", "date", "git", "touch", "rm", "mkdir", "sed", "env"):
        if tool != absent:
            (tools / tool).symlink_to(shutil.which(tool))
    fake = {
        "venv": '#!/bin/sh\ncase "$*" in *venv*) exit 1;; esac\n',
        "new python": "#!/bin/sh\nexit 1\n",
    }.get(absent, f'#!/bin/sh\nexec {sys.executable} "$@"\n')
    if absent != "python3":
        (tools / "python3").write_text(fake)
        (tools / "python3").chmod(0o755)
    printed = clone.make(f"VENV={tmp_path / 'none'}", fails=True, PATH=str(tools))
    assert says in printed
    assert not (tmp_path / "none").exists()


def test_of_two_makes_that_set_up_one_environment_the_second_waits(clone, tmp_path):
    """A Python that only pretends: it notes each time that it is to install, and takes a second."""
    stub, environment, log = tmp_path / "python", tmp_path / "venv", tmp_path / "installed"
    stub.write_text(
        '#!/bin/sh\ncase "$*" in\n'
        '*"-m venv"*) mkdir -p "$3/bin" && cp "$0" "$3/bin/python";;\n'
        f'*"pip install"*) echo once >> {log}; sleep 1;;\n'
        "esac\n",
        encoding="utf-8",
    )
    stub.chmod(0o755)
    lock = hashlib.sha256((clone.root / "requirements.lock").read_bytes()).hexdigest()
    goal = environment / f"installed-{lock}"
    command = ["make", f"PYTHON={stub}", f"VENV={environment}", str(goal)]
    shell = {"PATH": os.environ["PATH"]}
    both = [subprocess.Popen(command, cwd=clone.root, env=shell, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    printed = sorted(process.communicate()[0] for process in both)
    assert [process.returncode for process in both] == [0, 0]
    assert printed == [f"Another make sets up {environment}: waiting\n", f"Setting up {environment}, once: about a minute\n"]
    assert log.read_text(encoding="utf-8") == "once\n"
    assert goal.exists()


def test_an_environment_of_someone_else_is_left_alone(clone, tmp_path):
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    (theirs / "thesis.txt").write_text("years of work")
    printed = clone.make(f"VENV={theirs}", fails=True)
    assert "exists and is not this project's" in printed
    assert (theirs / "thesis.txt").exists()


def test_help_and_list_say_what_there_is(clone):
    helped = clone.make("help")
    for target in (
        "make all",
        "make test",
        "make lab",
        "make list",
        "make why",
        "make crate",
        "make diff",
        "make clean",
        "make distclean",
        "20_cadre_share",
    ):
        assert target in helped
    listed = clone.make("list")
    assert "pace_deviation = 2.0  [0.0 to 50.0 multiples of the mean pace]" in listed


def test_progress_names_notebook_of_how_many_and_ends_with_the_ledger(tmp_path):
    clone = copy_project(tmp_path / "project")
    printed = clone.make("-j2")
    ran = notebooks_run(printed)
    for place, notebook in enumerate(sorted(ran), 1):  # two jobs may start in either order
        assert f"[{place}/{len(ran)}] {notebook}  starts" in printed
        assert re.search(rf"\[{place}/{len(ran)}\] {notebook}  done  \d+\.\d s", printed)
    assert "\x1b" not in printed
    log = (clone.root / "build/default/20_cadre_share.log").read_text(encoding="utf-8")
    assert re.search(r"cell 1 of \d+", log)
    assert re.search(rf"\d+ of {len(claims.read())} claims have a verdict", printed)
    assert "contradicted, evidence bounded: T1-01" in printed
    assert "results/ledger.csv is the ledger" in printed


def test_clean_removes_what_make_built_and_keeps_results(clone):
    before = results(clone)
    clone.make("clean")
    assert not (clone.root / "build").exists()
    assert results(clone) == before
