"""Shares of cadres from files in Insee's layouts: against pandas and a closed form, and every fault with its sentence.

The files are made up (benchmarks/microdata_files.py); none is Insee's.
"""

import math
import os
from decimal import Decimal
from pathlib import Path

import duckdb
import microdata_files
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compendium import microdata, paths
from compendium.errors import InputError
from compendium.models import microdata as model

ROWS = 4000
CADRES = {"31", "33", "34", "35", "37", "38"}  # Varmod_SALAAN_2023.csv, CS: group 3 of the PCS
HEADER = "A38;CONV_COLL;CONT_TRAV;CS;POND"
LINE = "OZ;0218;CDI;37;12"
EEC_HEADER = "ANNEE;EXTRIAN;ACTEU;STATUT;NAFG038UN;CHPUB;SALTYP;PCS1"
EEC_LINE = "2022;1000.5;1;2;OZ;6;2;3"


@pytest.fixture
def brought(tmp_path, monkeypatch) -> Path:
    """Where counts go, in a project of the test's own."""
    monkeypatch.setattr(paths, "ROOT", tmp_path.resolve())
    monkeypatch.setattr(paths, "BROUGHT", tmp_path.resolve() / "build" / "microdata" / "brought.csv")
    return paths.BROUGHT


@pytest.fixture
def write(brought, tmp_path):
    """Writes a file of lines and returns it."""

    def to(*lines: str, name: str = "FD_SALAAN_2023.csv", encoding: str = "latin-1", end: str = "\n") -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes((end.join(lines) + end).encode(encoding) if lines else b"")
        return path

    return to


def by_pandas(path: Path, layout: str) -> pd.DataFrame:
    """The same counts by another way: pandas for the rows, Python's decimals for the sums."""
    if path.suffix == ".parquet":
        frame = duckdb.connect().execute("SELECT * FROM read_parquet(?)", [str(path)]).df()
        frame = frame.astype("str").fillna("")
    else:
        frame = pd.read_csv(path, sep=";", dtype="str", encoding="latin-1", keep_default_na=False)
    if layout == "FD_SALAAN":
        names = {"A38": "sector", "CONV_COLL": "employer", "CONT_TRAV": "contract", "CS": "occupation", "POND": "weight"}
        cdi, cadres, uncoded = "CDI", CADRES, {""}
    else:
        frame = frame[(frame["ACTEU"] == "1") & (frame["STATUT"] == "2")]
        names = {"NAFG038UN": "sector", "CHPUB": "employer", "SALTYP": "contract", "PCS1": "occupation", "EXTRIAN": "weight"}
        cdi, cadres, uncoded = "2", {"3"}, {"", "0"}
    frame = frame.rename(columns=names)
    found = {}
    for contract, people in (("all", frame), ("cdi", frame[frame["contract"] == cdi])):
        for by in ("all", "sector", "employer"):
            for code, group in [("", people)] if by == "all" else people[people[by] != ""].groupby(by):
                coded = group[~group["occupation"].isin(uncoded)]
                part = coded[coded["occupation"].isin(cadres)]
                weights = [sum(map(Decimal, rows["weight"]), Decimal()) for rows in (coded, part)]
                if len(coded):
                    found[by, code, contract] = (len(coded), len(part), *map(float, weights), len(group) - len(coded))
    columns = ["rows", "cadre_rows", "weight", "cadre_weight", "uncoded_rows"]
    return pd.DataFrame.from_dict(found, orient="index", columns=columns).sort_index()


@pytest.mark.parametrize("ending", ["csv", "parquet"])
@pytest.mark.parametrize(("layout", "year"), [("FD_SALAAN", 2023), ("FD_EEC", 2022)])
def test_counts_are_those_of_pandas(brought, tmp_path, layout, year, ending):
    path = microdata_files.write(tmp_path / f"{layout}_{year}.{ending}", layout, ROWS, year, seed=7)
    counts = microdata.read(path)
    assert set(counts["survey"]) == {layout}
    assert set(counts["year"]) == {year}
    mine = counts.set_index(["by", "code", "contract"])[["rows", "cadre_rows", "weight", "cadre_weight", "uncoded_rows"]]
    mine.index = mine.index.to_flat_index()
    theirs = by_pandas(path, layout)
    assert len(theirs) > 60  # sectors and employers, all contracts and permanent ones
    pd.testing.assert_frame_equal(mine.sort_index(), theirs, check_dtype=False, check_exact=True, check_names=False)


def test_csv_and_parquet_give_the_same_counts(brought, tmp_path):
    files = [microdata_files.write(tmp_path / f"FD_EEC_2022.{ending}", "FD_EEC", ROWS, 2022) for ending in ("csv", "parquet")]
    one, two = (microdata.read(path).drop(columns="sha256") for path in files)
    pd.testing.assert_frame_equal(one, two)


def test_what_does_not_fit_into_memory_is_put_aside_and_counted_the_same(brought, tmp_path, monkeypatch):
    path = microdata_files.write(tmp_path / "FD_SALAAN_2023.parquet", "FD_SALAAN", 300_000, 2023)
    plenty = microdata.read(path)
    monkeypatch.setattr(microdata, "MEMORY", "40MB")
    pd.testing.assert_frame_equal(microdata.read(path), plenty)
    assert list(brought.parent.iterdir()) == []  # what was put aside is gone


@settings(max_examples=15)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["OZ", "KZ", ""]),
            st.sampled_from(["0218", ""]),
            st.sampled_from(["CDI", "CDD", ""]),
            st.sampled_from(["37", "54", ""]),
            st.decimals("0.000000001", "99999", places=9),
        ),
        min_size=1,
        max_size=30,
    )
)
def test_any_rows_are_counted_as_pandas_counts_them(tmp_path_factory, rows):
    folder = tmp_path_factory.mktemp("any")
    path = folder / "FD_SALAAN_2023.csv"
    path.write_text("\n".join([HEADER, *(";".join(map(str, row[:-1])) + f";{row[-1]:f}" for row in rows)]) + "\n")
    theirs = by_pandas(path, "FD_SALAAN")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(paths, "ROOT", folder.resolve())
        patch.setattr(paths, "BROUGHT", folder.resolve() / "build" / "brought.csv")
        if theirs.empty:
            with pytest.raises(InputError, match="no row is that of an employee with an occupation"):
                microdata.read(path)
            return
        counts = microdata.read(path)
    mine = counts.set_index(["by", "code", "contract"])[list(theirs.columns)]
    mine.index = mine.index.to_flat_index()
    pd.testing.assert_frame_equal(mine.sort_index(), theirs, check_dtype=False, check_exact=True, check_names=False)


def test_a_share_by_hand(write):
    """Three weights of 2, 3 and 5, the first and the last of cadres: 7 of 10; 4, 9 and 25 squared: 100 / 38 effective rows."""
    lines = [EEC_HEADER, *(f"2022;{weight};1;2;OZ;6;2;{pcs}" for weight, pcs in (("2", 3), ("3", 4), ("5", 3)))]
    outside = ["2022;1000;1;1;OZ;;;3", "2022;1000;2;;;;;", "2022;7;1;2;OZ;6;3;0"]  # self-employed, out of work, not coded
    counts = microdata.read(write(*lines, *outside, name="eec.csv"))
    shares = model.shares(counts, design_effect=2.0, fewest_rows=4).set_index(["by", "contract"])
    whole = shares.loc[("employer", "all")]
    assert (whole["code"], whole["comparator"]) == ("6", "eec_secu")
    assert (whole["rows"], whole["cadre_rows"], whole["uncoded_rows"]) == (3, 2, 1)
    assert whole["share"] == pytest.approx(70, abs=1e-12)
    assert whole["effective"] == pytest.approx(100 / 38 / 2, rel=1e-12)
    assert whole["few"]
    assert shares.loc[("employer", "cdi"), "uncoded_rows"] == 0
    n, z = 100 / 38 / 2, 1.959963984540054  # Wilson 1927: the roots of (p - x)² = z² x (1 - x) / n
    for end in (whole["low"] / 100, whole["high"] / 100):
        assert (0.7 - end) ** 2 == pytest.approx(z * z * end * (1 - end) / n, rel=1e-9)


def test_equal_weights_lose_no_row(write):
    counts = microdata.read(write(HEADER, *[LINE] * 40, *["OZ;0218;CDI;54;12"] * 60))
    shares = model.shares(counts, design_effect=9.0, fewest_rows=100)
    assert list(shares["effective"].round(9).unique()) == [100]  # the design effect is that of the other survey
    assert list(shares["share"].round(9).unique()) == [40]
    assert not shares["few"].any()


def test_a_pace_is_the_change_over_the_years(write):
    """40 % in 2016, 54 % in 2023: two points a year. Newcombe's interval of two independent samples, over seven."""
    for year, cadres in ((2016, 400), (2023, 540)):
        lines = [LINE] * cadres + ["OZ;0218;CDI;54;12"] * (1000 - cadres)
        microdata.bring(str(write(HEADER, *lines, name=f"FD_SALAAN_{year}.csv")), "")
    rows = model.beside(model.shares(microdata.brought(), 4.0, 100))
    paces = model.paces(rows).set_index("comparator")
    assert set(paces.index) == {"salaan_total", "salaan_OZ", "salaan_0218", "salaan_0218_cdi"}
    secu = paces.loc["salaan_0218_cdi"]
    assert (secu["first"], secu["last"], secu["points"], bool(secu["weak"])) == (2016, 2023, 2, True)
    assert secu["pace"] == pytest.approx(2, abs=1e-9)
    error = 1.96 * math.sqrt(0.4 * 0.6 / 1000 + 0.54 * 0.46 / 1000) * 100 / 7
    assert secu["pace_high"] - secu["pace"] == pytest.approx(error, rel=0.02)  # at a thousand rows the normal is near
    assert model.pace_estimates(model.paces(rows))["estimate_id"].is_unique
    assert len(model.share_estimates(rows)) == 8


def test_one_year_gives_no_pace(write):
    rows = model.beside(model.shares(microdata.read(write(HEADER, *[LINE] * 200)), 4.0, 100))
    assert model.paces(rows).empty
    assert model.pace_estimates(model.paces(rows)).empty


# Fault -> the lines of the file, and the sentence.
FAULTS = {
    "empty": ([], "FD_SALAAN_2023.csv: the file is empty"),
    "header alone": ([HEADER], "has a header and no rows"),
    "no layout": (["A;B", "1;2"], "row 1: has the columns of neither FD_SALAAN .* nor FD_EEC"),
    "missing column": (["A38;CONV_COLL;CONT_TRAV;CSE;POND", LINE], r"row 1: the column 'CS' of FD_SALAAN is .*'CSE'"),
    "older survey": (["ANNEE;EXTRIAN;ACTEU;CSE", "2019;1;1;37"], "the column 'NAFG038UN' of FD_EEC is missing.*2021 on"),
    "column twice": ([f"{HEADER};CS", f"{LINE};37"], "row 1: the column 'CS' stands twice"),
    "commas": ([HEADER.replace(";", ","), LINE.replace(";", ",")], "row 1: the columns are parted by a comma"),
    "tabs": ([HEADER.replace(";", "\t"), LINE.replace(";", "\t")], "row 1: the columns are parted by a tab"),
    "unknown sector": ([HEADER, LINE, LINE.replace("OZ", "ZZ")], "row 3, column 'A38': 'ZZ' is no code"),
    "unknown agreement": ([HEADER, LINE.replace("0218", "218")], "row 2, column 'CONV_COLL': '218' is no code"),
    "unknown contract": ([HEADER, LINE.replace("CDI", "cdi")], "row 2, column 'CONT_TRAV': 'cdi' is no code"),
    "unknown occupation": ([HEADER, LINE, LINE, LINE.replace("37", "3")], "row 4, column 'CS': '3' is no code"),
    "weight of zero": ([HEADER, LINE, LINE.replace("12", "0")], "row 3, column 'POND': '0' is no weight above zero"),
    "negative weight": ([HEADER, "OZ;0218;CDI;37;-12"], "row 2, column 'POND': '-12' is no weight above zero"),
    "no weight": ([HEADER, "OZ;0218;CDI;37;"], "row 2, column 'POND': '' is no weight above zero"),
    "infinite weight": ([HEADER, "OZ;0218;CDI;37;inf"], "row 2, column 'POND': 'inf' is no weight above zero"),
    "decimal comma": ([EEC_HEADER, EEC_LINE.replace(".", ",")], "row 2, column 'EXTRIAN': '1000,5' has a decimal comma"),
    "year no year": ([EEC_HEADER, EEC_LINE.replace("2022", "22")], "row 2, column 'ANNEE': '22' is no year"),
    "long row": ([HEADER, LINE, LINE + ";1"], "row 3: has 6 columns instead of 5"),
    "short row": ([HEADER, LINE, "OZ;0218"], "row 3: has 2 columns instead of 5"),
    "lost quote": ([HEADER, LINE, 'OZ;"0218;CDI;37;12'], "a quote is opened and not closed"),
    "formula": ([HEADER, LINE.replace("OZ", "=1+1")], "row 2, column 'A38': '=1\\+1' is no code"),
    "statement": ([HEADER, LINE.replace("OZ", "' OR 1=1 --")], "row 2, column 'A38': '' OR 1=1 --' is no code"),
    "letter in a code": ([HEADER, LINE.replace("OZ", "Oé")], "row 2: has a letter beyond A to Z in a column of codes"),
    "nobody": ([EEC_HEADER, EEC_LINE.replace(";1;2;", ";3;;")], "no row is that of an employee"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_has_a_sentence(write, brought, fault):
    lines, said = FAULTS[fault]
    path = write(*lines)
    with pytest.raises(InputError, match=said) as error:
        microdata.bring(str(path), "")
    assert len(str(error.value).splitlines()) == 1
    assert str(error.value).startswith("FD_SALAAN_2023.csv")
    assert not brought.exists()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"PK\x03\x04zip", "is a ZIP archive"),
        (b"PAR1 and no end", "is a Parquet file cut short"),
        (b"PAR1" + b"\x00" * 40 + b"PAR1", "cannot be read"),
        ((HEADER + "\n" + LINE).encode("utf-16"), "neither Parquet nor a CSV file"),
        (b"\x00\x01\x02\x03" * 9, "neither Parquet nor a CSV file"),
    ],
)
def test_a_file_of_another_kind_has_a_sentence(brought, tmp_path, data, said):
    path = tmp_path / "FD_SALAAN_2023.csv"
    path.write_bytes(data)
    with pytest.raises(InputError, match=said) as error:
        microdata.read(path)
    assert len(str(error.value).splitlines()) == 1


@pytest.mark.parametrize(
    ("file", "year", "said"),
    [
        ("", "", "which file"),
        ("nowhere.csv", "", "the file is missing"),
        (".", "", "is not a file"),
        ("salaan.csv", "", "of which year.*gives none.*YEAR="),
        ("salaan_2016_2023.csv", "", "gives 2016 and 2023"),
        ("salaan.csv", "23", "YEAR=23: is no year"),
        ("eec_2022.csv", "2021", "row 2, column 'ANNEE': '2022' is not YEAR=2021"),
    ],
)
def test_what_is_asked_wrongly_has_a_sentence(write, tmp_path, monkeypatch, file, year, said):
    for name in ("salaan.csv", "salaan_2016_2023.csv"):
        write(HEADER, LINE, name=name)
    write(EEC_HEADER, EEC_LINE, name="eec_2022.csv")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError, match=said):
        microdata.bring(file, year)


def test_the_year_is_that_of_the_name_or_the_one_given(write):
    assert set(microdata.read(write(HEADER, LINE, name="FD_SALAAN_2016.csv"))["year"]) == {2016}
    assert set(microdata.read(write(HEADER, LINE, name="salaries.csv"), 2011)["year"]) == {2011}
    two = [EEC_LINE, EEC_LINE.replace("2022", "2023")]
    assert set(microdata.read(write(EEC_HEADER, *two, name="both.csv"))["year"]) == {2022, 2023}


@pytest.mark.parametrize(
    "name",
    ["it's [1] 100%; -- 2023.csv", "a*2023.csv", "b?2023.csv", '"2023".csv', "é 2023.csv", "-2023.csv", "$path_2023.csv"],
)
def test_any_name_of_a_file_is_only_a_name(write, name):
    write(HEADER, *[LINE] * 9, name="ab2023.csv")  # what a pattern would find too
    write(HEADER, *[LINE] * 9, name="bc2023.csv")
    assert microdata.read(write(HEADER, LINE, name=name))["rows"].max() == 1


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252", "utf-8", "utf-8-sig"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_letters_and_line_ends_do_not_matter(write, encoding, end):
    path = write(
        f"LIBELLÉ;{HEADER}",
        f"Île;{LINE}",
        f'"Hôtellerie; l’été";{LINE}' if encoding != "latin-1" else f'"Été; été";{LINE}',
        encoding=encoding,
        end=end,
    )
    assert microdata.read(path)["rows"].max() == 2


def test_only_that_file_can_be_read(write, tmp_path):
    """Neither another file nor an extension nor the network, whatever a statement says."""
    other = write(HEADER, LINE, name="other_2023.csv")
    with microdata._opened(write(HEADER, LINE)) as source:
        for statement in (
            f"SELECT * FROM read_csv('{other}')",
            f"SELECT * FROM read_text('{other}')",
            f"COPY (SELECT 1) TO '{tmp_path / 'out.csv'}'",
            f"ATTACH '{tmp_path / 'data.db'}'",
            "SELECT * FROM read_csv('https://www.insee.fr/x.csv')",
            "SET enable_external_access = true",
            "INSTALL httpfs",
        ):
            with pytest.raises(duckdb.Error):
                source.connection.execute(statement)
    assert not (tmp_path / "out.csv").exists()


def test_a_file_brought_again_replaces_its_year_and_no_other(write, brought):
    said = [
        microdata.bring(str(write(HEADER, *[LINE] * rows, name=f"FD_SALAAN_{year}.csv")), "")
        for year, rows in ((2023, 3), (2016, 4), (2023, 5))
    ]
    microdata.bring(str(write(EEC_HEADER, EEC_LINE, name="FD_EEC_2022.csv")), "")
    table = microdata.brought()
    whole = table[(table["by"] == "all") & (table["contract"] == "all")]
    assert list(zip(whole["survey"], whole["year"], whole["rows"], strict=True)) == [
        ("FD_EEC", 2022, 1),
        ("FD_SALAAN", 2016, 4),
        ("FD_SALAAN", 2023, 5),
    ]
    assert "5 rows" in said[-1]
    before = brought.read_bytes()
    with pytest.raises(InputError):
        microdata.bring(str(write(HEADER, LINE.replace("OZ", "??"))), "")
    assert brought.read_bytes() == before


def test_without_a_file_brought_it_says_how(brought):
    with pytest.raises(InputError, match="make microdata FILE=path"):
        microdata.brought()


def test_it_reads_a_path_in_the_home_folder(write, tmp_path, monkeypatch):
    write(HEADER, LINE)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert "FD_SALAAN 2023" in microdata.bring(f"~{os.sep}FD_SALAAN_2023.csv", "")
