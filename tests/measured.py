"""Counts of the long tests, kept in docs/measured.md: `make test-exhaustive` renews them (MEASURED=1)."""

import os
import re

from compendium import files, paths

PAGE = paths.DOCS / "measured.md"


def record(part: str, text: str) -> None:
    """Print a part of the page, and write it between its markers where the run is one that measures."""
    print(f"\n{text}")
    if os.environ.get("MEASURED") == "1":
        page = PAGE.read_text(encoding="utf-8")
        pattern = rf"(<!-- {part} -->\n).*?(<!-- /{part} -->)"
        assert re.search(pattern, page, flags=re.DOTALL), f"docs/measured.md lacks the markers of the part '{part}'"
        page = re.sub(pattern, lambda match: f"{match[1]}{text}\n{match[2]}", page, flags=re.DOTALL)
        files.write_if_changed(PAGE, page.encode())
