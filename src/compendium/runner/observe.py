"""Inside the kernel: note which files of the project a notebook reads, and refuse what a notebook must not do.

An IPython extension that listens to Python's audit events. A compiler writes down the headers it opened in the same way.
"""

import functools
import json
import logging
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from compendium import paths

FOLDERS = (*(paths.ROOT / name for name in ("data", "results", "parameters", "build")), paths.LETTERS)
WATCHED = tuple(f"{folder}{os.sep}" for folder in FOLDERS)
MODULES = f"{paths.ROOT / 'src' / 'compendium'}{os.sep}"
OWN = f"{paths.BUILD / 'home'}{os.sep}"
# The longest notebook shows 0.6 million characters, pictures included, and none prints any. One without end would fill memory
# and disk; nbclient searches a printed line in a time that grows with the square of its length.
MOST_SHOWN, MOST_PRINTED = 5_000_000, 20_000


def load_ipython_extension(shell: Any) -> None:
    """Begin to listen; called by IPython before the first cell."""
    log = open(os.environ["COMPENDIUM_OBSERVED"], "a", encoding="utf-8", buffering=1)  # noqa: SIM115 - open to the end
    staging = os.environ["COMPENDIUM_STAGING"] + os.sep
    seen: set[str] = set()

    def note(path: str) -> None:
        if path not in seen:
            seen.add(path)
            log.write(json.dumps(paths.relative(path)) + "\n")

    def listen(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            path, mode, flags = arguments
            if not isinstance(path, (str, bytes, Path)):
                return
            name = os.path.abspath(os.fsdecode(path))
            if not name.startswith(WATCHED) or name.startswith((staging, OWN)):
                return
            if (mode and any(letter in str(mode) for letter in "wax+")) or flags & (os.O_WRONLY | os.O_RDWR):
                raise PermissionError(f"a notebook publishes through `Run`; it may not write {paths.relative(name)}")
            note(name)
        elif event in ("os.listdir", "os.scandir") and arguments[0] is not None and not isinstance(arguments[0], int):
            name = os.path.abspath(os.fsdecode(arguments[0])) + os.sep
            if name.startswith(WATCHED) and not name.startswith((staging, OWN)):
                raise PermissionError(f"name the files to read: a file added to {paths.relative(name)} would go unnoticed")
        elif event == "socket.connect" and isinstance(arguments[1], tuple):
            raise PermissionError("the pipeline runs without network")

    def note_modules(*_: Any) -> None:
        for module in list(sys.modules.values()):
            file = getattr(module, "__file__", None) or ""
            if file.startswith(MODULES):
                note(file)

    # where it takes more than five seconds to list the fonts, matplotlib says so in the output of a cell
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)
    sys.addaudithook(listen)
    shell.events.register("post_run_cell", note_modules)
    _limit(shell)


def _limit(shell: Any) -> None:
    """Fail where a notebook prints or shows more than the limits, once, and send nothing more: its error is yet to be told."""

    def limited(send: Callable[..., Any], most: int) -> Callable[..., Any]:
        sent, told = 0, False

        @functools.wraps(send)
        def count(*arguments: Any, **named: Any) -> Any:
            nonlocal sent, told
            sent += sum(len(str(argument)) for argument in (*arguments, *named.values()))
            if sent <= most:
                return send(*arguments, **named)
            if not told:
                told = True
                raise RuntimeError(f"a notebook prints at most {MOST_PRINTED} characters and shows at most {MOST_SHOWN}")
            return None

        return count

    for stream in (sys.stdout, sys.stderr):
        stream.write = limited(stream.write, MOST_PRINTED)  # type: ignore[method-assign]
    shell.display_pub.publish = limited(shell.display_pub.publish, MOST_SHOWN)
