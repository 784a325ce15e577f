"""What git knows of the project."""

import subprocess

from compendium import paths
from compendium.errors import InputError


def git(*arguments: str, needed: str) -> bytes:
    """What a git command prints, run in the project's top folder.

    Args:
        needed: what is told where git is missing, or this is no clone; the words of git follow.

    Raises:
        InputError: the command failed.
    """
    try:
        done = subprocess.run(["git", *arguments], cwd=paths.ROOT, capture_output=True, check=False)
    except FileNotFoundError:
        raise InputError(f"{needed}: git is not installed") from None
    if done.returncode:
        raise InputError(f"{needed}: {done.stderr.decode(errors='replace').strip().partition(chr(10))[0]}")
    return done.stdout
