"""Progress that a person can follow: which notebook of how many, which cell of how many, how long."""

import sys
import time
from pathlib import Path

QUIET_SECONDS = 10  # off a terminal, a line for a cell only after so long without one


class Progress:
    """One notebook's progress: a line that renews itself on a terminal, plain lines elsewhere, all of it in a log."""

    def __init__(self, name: str, position: str, log: Path) -> None:
        self._label = f"[{position}] {name}"
        self._started = self._spoke = time.monotonic()
        self._renews = sys.stdout.isatty()
        log.parent.mkdir(parents=True, exist_ok=True)
        self._log = log.open("w", encoding="utf-8")
        self._say("starts")

    def cell(self, number: int, total: int) -> None:
        """A cell starts."""
        quiet = time.monotonic() - self._spoke < QUIET_SECONDS
        self._say(f"cell {number} of {total}", renew=True, log_only=quiet and not self._renews)

    def note(self, text: str) -> None:
        """Something worth a line."""
        self._say(text)

    def done(self) -> None:
        """The notebook came to its end."""
        self._say("done")
        self._log.close()

    def failed(self) -> None:
        """The notebook did not."""
        self._say("failed")
        self._log.close()

    def _say(self, text: str, renew: bool = False, log_only: bool = False) -> None:
        line = f"{self._label}  {text}  {time.monotonic() - self._started:.1f} s"
        self._log.write(line + "\n")
        self._log.flush()
        if log_only:
            return
        self._spoke = time.monotonic()
        before, after = ("\r\x1b[K", "" if renew else "\n") if self._renews else ("", "\n")
        sys.stdout.write(before + line + after)
        sys.stdout.flush()
