"""Before anything runs: are the raw data the ones that were sealed, and the parameters of this scenario usable?"""

import json

from compendium import datapackage, files, parameters, paths
from compendium.errors import InputError, nearest
from compendium.runner import target


def check(scenario: str, notebooks: list[str]) -> None:
    """Resolve the parameters of every notebook and write each one's to a file that changes only with its content.

    Raises:
        InputError: a raw file differs from its seal, a parameter is at fault, or a notebook has no section in
            parameters/default.yaml.
    """
    datapackage.check()
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
