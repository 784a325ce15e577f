"""CSV files in and out: read strictly against a schema, written so that a diff stays readable."""

import csv
import io
from pathlib import Path

import pandas as pd
import pandera.errors
import pandera.pandas as pa

from compendium import paths
from compendium.errors import InputError, nearest
from compendium.files import read_text

# The longest note in the data has under 1,000 characters; a field far longer is a slip, such as a lost quote.
LONGEST_FIELD = 10_000
TRUTHS = {"True": True, "False": False}


def read(path: Path, model: type[pa.DataFrameModel]) -> pd.DataFrame:
    """A CSV file as the table its schema describes.

    Args:
        path: comma-separated UTF-8 text, the schema's columns in their order on the first line.
        model: the schema; every row is checked against it.

    Raises:
        InputError: names the file, the line of the file, the column and the value of the first row at fault.
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
    csv.field_size_limit(LONGEST_FIELD)
    reader = csv.reader(io.StringIO(read_text(path)), strict=True)
    rows: list[list[str]] = []
    try:
        for row in reader:
            if not rows:
                _check_header(row, columns, name)
            elif len(row) != len(columns):
                raise InputError(f"{name}, line {reader.line_num}: has {len(row)} columns instead of {len(columns)}")
            rows.append(row)
    except csv.Error as error:
        raise InputError(f"{name}, line {reader.line_num}: {error}") from None
    return rows


def _check_header(header: list[str], columns: list[str], name: str) -> None:
    for column in header:
        if column not in columns:
            raise InputError(f"{name}, line 1: unknown column '{column[:80]}'{nearest(column, columns)}")
    for column in columns:
        if column not in header:
            raise InputError(f"{name}, line 1: the column '{column}' is missing")
    if header != columns:
        raise InputError(f"{name}, line 1: the columns must stand in the order {', '.join(columns)}")


def _first_failure(error: pandera.errors.SchemaErrors, name: str) -> str:
    """One sentence for the first row that a schema refuses: file, line of the file, column, value, rule."""
    cases = error.failure_cases
    case = cases.sort_values("index", na_position="last", kind="stable").iloc[0]
    check, column = str(case["check"]), str(case["column"])
    if case["schema_context"] == "DataFrameSchema" and ": " in check:  # a check of whole rows names the column at fault
        column, _, check = check.partition(": ")
        case = cases[(cases["index"] == case["index"]) & (cases["column"] == column)].iloc[0]
    value = str(case["failure_case"])[:80]
    line = f", row {int(case['index']) + 2}" if pd.notna(case["index"]) else ""  # the header is row 1
    return f"{name}{line}, column '{column}': '{value}' breaks the rule {check}"


def write(frame: pd.DataFrame, path: Path) -> None:
    """Write a table: LF line ends, point decimals, floats with 10 significant digits, no index."""
    path.parent.mkdir(parents=True, exist_ok=True)
    frame.to_csv(path, index=False, lineterminator="\n", float_format="%.10g")
