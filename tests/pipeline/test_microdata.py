"""A file of individuals through the real make: read, drawn beside the comparators, and nothing else touched."""

import re
import shutil

import microdata_files
import pytest
from clones import Clone, notebooks_run, results

from compendium import paths

PAGES = ("bring-microdata.md", "bring-microdata.fr.md")
SHELL = re.compile(r"```sh\n(.*?)```", re.DOTALL)


def bring(clone: Clone, name: str, layout: str = "FD_SALAAN", rows: int = 20_000, year: int = 2023) -> str:
    microdata_files.write(clone.root / name, layout, rows, year)
    return f"FILE={name}"


def test_a_file_is_read_and_its_notebook_made_and_no_committed_byte_moves(clone):
    before = results(clone)
    clone.make("read", "SCENARIO=microdata", bring(clone, "it's 2016.csv", year=2016), "YEAR=2016")
    printed = clone.make("read", "33_microdata", "SCENARIO=microdata", bring(clone, "FD_SALAAN_2023.parquet"))
    assert notebooks_run(printed)[-1] == "33_microdata"
    made = clone.root / "build/microdata/results"
    figures = {path.name for path in (made / "figures").iterdir()}
    assert {"microdata_shares.en.svg", "microdata_shares.fr.svg", "microdata_paces.fr.pdf"} <= figures
    written = (made / "estimates/33_microdata.csv").read_text(encoding="utf-8")
    assert "microdata.salaan_0218.cdi.2016" in written
    assert "microdata_pace.salaan_oz" in written
    assert results(clone) == before
    again = clone.make("33_microdata", "SCENARIO=microdata")
    assert notebooks_run(again) == []
    # the default scenario knows nothing of it
    assert notebooks_run(clone.make()) == []


def test_a_fault_stops_everything_before_a_notebook_runs(clone):
    (clone.root / "FD_SALAAN_2023.csv").write_text("A38;CONV_COLL;CONT_TRAV;CS;POND\nOZ;0218;CDI;37;0\n", encoding="ascii")
    printed = clone.make("microdata", "FILE=FD_SALAAN_2023.csv", fails=True)
    assert "FD_SALAAN_2023.csv, row 2, column 'POND': '0' is no weight above zero" in printed
    assert "Traceback" not in printed
    assert notebooks_run(printed) == []
    assert "which file? make microdata FILE=path" in clone.make("microdata", fails=True)
    assert "make microdata FILE=path reads a file into it" in clone.make("33_microdata", "SCENARIO=microdata", fails=True)


def test_both_pages_have_the_same_commands():
    english, french = (SHELL.findall((paths.DOCS / page).read_text(encoding="utf-8")) for page in PAGES)
    assert english == french
    assert len(english) == 2


@pytest.mark.exhaustive
def test_the_commands_of_the_page_as_printed(clone):
    """From nothing but the file: the report of the scenario, with the notebook on a page."""
    shutil.rmtree(clone.root / "build" / "site", ignore_errors=True)
    bring(clone, "FD_SALAAN_2023.parquet")
    bring(clone, "salaries.csv", year=2016)
    before = results(clone)
    for commands in SHELL.findall((clone.root / "docs" / PAGES[0]).read_text(encoding="utf-8")):
        for command in commands.splitlines():
            make, *goals = command.split()
            assert make == "make"
            clone.make(*goals)
    report = clone.root / "build/microdata/report"
    assert "BTS" in (report / "notebooks/33_microdata.html").read_text(encoding="utf-8")
    assert (report / "fr/figures/microdata_paces.html").exists()
    assert (report / "fr/bring-microdata.html").exists()
    assert results(clone) == before
