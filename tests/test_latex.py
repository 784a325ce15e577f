"""Every table as LaTeX: it compiles, nothing sticks out, French keeps its accents and spaces."""

import re
import shutil
import subprocess

import pandas as pd
import pytest
from clones import need
from great_tables import GT

from compendium import paths
from compendium.language import LANGUAGES, Text
from compendium.tables.latex import latex
from compendium.tables.style import header

RESULTS = paths.results("default")
PACKAGES = r"""\documentclass[a4paper]{article}
\usepackage[T1]{fontenc}
\usepackage[margin=2cm]{geometry}
\usepackage{lmodern,array,booktabs,longtable}
"""
BABEL = {"en": "", "fr": "\\usepackage[french]{babel}\n"}
STICKS_OUT = re.compile(r"Overfull \\hbox \((\d+\.\d+)pt too wide\)")
TOLERANCE_POINTS = 6  # what the space between two columns takes


def fragments(language):
    return sorted([*(RESULTS / "tables").glob(f"*.{language}.tex"), RESULTS / f"ledger.{language}.tex"])


def every(pattern):
    return pytest.mark.parametrize("path", sorted(RESULTS.rglob(pattern)), ids=lambda path: path.name)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("babel", [True, False])
def test_all_tables_compile_and_none_sticks_out(language, babel, tmp_path):
    need(shutil.which("pdflatex") is not None, "Debian's texlive-latex-recommended, texlive-lang-french and lmodern")
    parts = []
    for path in fragments(language):
        shutil.copy(path, tmp_path)
        parts.append(f"\\input{{{path.name}}}\n\\clearpage\n")
    text = PACKAGES + (BABEL[language] if babel else "") + "\\begin{document}\n" + "".join(parts) + "\\end{document}\n"
    (tmp_path / "all.tex").write_text(text, encoding="utf-8")
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", "all.tex"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    said = done.stdout.decode("utf-8", errors="replace")
    assert done.returncode == 0, said[-2000:]
    assert "Missing character" not in (tmp_path / "all.log").read_text(encoding="utf-8", errors="replace")
    assert max([0.0, *map(float, STICKS_OUT.findall(said))]) <= TOLERANCE_POINTS
    assert "Float too large" not in said


@every("*.tex")
def test_its_braces_environments_and_cells_fit(path):
    """What can be seen without a LaTeX."""
    text = path.read_text(encoding="utf-8")
    bare = re.sub(r"\\[\\{}&%$#_]", "", text)
    assert bare.count("{") == bare.count("}")
    open_ones = []
    for what, name in re.findall(r"\\(begin|end)\{(\w+)\}", text):
        if what == "begin":
            open_ones.append(name)
        else:
            assert open_ones.pop() == name
    assert not open_ones
    columns = len(re.findall(r"\\arraybackslash\}p", text.partition("\n\\toprule")[0].rpartition("\\begin{")[2]))
    rows = text[text.index("\\toprule") : text.index("\\bottomrule")].split("\\\\\n")
    counts = {len(re.findall(r"(?<!\\)&", row)) + 1 for row in rows if "&" in row}
    assert counts == {columns}
    assert not re.search(r"(?<!\\)[%#$](?!-\$)(?<!\$-\$)", text), "a special character is not escaped"


@every("*.tex")
def test_it_says_what_the_table_says(path):
    """The number of rows that the HTML has, and in French the accents and the no-break spaces."""
    text = path.read_text(encoding="utf-8")
    page = path.with_suffix(".html").read_text(encoding="utf-8")
    body = page[page.index("<tbody") : page.index("</tbody")]
    last_head = text.rpartition("\\endhead")[2] if "\\endhead" in text else text.partition("\\addlinespace")[2]
    rows = [line for line in last_head[: last_head.index("\\bottomrule")].split("\n") if re.search(r"(?<!\\)&", line)]
    assert len(rows) == body.count("<tr>")
    assert not re.search("[\u00a0\u202f−]", text)
    if path.name.endswith(".fr.tex"):
        assert re.search("[éèàê]", text)
        assert not re.search(r" [:;?!»]|« ", text)


def test_it_escapes_numbers_and_marks_and_keeps_french_spaces():
    data = pd.DataFrame({"what": ["A & B_1, 50 %", "22\u202f473"], "n": ["−1,5\u00a0%", "2"]})
    table = header(GT(data, id="made_up"), Text("A", "A"), Text("B ;", "B ; c : d"), Text("n", "n"), "fr")
    text = latex(table, "made_up")
    assert r"A \& B\_1, 50 \% & $-$1,5~\%" in text
    assert r"22\,473 & 2" in text
    assert r"B\nobreak\hspace{0.17em}; c~: d" in text
    assert r"\label{tab:made_up}" in text


def test_a_long_table_runs_over_pages():
    table = header(GT(pd.DataFrame({"n": range(40)}), id="long"), Text("A", "A"), Text("B", "B"), Text("n", "n"), "en")
    text = latex(table, "long")
    assert text.count("\\begin{longtable}") == text.count("\\endfirsthead") == text.count("\\endhead") == 1
