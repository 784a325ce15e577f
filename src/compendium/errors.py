"""What a person is told when an input cannot be used: one sentence, no stack."""

import difflib
from collections.abc import Iterable


class InputError(Exception):
    """A file that a person edits says something that cannot be used; the message names file, row and column."""


def nearest(name: object, known: Iterable[str]) -> str:
    """A hint ` (did you mean 'x'?)` for a misspelt name, or an empty string."""
    close = difflib.get_close_matches(str(name), list(known), n=1)
    return f" (did you mean '{close[0]}'?)" if close else ""
