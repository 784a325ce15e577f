r"""Tables as LaTeX for a paper: what great_tables writes, in columns that wrap, with the spaces of French kept.

great_tables drops the styles of cells (what a table says never depends on them) and sets columns as wide as their longest
line; here a column has a share of the line, by its texts. A fragment needs `array`, `booktabs` and, where it runs over
pages, `longtable`, with `\usepackage[T1]{fontenc}`; it works with and without `babel`.
"""

import re
import warnings

from great_tables import GT

# Characters of a line of 17 cm by the size of type; the smaller size where columns want more than WIDE characters.
SIZES = {r"\footnotesize": 100, r"\scriptsize": 115}
WIDE = 150
ROWS_OF_A_PAGE = 30  # a table with more runs over pages
SHORT = 24  # characters of a cell that should not be broken
BETWEEN = 3  # characters that the space between two columns is worth
RAGGED = {"l": r"\raggedright", "r": r"\raggedleft", "c": r"\centering"}
CELLS = re.compile(r"(?<!\\)&")
START = re.compile(r"^\\begin\{(?:tabular\*|longtable)\}.*\}([lrc|]+)\}$", re.MULTILINE)
# A narrow space before ; ? ! is a skip, which babel's French replaces with its own; between thousands it is part of the number.
SKIP = re.compile("\u202f(?=[;?!])")
MARKS = {"\u202f": r"\,", "\u00a0": "~", "−": "$-$"}


def latex(table: GT, name: str) -> str:
    r"""A table as a LaTeX fragment, to be read with `\input`.

    Args:
        table: with title, subtitle and a note.
        name: what `\ref{tab:name}` finds.
    """
    text = _rendered(table, long=False)
    long = len(_rows(text)) > ROWS_OF_A_PAGE
    text = _rendered(table, long=True) if long else text
    start = START.search(text)
    assert start, "great_tables names the columns"
    columns, width, size = _columns(start[1].replace("|", ""), _rows(text))
    kind = "longtable" if long else "tabular"
    text = START.sub(lambda _: rf"\begin{{{kind}}}{{@{{}}{columns}@{{}}}}", text).replace(r"\end{tabular*}", r"\end{tabular}")
    text = re.sub(r"\\fontsize\{.*\}\\selectfont", lambda _: size, text)
    text = re.sub(
        r"\\caption\*\{\n\{\\large (.*)\} \\\\\n\{\\small (.*)\}\n\}",
        lambda match: rf"\caption[{match[1]}]{{\textbf{{{match[1]}}}. {match[2]}}}\label{{tab:{name}}}",
        text,
    )
    over_all = rf"@{{}}>{{\raggedright\arraybackslash}}p{{\dimexpr {width:.3f}\linewidth-2\tabcolsep\relax}}@{{}}"
    text = re.sub(r"(\\multicolumn\{\d+\})\{l\}", lambda match: f"{match[1]}{{{over_all}}}", text)
    text = text.replace(r"\begin{minipage}", "\\par\\smallskip\\noindent\n\\begin{minipage}")
    if long:  # the heads of the columns stand on every page
        head = text[text.index(r"\toprule") : text.index(r"\addlinespace")]
        text = text.replace(head, f"{head}\n\\endfirsthead\n{head}\n\\endhead\n", 1)
    text = SKIP.sub(lambda _: r"\nobreak\hspace{0.17em}", text)
    for mark, command in MARKS.items():
        text = text.replace(mark, command)
    return "\n".join(line.rstrip() for line in text.split("\n") if line.strip()) + "\n"


def _rendered(table: GT, long: bool) -> str:
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Styles are not yet supported")
        return table.as_latex(use_longtable=long)


def _rows(text: str) -> list[list[str]]:
    """The rows of a table, head included, as cells; rows over all columns have one cell."""
    body = text[text.index(r"\toprule") : text.index(r"\bottomrule")]
    return [CELLS.split(line.rstrip(" \\")) for line in body.split("\n") if line.rstrip().endswith(r"\\")]


def _columns(alignments: str, rows: list[list[str]]) -> tuple[str, float, str]:
    """The columns, each with its share of the line, the sum of the shares, and the size of type.

    A column has room for its longest word, and of the rest of the line a part by its longest cell.
    """
    cells = list(zip(*(row for row in rows if len(row) == len(alignments)), strict=True))
    least = [BETWEEN + max(len(word) for cell in column for word in cell.split(" ")) for column in cells]
    wanted = [max(one, _wanted(max(len(cell.strip()) for cell in column))) for one, column in zip(least, cells, strict=True)]
    small, smaller = SIZES
    size = smaller if sum(wanted) > WIDE else small
    rest = min(1.0, (SIZES[size] - sum(least)) / max(1.0, sum(wanted) - sum(least)))
    shares = [(one + rest * (more - one)) / SIZES[size] for one, more in zip(least, wanted, strict=True)]
    columns = (
        rf">{{{RAGGED[alignment]}\arraybackslash}}p{{\dimexpr {share:.3f}\linewidth-2\tabcolsep\relax}}"
        for alignment, share in zip(alignments, shares, strict=True)
    )
    return "".join(columns), sum(shares), size


def _wanted(characters: int) -> float:
    """How wide a column wants to be, in characters: whole if short; else it grows with the root of its longest cell."""
    return BETWEEN + (characters if characters <= SHORT else SHORT + 2 * (characters - SHORT) ** 0.5)
