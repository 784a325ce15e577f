"""Before anything runs: are the raw data the ones that were sealed, and the parameters of this scenario usable?

Modules are compiled here as well, so that no stale one is taken for new.
"""

import contextlib
import importlib.util
import json
import py_compile
from pathlib import Path

from compendium import datapackage, files, parameters, paths
from compendium.errors import InputError, nearest
from compendium.runner import target

BY_CONTENT = b"\x03\0\0\0"  # the flags of such a file (PEP 552)


def check(scenario: str, notebooks: list[str]) -> None:
    """Resolve the parameters of every notebook and write each one's to a file that changes only with its content.

    Raises:
        InputError: a raw file differs from its seal, a parameter is at fault, or a notebook has no section in
            parameters/default.yaml.
    """
    datapackage.check()
    _compile_by_content()
    values = parameters.resolve(scenario)
    for section in values:
        if section not in (*notebooks, parameters.RUNNER):
            raise InputError(f"parameters/default.yaml: no notebook '{section}'{nearest(section, notebooks)}")
    for notebook in notebooks:
        if notebook not in values:
            raise InputError(f"parameters/default.yaml: the notebook '{notebook}' has no section")
        text = json.dumps(values[notebook], indent=1, sort_keys=True) + "\n"
        files.write_if_changed(target.given(notebook, scenario), text.encode())
    settings = [paths.PARAMETERS / f"{name}.yaml" for name in sorted({"default", scenario})]
    code = [paths.ROOT / path for path in sorted(target.modules_of_this_process())]
    given = [target.given(notebook, scenario) for notebook in notebooks]
    sealed = [paths.DATAPACKAGE, *datapackage.sealed()]
    checked = [paths.ROOT / "Makefile", *settings, *code, *given, *sealed]
    lines = [f"{files.sha256(path)}  {paths.relative(path)}\n" for path in checked]
    files.write_if_changed(paths.build(scenario) / "checked", "".join(lines).encode())


def _compile_by_content() -> None:
    """Compile each module so that Python tells by its content whether it has changed: by default it trusts time and size."""
    for path in sorted((paths.ROOT / "src" / "compendium").rglob("*.py")):
        compiled = Path(importlib.util.cache_from_source(str(path)))
        if not compiled.exists() or compiled.read_bytes()[4:8] != BY_CONTENT:
            with contextlib.suppress(OSError):  # then nothing compiled is kept
                py_compile.compile(str(path), quiet=2, invalidation_mode=py_compile.PycInvalidationMode.CHECKED_HASH)
