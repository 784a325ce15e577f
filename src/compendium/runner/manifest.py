"""results/MANIFEST.json: the hash of every committed output, and what it was made with."""

import json
import platform
import sys

from compendium import files, paths


def write() -> None:
    """List every file of data/processed/ and results/ but the manifest itself, sorted."""
    manifest = paths.results("default") / "MANIFEST.json"
    folders = (paths.processed("default"), paths.results("default"))
    outputs = sorted(path for folder in folders for path in folder.rglob("*") if path.is_file() and path != manifest)
    content = {
        "lock_sha256": files.sha256(paths.LOCK),
        "python": f"{sys.version_info.major}.{sys.version_info.minor}",
        "platform": f"{platform.system()}-{platform.machine()}".lower(),
        "sha256": {paths.relative(path): files.sha256(path) for path in outputs},
    }
    files.write_if_changed(manifest, (json.dumps(content, indent=1) + "\n").encode())
