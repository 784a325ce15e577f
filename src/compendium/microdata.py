"""Headcounts of cadres by sector and year from a file of individuals: the open files of Insee, brought by the user.

Two layouts are known. They were read in Insee's own dictionaries ("Varmod": COD_VAR;LIB_VAR;COD_MOD;LIB_MOD;TYPE_VAR;LONG_VAR):

- FD_SALAAN, "Description des emplois salariés" (Base Tous salariés): Varmod_SALAAN_2016.csv and Varmod_SALAAN_2023.csv. One
  row an employee, a sample of one in twelve, POND = 12 in every row; CS 31 to 38 are the cadres of the PCS; A38 is the activity
  of the establishment, CONV_COLL the collective agreement as corrected by Dares, CONT_TRAV the contract.
- FD_EEC, "Enquête Emploi en continu", from 2021 on: Varmod_EEC_2022.csv. One row a person and quarter, EXTRIAN is the yearly
  weight; PCS1 = 3 are the cadres; ACTEU = 1 and STATUT = 2 are employees at work; NAFG038UN is the activity of the
  establishment, CHPUB the employer as the person names it (6: a body of the Sécurité sociale), SALTYP = 2 the permanent
  contract.

A cadre is what the PCS codes as one, not what a grid of the Ucanss says: slopes compare, levels do not.

DuckDB reads the file in one pass, larger than memory if need be. It may open that one file and nothing else, loads no
extension, and gets no text of the user pasted into a statement: the file is handed over as an open descriptor.
"""

import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pandera.pandas as pa
from pandera.typing import Series

from compendium import csvfile, files, paths
from compendium.errors import InputError, nearest

MEMORY = "512MB"  # DuckDB puts aside on disk what exceeds it
LONGEST_HEADER = 65_536  # bytes; that of the widest published file has under 1,000
WEIGHT = "DECIMAL(18, 9)"  # EXTRIAN is NUM 12.9: sums are exact, whatever the order of the threads
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def _codes(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Nomenclature agrégée 2008, 38 positions; the same codes in A38 (2023) and NAFG038UN (2022).
SECTORS = _codes(
    "AZ BZ CA CB CC CD CE CF CG CH CI CJ CK CL CM DZ EZ FZ GZ HZ IZ JA JB JC KZ LZ MA MB MC NZ OZ PZ QA QB RZ SZ TZ UZ"
)
EMPTY = frozenset({""})  # not filled, or not asked of this person


@dataclass(frozen=True)
class Layout:
    """How a published file is laid out.

    Args:
        weight, sector, employer, contract, occupation: the columns.
        sectors, contracts, occupations: their codes; a column without a value is empty.
        employers: the codes of the employer, as a pattern.
        permanent: the contracts that are a CDI.
        cadres: the occupations that are cadres.
        uncoded: the occupations that are none, left out of a share.
        year: the column that gives the year; empty where only the name of the file does.
        kept: column -> the code that a row needs to count, and all codes of the column.
    """

    weight: str
    sector: str
    employer: str
    contract: str
    occupation: str
    contracts: frozenset[str]
    employers: str
    occupations: frozenset[str]
    permanent: str
    cadres: frozenset[str]
    uncoded: frozenset[str]
    year: str = ""
    kept: dict[str, tuple[str, frozenset[str]]] = field(default_factory=dict)

    @property
    def columns(self) -> list[str]:
        """The columns that are read; a file may have others, and in any order."""
        named = (self.year, self.weight, self.sector, self.employer, self.contract, self.occupation)
        return [*(name for name in named if name), *self.kept]

    def faulty(self, column: str, code: str) -> bool:
        """Whether a code is none of a column's."""
        if column == self.employer:
            return not re.fullmatch(self.employers, code)
        known = {
            self.sector: SECTORS | EMPTY,
            self.contract: self.contracts | EMPTY,
            self.occupation: self.occupations | self.uncoded,
            **{name: codes for name, (_, codes) in self.kept.items()},
        }
        return code not in known[column]


LAYOUTS = {
    "FD_SALAAN": Layout(
        weight="POND",
        sector="A38",
        employer="CONV_COLL",
        contract="CONT_TRAV",
        occupation="CS",
        contracts=_codes("APP AUT CDD CDI TOA TTP"),
        employers=r"\d{4}|",
        occupations=_codes("10 21 22 23 31 33 34 35 37 38 42 43 44 45 46 47 48 52 53 54 55 56 62 63 64 65 67 68 69"),
        permanent="CDI",
        cadres=_codes("31 33 34 35 37 38"),
        uncoded=EMPTY,
    ),
    "FD_EEC": Layout(
        year="ANNEE",
        weight="EXTRIAN",
        sector="NAFG038UN",
        employer="CHPUB",
        contract="SALTYP",
        occupation="PCS1",
        contracts=frozenset("123456789"),
        employers=r"[1-79]|",
        occupations=frozenset("123456"),
        permanent="2",
        cadres=frozenset("3"),
        uncoded=frozenset({"0", ""}),
        kept={"ACTEU": ("1", frozenset("123")), "STATUT": ("2", frozenset({"1", "2", "9", ""}))},
    ),
}


class Count(pa.DataFrameModel):
    """Employees and cadres of one survey, year, group and contract; rows without a code of occupation are in neither."""

    survey: Series[str] = pa.Field(isin=list(LAYOUTS), description="the published file")
    year: Series[int] = pa.Field(ge=1900, le=2100, description="year of the file")
    by: Series[str] = pa.Field(
        isin=["all", "sector", "employer"], description="what the group is; employer: agreement (FD_SALAAN) or kind (FD_EEC)"
    )
    code: Series[str] = pa.Field(nullable=True, description="code of the group in the file; empty for all")
    contract: Series[str] = pa.Field(isin=["all", "cdi"], description="whose contracts are counted")
    rows: Series[int] = pa.Field(gt=0, description="rows of the file: employees, or employees and quarters")
    cadre_rows: Series[int] = pa.Field(ge=0, description="those of cadres")
    weight: Series[float] = pa.Field(gt=0, description="sum of the weights of the rows")
    cadre_weight: Series[float] = pa.Field(ge=0, description="sum of the weights of those of cadres")
    weight_squared: Series[float] = pa.Field(gt=0, description="sum of the squared weights: what unequal weights cost")
    uncoded_rows: Series[int] = pa.Field(ge=0, description="further rows, without a code of occupation")
    sha256: Series[str] = pa.Field(str_matches=r"^[0-9a-f]{64}$", description="hash of the file that was read")

    class Config:
        strict = True
        ordered = True
        coerce = True
        unique = ["survey", "year", "by", "code", "contract"]  # noqa: RUF012


def bring(file: str, year: str) -> str:
    """Read a file, and put its counts beside those of the files brought before; one of the same survey and year is replaced.

    Args:
        file: a CSV or Parquet file in the layout that Insee publishes.
        year: the year, where neither the file nor its name gives it; else empty.

    Returns:
        what was read, for the terminal.

    Raises:
        InputError: the file cannot be used; names file, row and column. What was brought before stays as it was.
    """
    if not file:
        raise InputError(
            "which file? make microdata FILE=path, with YEAR=2016 where the name of the file does not give the year"
        )
    if year and not YEAR.fullmatch(year):
        raise InputError(f"YEAR={year[:80]}: is no year of four digits")
    found = read(Path(file).expanduser(), int(year) if year else None)
    survey, years = found["survey"].iloc[0], sorted(set(found["year"]))
    earlier = [brought()] if paths.BROUGHT.exists() else []
    kept = [table[(table["survey"] != survey) | ~table["year"].isin(years)] for table in earlier]
    order = ["survey", "year", "by", "code", "contract"]
    table = pd.concat([*kept, found], ignore_index=True).sort_values(order, na_position="first", ignore_index=True)
    with tempfile.TemporaryDirectory(dir=paths.BROUGHT.parent) as folder:
        csvfile.write(Count.validate(table), whole := Path(folder) / "brought.csv")
        files.write_if_changed(paths.BROUGHT, whole.read_bytes())
    whole_of = found[(found["by"] == "all") & (found["contract"] == "all")]
    lines = [
        f"{survey} {row.year}: {row.rows} rows of employees, {row.uncoded_rows} more without an occupation left out; "
        f"cadres (PCS 3) are {100 * row.cadre_weight / row.weight:.1f} % of a weight of {row.weight:.0f}"
        for row in whole_of.itertuples()
    ]
    return "\n".join([*lines, f"{paths.relative(paths.BROUGHT)} has {len(table)} counts of {_named(table)}"])


def brought() -> pd.DataFrame:
    """The counts of all files brought so far, schema `Count`; raises InputError where there are none.

    >>> list(Count.to_schema().columns)[:5]
    ['survey', 'year', 'by', 'code', 'contract']
    >>> from unittest import mock
    >>> with mock.patch.object(paths, "BROUGHT", paths.BUILD / "none.csv"):  # as long as no file was brought
    ...     brought()
    Traceback (most recent call last):
    compendium.errors.InputError: build/none.csv is missing: make microdata FILE=path reads a file into it
    """
    if not paths.BROUGHT.exists():
        raise InputError(f"{paths.relative(paths.BROUGHT)} is missing: make microdata FILE=path reads a file into it")
    return csvfile.read(paths.BROUGHT, Count).fillna({"code": ""})


def read(file: Path, year: int | None = None) -> pd.DataFrame:
    """The counts of one file.

    Args:
        file: CSV (as Insee writes it: semicolons, decimal points) or Parquet.
        year: the year, where neither the file nor its name gives it.

    Returns:
        schema `Count`.

    Raises:
        InputError: names file, row and column.
    """
    name = file.name
    if not file.exists():
        raise InputError(f"{file}: the file is missing")
    if not file.is_file():
        raise InputError(f"{file}: is not a file")
    digest = files.sha256(file)
    with _opened(file) as source:
        layout_name, layout = _layout(source.columns, name)
        source.cells(layout)
        years = _years(source, layout, name, year)
        for column in (layout.sector, layout.employer, layout.contract, layout.occupation, *layout.kept):
            _check_codes(source, layout, column, name)
        _check_weights(source, layout, name)
        table = source.counts(layout)
    if table.empty:
        raise InputError(f"{name}: no row is that of an employee with an occupation")
    if not layout.year:
        table["year"] = years
    return Count.validate(table.assign(survey=layout_name, sha256=digest)[list(Count.to_schema().columns)])


@dataclass(frozen=True)
class Source:
    """An open file in DuckDB.

    Args:
        connection: may read this file and nothing else.
        scan: the table function that reads it, with placeholders.
        given: their values.
        columns: the names of its columns.
        first_row: the number of its first row of data, as a reader of the file counts.
    """

    connection: duckdb.DuckDBPyConnection
    scan: str
    given: dict[str, Any]
    columns: list[str]
    first_row: int

    def ask(self, statement: str, **given: Any) -> list[tuple[Any, ...]]:
        """The rows of a statement, whose `{file}` stands for the file."""
        used = {**self.given, **given} if "{file}" in statement else given
        return self.connection.execute(statement.format(file=self.scan), used).fetchall()

    def cells(self, layout: Layout) -> None:
        """Go through the file once: for each combination of codes the rows, their weights and what is wrong with these."""
        keys = ", ".join(f"""coalesce(trim(CAST("{name}" AS VARCHAR)), '') AS "{name}\"""" for name in _keys(layout))
        weight = f'TRY_CAST(trim(CAST("{layout.weight}" AS VARCHAR)) AS {WEIGHT})'  # without trim, the CSV reader would cast
        self.ask(
            f"CREATE TEMP TABLE cells AS SELECT {keys}, count(*) AS n, sum({weight}) AS w, sum({weight} * {weight}) AS ww, "
            f"count(*) FILTER (WHERE {weight} IS NULL OR {weight} <= 0) AS bad FROM {{file}} GROUP BY ALL"
        )

    def codes(self, column: str) -> list[str]:
        """The codes of a column, sorted."""
        return [row[0] for row in self.ask(f'SELECT DISTINCT "{column}" FROM cells ORDER BY 1')]

    def first(self, condition: str, column: str, **given: Any) -> tuple[int, str]:
        """The number of the first row that meets a condition, and what stands in a column of it."""
        statement = (
            f"""SELECT n, text FROM (SELECT row_number() OVER () AS n, coalesce(CAST("{column}" AS VARCHAR), '') AS text """
            f"FROM {{file}}) WHERE {condition} LIMIT 1"
        )
        number, text = self.ask(statement, **given)[0]
        return number - 1 + self.first_row, text

    def counts(self, layout: Layout) -> pd.DataFrame:
        """The columns of `Count` but survey and hash, from the cells."""
        kept = " AND ".join(f"\"{name}\" = '{code}'" for name, (code, _) in layout.kept.items()) or "true"
        year = f'CAST("{layout.year}" AS INTEGER)' if layout.year else "0"
        cadre = f'"{layout.occupation}" IN {_listed(layout.cadres)}'
        coded = f'"{layout.occupation}" NOT IN {_listed(layout.uncoded)}'
        groups = [("all", "''"), ("sector", f'"{layout.sector}"'), ("employer", f'"{layout.employer}"')]
        contracts = [("all", "true"), ("cdi", f"\"{layout.contract}\" = '{layout.permanent}'")]
        parts = [
            f"SELECT {year} AS year, '{by}' AS \"by\", {code} AS code, '{contract}' AS contract, "
            f"sum(n) FILTER (WHERE {coded}) AS rows, coalesce(sum(n) FILTER (WHERE {cadre}), 0) AS cadre_rows, "
            f"sum(w) FILTER (WHERE {coded}) AS weight, coalesce(sum(w) FILTER (WHERE {cadre}), 0) AS cadre_weight, "
            f"sum(ww) FILTER (WHERE {coded}) AS weight_squared, coalesce(sum(n) FILTER (WHERE NOT {coded}), 0) AS uncoded_rows "
            f"FROM cells WHERE {kept} AND {condition} AND ('{by}' = 'all' OR {code} <> '') GROUP BY ALL"
            for by, code in groups
            for contract, condition in contracts
        ]
        statement = f'SELECT * FROM ({" UNION ALL ".join(parts)}) WHERE rows > 0 ORDER BY year, "by", code, contract'
        return self.connection.execute(statement).df()


@contextmanager
def _opened(file: Path) -> Iterator[Source]:
    """A file in a DuckDB that can reach nothing else; its name, whatever letters it has, is not told to DuckDB."""
    paths.BROUGHT.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=paths.BROUGHT.parent, prefix=".spilt.") as spilt, file.open("rb") as opened:
        start = opened.read(LONGEST_HEADER)
        opened.seek(-min(4, file.stat().st_size), os.SEEK_END)
        scan, columns, first_row = _format(start, opened.read(4), file.name)
        given: dict[str, Any] = {"path": f"/dev/fd/{opened.fileno()}"}
        settings: dict[str, Any] = {
            "memory_limit": MEMORY,
            "temp_directory": spilt,
            "threads": os.cpu_count() or 1,
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        }
        with duckdb.connect(":memory:", config=settings) as connection:
            connection.execute("SET allowed_paths = [?]", [given["path"]])
            connection.execute("SET enable_progress_bar = false")  # it would go to standard output
            connection.execute("SET enable_external_access = false")
            connection.execute("SET lock_configuration = true")
            try:
                if columns:
                    given["columns"] = dict.fromkeys(columns, "VARCHAR")
                else:
                    described = connection.execute(f"DESCRIBE SELECT * FROM {scan}", given).fetchall()
                    columns = [row[0] for row in described]
                yield Source(connection, scan, given, columns, first_row)
            except duckdb.OutOfMemoryException:
                raise InputError(f"{file.name}: needs more room than memory and {paths.relative(spilt)} have") from None
            except duckdb.Error as error:
                raise InputError(f"{file.name}{_where(str(error))}") from None


def _format(start: bytes, end: bytes, name: str) -> tuple[str, list[str], int]:
    """How to read a file by its first and last bytes: the table function, the columns of a CSV file, the first row of data."""
    if not start.strip():
        raise InputError(f"{name}: the file is empty")
    if start.startswith(b"PAR1"):
        if end != b"PAR1":
            raise InputError(f"{name}: is a Parquet file cut short; fetch it again")
        return "read_parquet($path)", [], 1
    if start.startswith(b"PK"):
        raise InputError(f"{name}: is a ZIP archive; unpack it, and give the CSV file in it")
    if start.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in start:
        raise InputError(f"{name}: is neither Parquet nor a CSV file in Latin-1 or UTF-8")
    # every code is plain ASCII, and letters of columns that are not read are not looked at: Latin-1 passes as UTF-8
    header = start.removeprefix(b"\xef\xbb\xbf").splitlines()[0].decode("latin-1")
    columns = [column.strip().strip('"') for column in header.split(";")]
    if len(columns) == 1 and (other := re.search(r"[,\t|]", header)):
        mark = {",": "a comma", "\t": "a tab", "|": "a bar"}[other.group()]
        raise InputError(f"{name}, row 1: the columns are parted by {mark}; Insee's files have semicolons")
    for place, column in enumerate(columns, 1):
        if column in columns[: place - 1]:
            raise InputError(f"{name}, row 1: the column '{column[:80]}' stands twice")
    scan = (
        "read_csv($path, columns = $columns, auto_detect = false, delim = ';', quote = '\"', escape = '\"', header = true, "
        "encoding = 'utf-8', compression = 'none')"
    )
    return scan, columns, 2


def _layout(columns: list[str], name: str) -> tuple[str, Layout]:
    """The layout that a file has."""
    has = {key: [column for column in layout.columns if column in columns] for key, layout in LAYOUTS.items()}
    best = max(has, key=lambda key: len(has[key]))
    if not has[best]:
        names = " nor ".join(f"{key} ({', '.join(layout.columns)})" for key, layout in LAYOUTS.items())
        raise InputError(f"{name}, row 1: has the columns of neither {names}")
    for column in LAYOUTS[best].columns:
        if column not in columns:
            since = "; the layout is that of 2021 on" if best == "FD_EEC" else ""
            raise InputError(f"{name}, row 1: the column '{column}' of {best} is missing{nearest(column, columns)}{since}")
    return best, LAYOUTS[best]


def _keys(layout: Layout) -> list[str]:
    return [column for column in layout.columns if column != layout.weight]


def _listed(codes: frozenset[str]) -> str:
    """Codes of a layout as a list in SQL."""
    return "(" + ", ".join(f"'{code}'" for code in sorted(codes)) + ")"


def _years(source: Source, layout: Layout, name: str, year: int | None) -> int | None:
    """The year of a file that has no column for it; a column that is there has to agree with a year that is given."""
    if layout.year:
        for text in source.codes(layout.year):
            if not YEAR.fullmatch(text) or (year and int(text) != year):
                row, _ = source.first("trim(text) = $text", layout.year, text=text)
                wrong = "is no year" if not YEAR.fullmatch(text) else f"is not YEAR={year}"
                raise InputError(f"{name}, row {row}, column '{layout.year}': '{text[:80]}' {wrong}")
        if not source.codes(layout.year):
            raise InputError(f"{name}: has a header and no rows")
        return None
    if not source.ask("SELECT 1 FROM cells LIMIT 1"):
        raise InputError(f"{name}: has a header and no rows")
    named = sorted(set(YEAR.findall(name)))
    if year is None and len(named) != 1:
        said = f"the name of the file gives {' and '.join(named) or 'none'}"
        raise InputError(f"{name}: of which year? {said}, and no column does; add YEAR=2016, or the year of your file")
    return year or int(named[0])


def _check_codes(source: Source, layout: Layout, column: str, name: str) -> None:
    """Every code of a column has to stand in the dictionary."""
    for code in source.codes(column):
        if layout.faulty(column, code):
            row, text = source.first("trim(text) = $text", column, text=code)
            raise InputError(f"{name}, row {row}, column '{column}': '{text[:80]}' is no code of the published dictionary")


def _check_weights(source: Source, layout: Layout, name: str) -> None:
    """Every weight has to be a number above zero."""
    if source.ask("SELECT 1 FROM cells WHERE bad > 0 LIMIT 1"):
        number = f"TRY_CAST(trim(text) AS {WEIGHT})"
        row, text = source.first(f"{number} IS NULL OR {number} <= 0", layout.weight)
        wrong = "is no weight above zero"
        if re.fullmatch(r"\s*\d+,\d+\s*", text):
            wrong = "has a decimal comma; Insee's files have a point"
        raise InputError(f"{name}, row {row}, column '{layout.weight}': '{text[:80]}' {wrong}")


def _where(error: str) -> str:
    """What DuckDB says of a file it cannot read, in one sentence."""
    line = re.search(r"CSV Error on Line: (\d+)", error)
    row = f", row {line[1]}" if line else ""
    if count := re.search(r"Expected Number of Columns: (\d+) Found: (\d+)", error):
        return f"{row}: has {count[2]} columns instead of {count[1]}"
    if "unterminated quote" in error:
        return f"{row}: a quote is opened and not closed"
    if "unicode" in error:
        return f"{row}: has a letter beyond A to Z in a column of codes"
    return f"{row}: cannot be read ({error.splitlines()[0].partition(': ')[2].replace('/dev/fd/', 'descriptor ')[:200]})"


def _named(table: pd.DataFrame) -> str:
    return ", ".join(f"{survey} {year}" for survey, year in sorted(set(zip(table["survey"], table["year"], strict=True))))
