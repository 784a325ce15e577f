"""`make release`: one archive of all that a reader needs to run and check the compendium, the same bytes each time.

It holds what git tracks at the last commit, the site and the crate at the places where `make` puts them, and SHA256SUMS, by
which a folder unpacked from it knows what was released.
"""

import gzip
import io
import os
import re
import shutil
import tarfile
from pathlib import Path

from compendium import files, paths
from compendium.errors import InputError
from compendium.runner.git import git

VERSION = re.compile(r"\d+\.\d+\.\d+")
NEEDED = "a release is made in a git clone, from its last commit"


def write(version: str) -> str:
    """Write the archive of a version and its checksum into build/release/; return what they are called.

    Raises:
        InputError: the version is not the project's, something is not committed, or this is no clone.
    """
    _check_version(version)
    tracked = _committed()
    built = [path for folder in (paths.site("default"), paths.CRATE) for path in folder.rglob("*") if path.is_file()]
    names = sorted([*tracked, *(paths.relative(path) for path in built)])
    sums = "".join(f"{files.sha256(paths.ROOT / name)}  {name}\n" for name in names)
    top = f"compendium-{version}"
    target = paths.RELEASE / f"{top}.tar.gz"
    files.write_if_changed(target, _packed(top, names, sums.encode()))
    files.write_if_changed(paths.RELEASE / paths.SUMS.name, f"{files.sha256(target)}  {target.name}\n".encode())
    size = target.stat().st_size / 1e6
    return (
        f"{paths.relative(target)} ({size:.0f} MB, {len(names) + 1} files); its checksum stands beside it in {paths.SUMS.name}"
    )


def sums() -> dict[str, str]:
    """The files of the release that this folder was unpacked from, with their SHA-256; none in a clone."""
    if not paths.SUMS.exists():
        return {}
    return {name: sha for sha, _, name in (line.partition("  ") for line in files.read_text(paths.SUMS).splitlines())}


def restore(names: list[str], to: Path) -> None:
    """Copy files as they were released: those that stand there, or where they have changed since, those of the crate.

    Raises:
        InputError: a file is in neither place as it was released.
    """
    released = sums()
    for name in names:
        found = [
            path for path in (paths.ROOT / name, paths.CRATE / name) if path.exists() and files.sha256(path) == released[name]
        ]
        if not found:
            raise InputError(
                f"{name} is no longer as it was released, and not in build/crate/ either: unpack the archive again"
            )
        (to / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(found[0], to / name)


def _check_version(version: str) -> None:
    own = paths.version()
    if not VERSION.fullmatch(version):
        raise InputError(f"VERSION='{version}' is no version: three numbers, such as make release VERSION={own}")
    for path, said in ((paths.PROJECT, own), (paths.CITATION, str(files.read_yaml(paths.CITATION)["version"]))):
        if said != version:
            raise InputError(f"VERSION={version} is not the version in {paths.relative(path)}, {said}: change one of them")


def _committed() -> list[str]:
    """The files that git tracks, where they all stand as in the last commit."""
    changed = git("status", "--porcelain", "-z", needed=NEEDED).decode().strip("\0").split("\0")
    if changed != [""]:
        told = ", ".join(entry[3:] for entry in changed[:3]) + (f" and {len(changed) - 3} more" if len(changed) > 3 else "")
        raise InputError(f"{NEEDED}, and not all is committed: {told}")
    listed = git("ls-tree", "-r", "--name-only", "-z", "HEAD", needed=NEEDED).decode().strip("\0")
    if not listed:
        raise InputError(f"{NEEDED}: nothing is committed in this folder")
    return listed.split("\0")


def _packed(top: str, names: list[str], sums: bytes) -> bytes:
    """The archive: names in their order, one moment, no owner, and of the modes only whether a file is a program."""
    packed = io.BytesIO()
    with (
        gzip.GzipFile(filename="", mode="wb", fileobj=packed, mtime=0) as compressed,
        tarfile.open(fileobj=compressed, mode="w", format=tarfile.PAX_FORMAT) as archive,
    ):
        for name, data in ((paths.SUMS.name, sums), *((name, (paths.ROOT / name).read_bytes()) for name in names)):
            entry = tarfile.TarInfo(f"{top}/{name}")
            entry.size = len(data)
            entry.mtime = int(os.environ["SOURCE_DATE_EPOCH"])
            entry.mode = 0o755 if os.access(paths.ROOT / name, os.X_OK) else 0o644
            archive.addfile(entry, io.BytesIO(data))
    return packed.getvalue()
