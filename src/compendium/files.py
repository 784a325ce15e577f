"""Read the files people edit, strictly, and write files only when their bytes change."""

import contextlib
import hashlib
import os
import re
from collections.abc import Callable, Hashable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

import yaml

try:
    from yaml import CSafeLoader as SafeLoader  # several times as fast
except ImportError:  # PyYAML was built without libyaml
    from yaml import SafeLoader  # type: ignore[assignment]

from compendium import paths
from compendium.errors import InputError

T = TypeVar("T")

# The longest line of text in the data has under 1,000 characters; one far longer is a slip, such as a lost quote.
LONGEST_TEXT = 10_000
DEEPEST_YAML = 50  # collections in each other; the files of the project need less than ten


def unwanted(text: str) -> str:
    """Why a text cannot stand in the data: it would run in a spreadsheet or a browser, or has no end; empty if it can."""
    if len(text) > LONGEST_TEXT:
        return f"has {len(text)} characters, more than {LONGEST_TEXT}"
    if text.startswith(("=", "@")):
        return f"'{text[:80]}' begins like a formula of a spreadsheet"
    if markup := re.search(r"<[A-Za-z/!?]", text):
        return f"'{text[markup.start() :][:80]}' reads as HTML"
    return ""


def read_text(path: Path) -> str:
    """The text of a UTF-8 file with LF line ends.

    Raises:
        InputError: the file is missing, empty, not UTF-8, or has a byte-order mark, a NUL or CRLF line ends.
    """
    name = paths.relative(path)
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise InputError(f"{name}: the file is missing") from None
    if not data.strip():
        raise InputError(f"{name}: the file is empty")
    for mark, what in (
        (b"\xef\xbb\xbf", "a byte-order mark"),
        (b"\x00", "a NUL byte"),
        (b"\r", "CR or CRLF line ends"),
    ):
        if mark in data:
            line = data[: data.index(mark)].count(b"\n") + 1
            raise InputError(f"{name}, line {line}: has {what}; save it as plain UTF-8 with LF line ends")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise InputError(f"{name}, line {line}: is not UTF-8; save it as UTF-8") from None


class _StrictLoader(SafeLoader):
    """Safe YAML without repeated keys (the last would win) and without text that cannot stand in the data."""

    def construct_scalar(self, node: Any) -> Any:
        if reason := unwanted(str(node.value)):
            raise yaml.constructor.ConstructorError(None, None, reason, node.start_mark)
        return super().construct_scalar(node)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[Hashable] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if not isinstance(key, Hashable) or key in seen:
                message = f"the key '{key}' stands twice" if isinstance(key, Hashable) else "a key is not a name"
                raise yaml.constructor.ConstructorError(None, None, message, key_node.start_mark)
            seen.add(key)
        return super().construct_mapping(node, deep=deep)


def read_yaml(path: Path) -> Any:
    """The content of a YAML file: plain values only.

    Raises:
        InputError: not readable as text, or not plain YAML (a tag, an alias, a repeated key); names the line.

    >>> list(read_yaml(paths.FRONT))
    ['findings']
    """
    text = read_text(path)
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > LONGEST_TEXT:
            raise InputError(f"{paths.relative(path)}, line {number}: {unwanted(line)}")
    try:
        _flat(text, paths.relative(path))
        return yaml.load(text, _StrictLoader)  # noqa: S506 - a SafeLoader: builds plain values only
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f", line {mark.line + 1}" if mark else ""
        raise InputError(f"{paths.relative(path)}{where}: {error.problem or error.context}") from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise InputError(f"{paths.relative(path)}: {str(error).splitlines()[0]}") from None


def _flat(text: str, name: str) -> None:
    """See, before anything is built, that nothing in a YAML text can grow without end or use up the stack."""
    depth = 0
    for event in yaml.parse(text, SafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent):
            raise InputError(f"{name}, line {line}: aliases are not allowed")
        if depth > DEEPEST_YAML:
            raise InputError(f"{name}, line {line}: is nested more than {DEEPEST_YAML} deep")


def sha256(path: Path) -> str:
    """The SHA-256 of a file's bytes, as hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_if_changed(path: Path, data: bytes) -> bool:
    """Put bytes under a name in one step, unless they already stand there; say whether the file changed.

    Raises:
        OSError: the disk is full or may not be written; what stood under the name still does, and nothing else is left.
    """
    if path.exists() and path.read_bytes() == data:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        temporary.write_bytes(data)
        os.replace(temporary, path)
    except OSError as error:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise OSError(error.errno, error.strerror, str(path)) from None
    return True


def write_all(texts: Mapping[Path, str], *renewed: Path, check: Callable[[], T]) -> T:
    """Write several files, then check; where the check fails every file is as it was before.

    Args:
        renewed: files that the check writes.
        check: raises an error if what is written cannot be used.

    Returns:
        what the check returns.
    """
    before = {path: path.read_bytes() if path.exists() else None for path in (*texts, *renewed)}
    try:
        for path, text in texts.items():
            write_if_changed(path, text.encode())
        return check()
    except BaseException:
        for path, data in before.items():
            if data is None:
                path.unlink(missing_ok=True)
            else:
                write_if_changed(path, data)
        raise


def half_written(folder: Path) -> Iterator[tuple[Path, int]]:
    """What `write_if_changed` left in a folder when it was killed, each with the process that wrote it."""
    for path in folder.rglob(".*.*"):
        process = path.name.rpartition(".")[2]
        if process.isdigit():
            yield path, int(process)
