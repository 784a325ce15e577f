"""CSV files in and out: read strictly against a schema, written so that a diff stays readable."""

import csv
import sys
from pathlib import Path

import pandas as pd
import pandera.errors
import pandera.pandas as pa

from compendium import paths
from compendium.errors import InputError, nearest
from compendium.files import read_text, unwanted

TRUTHS = {"True": True, "False": False}


def read(path: Path, model: type[pa.DataFrameModel]) -> pd.DataFrame:
    """A CSV file as the table its schema describes.

    Args:
        path: comma-separated UTF-8 text, the schema's columns in their order on the first line.
        model: the schema; every row is checked against it.

    Raises:
        InputError: names the file, the line of the file, the column and the value of the first row at fault.

    >>> from compendium.clean.workforce import Workforce
    >>> figures = read(paths.processed("default") / "workforce.csv", Workforce)
    >>> list(figures.columns[:3])
    ['obs_id', 'series', 'population']
    """
    name = paths.relative(path)
    rows = _rows(path, name, list(model.to_schema().columns))
    frame = pd.DataFrame(rows[1:], columns=rows[0], dtype="str")
    frame = frame.where(frame != "", None)
    for column, of in model.to_schema().columns.items():
        if str(of.dtype) == "bool":  # any text would count as true
            frame[column] = frame[column].replace(TRUTHS)
            of_truth = frame[column].isin(list(TRUTHS.values()))
            if not of_truth.all():
                place = int(of_truth.idxmin())
                written = str(frame.at[place, column])[:80]
                raise InputError(f"{name}, row {place + 2}, column '{column}': '{written}' is neither True nor False")
    try:
        return model.validate(frame, lazy=True)
    except pandera.errors.SchemaErrors as error:
        raise InputError(_first_failure(error, name)) from None


def _rows(path: Path, name: str, columns: list[str]) -> list[list[str]]:
    """The rows, one a line: a field has no line end, so that a lost quote is told where it is."""
    csv.field_size_limit(sys.maxsize)
    rows: list[list[str]] = []
    for number, line in enumerate(read_text(path).removesuffix("\n").split("\n"), 1):
        try:
            row = next(csv.reader([line], strict=True), [])
        except csv.Error as error:
            raise InputError(f"{name}, row {number}: {error}") from None
        if not rows:
            _check_header(row, columns, name)
        elif len(row) != len(columns):
            raise InputError(f"{name}, row {number}: has {len(row)} columns instead of {len(columns)}")
        for column, cell in zip(columns, row, strict=True):
            if reason := unwanted(cell):
                raise InputError(f"{name}, row {number}, column '{column}': {reason}")
        rows.append(row)
    return rows


def _check_header(header: list[str], columns: list[str], name: str) -> None:
    for column in header:
        if column not in columns:
            raise InputError(f"{name}, row 1: unknown column '{column[:80]}'{nearest(column, columns)}")
    for column in columns:
        if column not in header:
            raise InputError(f"{name}, row 1: the column '{column}' is missing")
    if header != columns:
        raise InputError(f"{name}, row 1: the columns must stand in the order {', '.join(columns)}")


def _first_failure(error: pandera.errors.SchemaErrors, name: str) -> str:
    """One sentence for the first row that a schema refuses: file, line of the file, column, value, rule."""
    cases = error.failure_cases
    cases = cases.assign(whole=cases["schema_context"] == "DataFrameSchema")
    case = cases.sort_values(["index", "whole"], na_position="last").iloc[0]
    check, column = str(case["check"]), str(case["column"])
    value = str(case["failure_case"])[:80]
    if case["whole"] and ": " in check:  # a check of whole rows names the column at fault
        column, _, check = check.partition(": ")
        values = cases.loc[(cases["index"] == case["index"]) & (cases["column"] == column), "failure_case"]
        value = str(values.iloc[0])[:80] if len(values) else ""  # nothing is told of an empty cell
    line = f", row {int(case['index']) + 2}" if pd.notna(case["index"]) else ""  # the header is row 1
    return f"{name}{line}, column '{column}': '{value}' breaks the rule {check}"


def write(frame: pd.DataFrame, path: Path) -> None:
    """Write a table: LF line ends, point decimals, floats with 10 significant digits, no index."""
    path.parent.mkdir(parents=True, exist_ok=True)
    frame.to_csv(path, index=False, lineterminator="\n", float_format="%.10g")
