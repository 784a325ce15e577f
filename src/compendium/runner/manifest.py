"""results/MANIFEST.json: the hash of every committed output, and what it was made with."""

import json
import platform
import sys

from compendium import files, paths
from compendium.runner import target


def write(notebooks: list[str]) -> list[str]:
    """List what the notebooks and the step of universes have published, sorted.

    Returns:
        the other files of data/processed/ and results/, which nothing has published; hidden ones left out.
    """
    manifest = paths.results("default") / "MANIFEST.json"
    fragments = [paths.build("default") / f"{name}.d" for name in notebooks]
    published = {path for fragment in fragments for path in target.published_before(fragment)}
    outputs = [paths.ROOT / name for name in sorted({*published, paths.relative(paths.universes("default"))})]
    content = {
        "lock_sha256": files.sha256(paths.LOCK),
        "python": f"{sys.version_info.major}.{sys.version_info.minor}",
        "platform": f"{platform.system()}-{platform.machine()}".lower(),
        "sha256": {paths.relative(path): files.sha256(path) for path in outputs},
    }
    files.write_if_changed(manifest, (json.dumps(content, indent=1) + "\n").encode())
    folders = (paths.processed("default"), paths.results("default"))
    there = {path for folder in folders for path in folder.rglob("*") if path.is_file() and not path.name.startswith(".")}
    return sorted(paths.relative(path) for path in there - {*outputs, manifest})
