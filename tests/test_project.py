"""The files around the code: the lock, the citation, the licences, what the README promises."""

import itertools
import re
import subprocess
import sys
import tomllib

import pytest
import yaml
from clones import tracked

from compendium import codebook, paths, readme

ROOT = paths.ROOT


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_the_lock_pins_versions_and_hashes_and_nothing_else():
    for line in text("requirements.lock").splitlines():
        assert re.fullmatch(r"[a-z0-9._\-\[\]]+==[^ ]+( ; [^\\]+)?( \\)?|    --hash=sha256:[0-9a-f]{64}( \\)?", line), line


def test_the_lock_holds_every_direct_dependency():
    project = tomllib.loads(text("pyproject.toml"))["project"]
    locked = set(re.findall(r"^([a-z0-9._-]+)==", text("requirements.lock"), flags=re.MULTILINE))
    for entry in [*project["dependencies"], *itertools.chain(*project["optional-dependencies"].values())]:
        name = re.match(r"[a-zA-Z0-9._-]+", entry).group(0)
        assert name.lower().replace("_", "-") in locked


def test_every_direct_dependency_is_told_with_its_licence_its_last_release_and_what_would_replace_it():
    content = tomllib.loads(text("pyproject.toml"))
    project = content["project"]
    optional = itertools.chain(*project["optional-dependencies"].values())
    asked = [*project["dependencies"], *optional, *content["build-system"]["requires"]]
    names = [re.match(r"[a-zA-Z0-9._-]+", entry).group(0) for entry in asked]
    rows = [line.strip("|").split("|") for line in text("docs/dependencies.md").splitlines() if line.startswith("| ")]
    told = {row[0].strip(): [cell.strip() for cell in row] for row in rows if row[0].strip() != "library"}
    assert sorted(told) == sorted(names)
    for name, row in told.items():
        assert len(row) == 5, name
        assert all(row), name
        assert re.search(r"\d, \d{4}-\d{2}$", row[3]), name


@pytest.mark.parametrize(
    "line",
    [
        "import pickle; pickle.loads(data)",
        "import pandas; pandas.read_pickle(data)",
        "import marshal; marshal.loads(data)",
        "import yaml; yaml.load(data, yaml.Loader)",
        "eval(data)",
        "exec(data)",
        "import os; os.system(data)",
        "import subprocess; subprocess.run(data, shell=True)",
        "import jinja2; jinja2.Environment()",
    ],
)
def test_lint_refuses_code_that_would_run_data(line):
    command = [
        sys.executable,
        "-m",
        "ruff",
        "check",
        "--output-format",
        "concise",
        "--stdin-filename",
        "src/compendium/new.py",
        "-",
    ]
    done = subprocess.run(command, input=f"{line}\n", cwd=ROOT, capture_output=True, text=True, check=False)
    assert re.search(r": S\d+ ", done.stdout), done.stdout + done.stderr


def test_no_path_of_a_machine_stands_in_a_tracked_file():
    home = re.compile(r"(?<![\w.])/(?:home|root|Users|work)/\w")
    for name in tracked():
        if not name.endswith((".lock", ".png", ".pdf", ".svg", ".ttf")) and name != "tests/test_project.py":
            assert not home.search(text(name)), name


def test_results_hold_no_date_host_or_path():
    for name in tracked():
        if name.startswith(("results/", "data/processed/")) and not name.endswith((".png", ".pdf")):
            assert str(ROOT) not in text(name)
            assert not re.search(r"20\d\d-\d\d-\d\dT\d\d:", text(name)), name


@pytest.mark.parametrize(("language", "page"), readme.PAGES.items())
def test_the_computed_parts_of_the_readmes_are_up_to_date(language, page):
    assert readme.renewed(language) == text(page)


@pytest.mark.parametrize(("language", "name"), codebook.PAGES.items())
def test_the_codebook_is_up_to_date_and_describes_every_column(language, name):
    page = text(f"docs/{name}")
    assert page == codebook.page(language)
    for name, model in codebook.TABLES.items():
        assert f"## `{name}`" in page
        assert all(column.description for column in model.to_schema().columns.values()), name


@pytest.mark.parametrize("page", ["README.fr.md", *(path.relative_to(ROOT).as_posix() for path in paths.DOCS.glob("*.fr.md"))])
def test_a_page_in_french_is_spaced_as_french_is(page):
    prose = re.sub(r"```.*?```|`[^`]*`", "", text(page), flags=re.DOTALL)
    assert re.findall(r".*\w [:;?!%»].*|.*« .*|.*\w'\w.*|.*\d\.\d+ %.*", prose) == []


@pytest.mark.parametrize("page", readme.PAGES.values())
def test_every_file_and_command_the_readme_names_is_there(page):
    make = text("Makefile")
    for name in re.findall(r"`([^`\n]+)`", text(page)):
        if re.fullmatch(r"[\w./-]+/|[\w./-]+\.(csv|md|yaml|html|lock|cff)|LICENSE[\w-]*", name):
            scenario = name.startswith(("parameters/mi", "build/mi"))
            assert scenario or any((ROOT / folder / name).exists() for folder in ("", "data/raw", "src/compendium")), name
        if command := re.fullmatch(r"make ([a-z_0-9]+)", name):
            assert command[1] in make


@pytest.mark.parametrize("page", readme.PAGES.values())
def test_the_readme_makes_and_compares_the_scenario_that_it_has_the_reader_write(page):
    (written,) = re.findall(r"`parameters/(mi\w+)\.yaml`", text(page))
    assert re.findall(r"SCENARIO=(\w+)", text(page)) == [written]
    assert re.findall(r"A=default B=(\w+)", text(page)) == [written]


@pytest.mark.parametrize("page", readme.PAGES.values())
def test_the_readme_types_no_result(page):
    """Outside its computed parts, the only numbers are versions, years, names of claims and the count of statements."""
    typed = re.sub(r"<!-- (\w+) -->.*?<!-- /\1 -->", "", text(page), flags=re.DOTALL)
    typed = re.sub(r"```.*?```|`[^`]*`|\(.*?\.md\)", "", typed, flags=re.DOTALL)
    allowed = {"1", "2", "3.11", "4.3", "46", "2025", "1er", "0.1.0", "4.0", "T1", "T2", "T1-03"}
    numbers = set(re.findall(r"[A-Z]?\d[\w.-]*\w|\b\d\b", typed))
    assert numbers <= allowed, numbers - allowed


def test_the_citation_is_in_its_format():
    cff = yaml.safe_load(text("CITATION.cff"))
    assert cff["cff-version"] == "1.2.0"
    assert cff["version"] == tomllib.loads(text("pyproject.toml"))["project"]["version"]
    assert f"## {cff['version']}" in text("CHANGELOG.md")
