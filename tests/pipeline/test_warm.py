"""Warm kernels: the same bytes as the plain way, no notebook touches another, and nothing is left behind."""

import ast
import contextlib
import json
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import nbformat
import plain_script
import psutil
import pytest
from clones import Clone, copy_project, notebooks_run, processes_in, put_first, results, wait_for

from compendium import paths
from compendium.parameters import OF_SCENARIO
from compendium.runner import warm

WARM = "src/compendium/runner/warm.py"
NONE = "No warm kernels"


def hosts(folder: Path) -> list[psutil.Process]:
    """The hosts at work in a folder, without what they forked."""
    warm = []
    for process in processes_in(folder):
        with contextlib.suppress(psutil.NoSuchProcess):  # it has ended meanwhile
            if any(part.endswith(WARM) for part in psutil.Process(int(process)).cmdline()):
                warm.append(psutil.Process(int(process)))
    return [process for process in warm if process.parent() not in warm]


def start(clone: Clone, *goals: str) -> subprocess.Popen:
    return subprocess.Popen(
        ["make", f"VENV={sys.prefix}", *goals],
        cwd=clone.root,
        start_new_session=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def wait_for_cell(clone: Clone, notebook: str, number: int) -> None:
    log = clone.root / f"build/default/{notebook}.log"
    wait_for(lambda: log.exists() and f"cell {number} of" in log.read_text(encoding="utf-8"), 60)


def test_the_plain_way_gives_the_same_bytes(built, tmp_path):
    """Every result, every executed notebook, every fragment and every hash."""
    plain = copy_project(tmp_path / "project")
    printed = plain.make("-j2", "WARM=0")
    assert NONE not in printed
    assert not (plain.root / "build/home/warm.lock").exists()
    one, two = built.outputs(), plain.outputs()
    assert sorted(one) == sorted(two)
    assert [name for name in one if one[name] != two[name]] == []


def test_the_plain_script_of_the_benchmark_gives_the_same_bytes(clone):
    folder = clone.root / "build" / "script" / "default"
    notebooks = [path for path in sorted((clone.root / "notebooks").glob("*.ipynb")) if path.stem not in OF_SCENARIO]
    script = plain_script.script(notebooks, folder.parent)
    environment = plain_script.environment(clone.root)
    subprocess.run([sys.executable, "-c", script], cwd=clone.root, env=environment, check=True)
    made = results(clone)
    del made["results/MANIFEST.json"]
    written = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    homes = {"processed": "data/processed", "results": "results"}
    assert {f"{homes[name.partition('/')[0]]}/{name.partition('/')[2]}": data for name, data in written.items()} == made


def test_without_its_file_the_pipeline_runs(clone):
    before = results(clone)
    (clone.root / WARM).unlink()
    assert notebooks_run(clone.make("10_clean_workforce")) == ["10_clean_workforce"]
    assert results(clone) == before


def test_no_notebook_touches_another(built, tmp_path):
    """Crashes, forks, threads and changed state in some notebooks; the others give what they gave."""
    clone = copy_project(tmp_path / "project")
    put_first(
        clone,
        "10_clean_workforce",
        "import os, random, threading, time, warnings\n"
        "import matplotlib, numpy, pandas\n"
        "print(numpy.random.random(), random.random())\n"
        "threading.Thread(target=time.sleep, args=(600,)).start()\n"
        "numpy.random.seed(1); random.seed(1); pandas.options.display.max_rows = 1\n"
        "matplotlib.rcParams['font.size'] = 40; warnings.simplefilter('error', FutureWarning)\n"
        "pandas.DataFrame.to_csv = None; os.environ['TZ'] = 'Asia/Tokyo'; os.chdir('/')",
    )
    put_first(clone, "11_clean_working_life", "import os; os._exit(0)")
    put_first(clone, "12_clean_social_sector", "import ctypes; ctypes.string_at(0)")
    put_first(
        clone,
        "13_clean_distress",
        "import os, random, time\nimport numpy\n"
        "print(numpy.random.random(), random.random())\n"
        "if os.fork() == 0:\n    os.setsid()\n    time.sleep(600)\n"
        "if os.fork() == 0:\n    time.sleep(600)",
    )
    printed = clone.make("-j2", "--keep-going", "15_clean_comparators", *clean(clone), fails=True)
    assert "11_clean_working_life failed" not in printed
    assert printed.count("ended its kernel") == 2
    assert NONE not in printed
    wait_for(lambda: not processes_in(clone.root))
    before, after = built.outputs(), clone.outputs()
    for name in ("14_clean_situation", "15_clean_comparators"):
        for end in ("ipynb", "d"):
            assert after[f"build/default/{name}.{end}"] == before[f"build/default/{name}.{end}"]
    for topic in ("social_sector", "working_life"):  # what failed left what was there
        assert after[f"data/processed/{topic}.csv"] == before[f"data/processed/{topic}.csv"]
    assert after["data/processed/distress.csv"] == before["data/processed/distress.csv"]
    drawn = {number for name in ("10_clean_workforce", "13_clean_distress") for number in numbers(clone, name)}
    assert len(drawn) == 4


def clean(clone: Clone) -> list[str]:
    return sorted(path.stem for path in (clone.root / "notebooks").glob("1*_clean_*.ipynb"))


def numbers(clone: Clone, notebook: str) -> list[str]:
    """What a notebook's first own cell printed; of a notebook that failed, too."""
    places = [clone.root / f"build/{folder}/{notebook}.ipynb" for folder in ("default", "failed/default")]
    content = nbformat.read(next(path for path in places if path.exists()), as_version=4)
    setup = next(cell for cell in content.cells if cell.id == "setup")
    return next(output.text for output in setup.outputs if output.output_type == "stream").split()


def test_the_socket_is_for_its_user_and_gone_afterwards(tmp_path):
    clone = copy_project(tmp_path / "project")
    process = start(clone, "10_clean_workforce")
    wait_for_cell(clone, "10_clean_workforce", 3)
    (address,) = (clone.root / "build/home").glob("warm.*[0-9]")
    assert stat.S_IMODE(address.stat().st_mode) == 0o600
    assert stat.S_ISSOCK(address.stat().st_mode)
    assert len(hosts(clone.root)) == 1
    process.communicate()
    wait_for(lambda: not processes_in(clone.root), 2)
    assert not address.exists()


@pytest.mark.parametrize("importing", [True, False])
def test_a_killed_make_leaves_nothing(tmp_path, importing):
    """Make alone is killed, so that no one else is told; while the host still imports, and while a cell runs."""
    clone = copy_project(tmp_path / "project")
    put_first(clone, "10_clean_workforce", "import time; time.sleep(60)")
    process = start(clone, "10_clean_workforce")
    if importing:
        wait_for(lambda: hosts(clone.root))
    else:
        wait_for_cell(clone, "10_clean_workforce", 4)
    os.kill(process.pid, signal.SIGKILL)
    printed, _ = process.communicate()
    assert NONE not in printed
    assert "Traceback" not in printed
    wait_for(lambda: not processes_in(clone.root), 10)
    assert not list((clone.root / "build/home").glob("warm.*[0-9]"))


def test_a_killed_host_is_told_in_one_line_and_done_without(tmp_path):
    clone = copy_project(tmp_path / "project")
    process = start(clone, "10_clean_workforce", "11_clean_working_life")
    wait_for_cell(clone, "10_clean_workforce", 3)
    for host in hosts(clone.root):
        host.kill()
    printed, _ = process.communicate()
    assert process.returncode == 0, printed
    assert printed.count(NONE) == 1
    assert "since their host ended early" in printed
    assert "Traceback" not in printed


def test_where_nothing_can_be_forked_one_line_says_so(clone):
    before = clone.outputs()
    clone.edit(WARM, 'hasattr(os, "pidfd_open")', 'hasattr(os, "no_such_call")')
    printed = clone.make("10_clean_workforce", "11_clean_working_life")
    assert notebooks_run(printed) == ["10_clean_workforce", "11_clean_working_life"]
    assert printed.count(NONE) == 1
    assert "since this system cannot fork them safely" in printed
    assert results(clone) == {name: data for name, data in before.items() if not name.startswith("build/")}


def test_the_host_imports_every_library_that_the_code_names_and_none_of_the_code(tmp_path):
    """One thread, so that a fork is safe; the recipe itself imports none of them."""
    look = (
        "import importlib.util, json, os, sys\n"
        f"spec = importlib.util.spec_from_file_location('host', {str(paths.ROOT / WARM)!r})\n"
        "host = importlib.util.module_from_spec(spec)\nsys.modules['host'] = host\nspec.loader.exec_module(host)\n"
        "list(host._imported())\n"
        "print(json.dumps([sorted(sys.modules), len(os.listdir('/proc/self/task'))]))"
    )
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MPLCONFIGDIR": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", look], env=environment, capture_output=True, text=True, check=True)
    loaded, threads = json.loads(done.stdout)
    assert threads == 1
    assert [name for name in loaded if name.partition(".")[0] == "compendium"] == []
    assert named_libraries() - set(loaded) == set()

    recipe = "import sys; import compendium.runner.target, compendium.runner.warm; print(*sys.modules)"
    environment["PYTHONPATH"] = str(paths.ROOT / "src")
    done = subprocess.run([sys.executable, "-c", recipe], env=environment, capture_output=True, text=True, check=True)
    assert not {"papermill", "nbclient", "nbformat", "pandas", "zmq"} & set(done.stdout.split())


def named_libraries() -> set[str]:
    """Every module that the code of the notebooks imports, but its own; the rooms behind them run in no notebook."""
    names = set()
    behind = {"runner", "site", "add_claim.py", "compare.py", "crate.py", "engine.py"}
    top = paths.ROOT / "src" / "compendium"
    for path in (path for path in top.rglob("*.py") if not behind & set(path.relative_to(top).parts)):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                names.add(node.module)
    return {name for name in names if name.partition(".")[0] not in {"compendium", *sys.stdlib_module_names}}


def test_a_recipe_that_finds_a_socket_of_a_dead_host_starts_another(tmp_path, monkeypatch):
    """Left by a host that was killed, when its make's number comes round again."""
    assert warm.FORKS
    clone = copy_project(tmp_path / "project")
    home = clone.root / "build/home"
    home.mkdir(parents=True)
    (home / "warm.999999999").touch()  # of a make that is gone
    assert NONE not in clone.make("10_clean_workforce")
    assert not list(home.glob("warm.*[0-9]"))
