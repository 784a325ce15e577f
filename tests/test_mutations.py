"""Spoilt inputs: each is refused with one sentence that names the place, or says the same as before."""

import contextlib
import io
import os
import random
import re
import shutil
from collections import Counter
from pathlib import Path
from typing import Any
from unittest import mock

import measured
import mutations
import pandas as pd
import pytest
from clones import Clone, copy_project
from mutations import DECISIONS, SCENARIO, Mutant

from compendium import claims, csvfile, datapackage, files, parameters, paths
from compendium.multiverse import declaration
from compendium.runner import __main__ as runner

NOTEBOOKS = " ".join(sorted({path.stem for path in paths.NOTEBOOKS.glob("*.ipynb")} - set(parameters.OF_SCENARIO)))


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Clone:
    """A copy of the project with a scenario, in which make has not run."""
    clone = copy_project(tmp_path_factory.mktemp("fresh") / "project")
    (clone.root / SCENARIO).write_text(mutations.scenario(), encoding="utf-8")
    return clone


@pytest.fixture(scope="module")
def inputs(fresh: Clone, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A copy of all inputs taken for the project; a file that has not changed is read once."""
    root = tmp_path_factory.mktemp("inputs").resolve()
    for name in ("data/raw", "parameters", "notebooks"):
        shutil.copytree(fresh.root / name, root / name)
    for name in ("Makefile", DECISIONS):
        shutil.copyfile(fresh.root / name, root / name)
    (root / "results").mkdir()
    (root / "results" / "ledger.csv").write_text("an earlier output\n", encoding="utf-8")
    patch = pytest.MonkeyPatch()
    old = paths.ROOT
    for name, place in vars(paths).copy().items():
        if isinstance(place, Path):
            patch.setattr(paths, name, root / place.relative_to(old))
    patch.setattr(csvfile, "read", _remembered(csvfile.read))
    patch.setattr(claims, "read", _remembered_claims(claims.read))
    yield root
    patch.undo()


def _remembered(read: Any) -> Any:
    known: dict[tuple[Path, str], pd.DataFrame] = {}

    def once(path: Path, model: Any) -> pd.DataFrame:
        key = path, files.sha256(path)
        if key not in known:
            known[key] = read(path, model)
        return known[key].copy()

    return once


def _remembered_claims(read: Any) -> Any:
    known: dict[str, Any] = {}

    def once() -> Any:
        key = files.sha256(paths.CLAIMS)
        if key not in known:
            known[key] = read()
        return known[key]

    return once


def told(*arguments: str) -> tuple[int, str]:
    """The exit code of a command of the Makefile, and what it printed to the error stream."""
    errors = io.StringIO()
    with contextlib.ExitStack() as kept:
        patch = kept.enter_context(pytest.MonkeyPatch.context())
        kept.enter_context(mock.patch.dict(os.environ))  # a command settles where its libraries write, and its folder
        patch.chdir(paths.ROOT)
        kept.enter_context(contextlib.redirect_stderr(errors))
        kept.enter_context(contextlib.redirect_stdout(io.StringIO()))
        patch.setattr("sys.argv", ["compendium.runner", *arguments])
        patch.delenv("COMPENDIUM_MAKE", raising=False)  # of the make that runs the tests: no kernels are prepared for it here
        code = runner.main()
    return code, errors.getvalue()


def command(mutant: Mutant) -> list[str]:
    """What a user runs after a change of the file: the raw data are sealed anew, all else is checked by `make`."""
    if mutant.file.startswith("data/raw/") and not mutant.file.endswith(".json"):
        return ["data-package"]
    if mutant.file == DECISIONS:
        return ["decisions", "--scenario", "default"]
    scenario = "mine" if mutant.file == SCENARIO else "default"
    return ["check", "--scenario", scenario, "--notebooks", NOTEBOOKS]


def content(file: str) -> Any:
    """What the pipeline takes from a file."""
    if file.endswith(".json"):
        return {path: resource["hash"] for path, resource in datapackage.sealed().items()}
    if file.startswith("parameters/"):
        return parameters.resolve("mine" if file == SCENARIO else "default")
    if file == DECISIONS:
        return declaration.read(paths.DECISIONS, claims.read())
    if file.endswith(".yaml"):
        return claims.read()
    return csvfile.read(paths.ROOT / file, datapackage.tables()[paths.ROOT / file]).to_csv()


def tree(root: Path) -> dict[str, str]:
    return {path.relative_to(root).as_posix(): files.sha256(path) for path in sorted(root.rglob("*")) if path.is_file()}


def survive(inputs: Path, mutant: Mutant) -> str:
    """Put a mutant into place and run what a user would; returns what came of it, 'refused' or 'equal'."""
    path = inputs / mutant.file
    good, seal, before = path.read_bytes(), paths.DATAPACKAGE.read_bytes(), content(mutant.file)
    try:
        path.write_bytes(mutant.content)
        untouched = tree(inputs)
        code, message = told(*command(mutant))
        name = f"{mutant.kind} in {mutant.file}: {message[:500]!r}"
        if not mutant.told:
            assert (code, message) == (0, ""), name
            assert content(mutant.file) == before, name
            return "equal"
        assert code == 1, name
        assert message.endswith("\n"), name
        assert message.count("\n") == 1, name
        assert len(message) < 600, name
        for pattern in mutant.told:
            assert re.search(pattern, message), f"{name} lacks {pattern!r}"
        assert tree(inputs) == untouched, name
        return "refused"
    finally:
        paths.DATAPACKAGE.write_bytes(seal)
        path.write_bytes(good)


@pytest.fixture(scope="module")
def mutants() -> list[Mutant]:
    """The corpus; some of it is large, and none of it is kept."""
    return mutations.corpus()


@pytest.fixture(scope="module")
def checked(inputs: Path) -> Path:
    """The copy, once the unspoilt inputs have been sealed and checked."""
    assert told("data-package") == (0, "")
    for scenario in ("default", "mine"):
        assert told("check", "--scenario", scenario, "--notebooks", NOTEBOOKS) == (0, "")
    assert told("decisions", "--scenario", "default") == (0, "")
    return inputs


def test_the_corpus_is_the_same_each_time_and_large_enough(mutants):
    assert len(mutants) >= 300
    assert mutations.corpus() == mutants
    assert len({mutant.kind for mutant in mutants}) >= 22
    spoilt = {mutant.file for mutant in mutants}
    assert spoilt >= {
        path.relative_to(paths.ROOT).as_posix()
        for path in (*datapackage.tables(), paths.CLAIMS, paths.DATAPACKAGE, paths.DECISIONS)
    }


def test_spoilt_inputs_are_refused_in_a_sentence_or_say_the_same(mutants, checked):
    """One in twenty of the corpus; all of it in the long tests."""
    for mutant in mutants[::20]:
        survive(checked, mutant)


def through_make(clone: Clone, mutant: Mutant) -> None:
    """As a user meets it: `make data-package` after a change of the raw data, `make` after any other."""
    path = clone.root / mutant.file
    good = path.read_bytes()
    if mutant.file == DECISIONS:
        clone.make("build/default/checked")  # raw data and parameters come first, and are noted as checked
    path.write_bytes(mutant.content)
    outputs = clone.outputs()
    goals = command(mutant)[:1] if command(mutant) == ["data-package"] else []
    printed = clone.make(*goals, *(["SCENARIO=mine"] if mutant.file == SCENARIO else []), fails=True)
    assert "Traceback" not in printed
    (line,) = [line for line in printed.splitlines() if not line.startswith("make: ***")]
    for pattern in mutant.told:
        assert re.search(pattern, line), f"{line[:500]!r} lacks {pattern!r}"
    assert clone.outputs() == outputs
    path.write_bytes(good)


def refused(mutants: list[Mutant], seed: int, count: int) -> list[Mutant]:
    """Some mutants of every kind of file, drawn."""
    of: dict[str, list[Mutant]] = {}
    for mutant in mutants:
        kind = mutant.file if mutant.file.endswith((".yaml", ".json")) else "table"
        if mutant.told and len(mutant.content) < 1_000_000:
            of.setdefault(kind, []).append(mutant)
    draw = random.Random(seed)
    return [mutant for listed in of.values() for mutant in draw.sample(listed, count)]


def test_make_refuses_spoilt_inputs_in_a_sentence(mutants, fresh):
    for mutant in refused(mutants, seed=1, count=1):
        through_make(fresh, mutant)


@pytest.mark.exhaustive
def test_make_refuses_more_spoilt_inputs_in_a_sentence(mutants, fresh):
    drawn = refused(mutants, seed=2, count=6)
    for mutant in drawn:
        through_make(fresh, mutant)
    told = "of the mutants, drawn from every kind of file, went through `make` itself: all refused likewise."
    measured.record("make", f"{len(drawn)} {told}")


@pytest.mark.exhaustive
def test_every_spoilt_input_is_refused_in_a_sentence_or_says_the_same(mutants, checked):
    outcomes: dict[str, Counter[str]] = {}
    wrong = []
    for mutant in mutants:
        try:
            outcomes.setdefault(mutant.kind, Counter())[survive(checked, mutant)] += 1
        except Exception as error:
            wrong.append(f"{mutant.kind} in {mutant.file}: {type(error).__name__}: {str(error).splitlines()[0][:700]}")
    assert wrong == [], "\n".join([f"{len(wrong)} of {len(mutants)}:", *wrong])
    rows = [f"| {kind} | {sum(of.values())} | {of['refused']} | {of['equal']} |" for kind, of in sorted(outcomes.items())]
    whole = sum(outcomes.values(), Counter())
    spoilt = len({mutant.file for mutant in mutants})
    measured.record(
        "mutants",
        f"{len(mutants)} mutants of {spoilt} files: {whole['refused']} refused with one sentence that names the place, "
        f"{whole['equal']} read as before, 0 with another outcome.\n\n"
        "| kind | mutants | refused | read as before |\n|---|---:|---:|---:|\n" + "\n".join(rows),
    )
