"""The commands that the Makefile calls: python -m compendium.runner COMMAND ..."""

import argparse
import errno
import os
import sys

from compendium import paths, runner
from compendium.errors import InputError
from compendium.runner.claim import claim

# one make at a time
WRITES = (
    *("check", "run", "manifest", "data-package", "documents", "contact-sheet", "site", "crate", "release", "diff", "verify"),
    *("compare", "microdata", "decisions", "multiverse", "add-observation", "add-claim"),
)
NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM)


def main() -> int:
    """Run one command; a bad input ends with a sentence and exit code 1."""
    parser = argparse.ArgumentParser(prog="compendium.runner")
    commands = parser.add_subparsers(dest="command", required=True)
    make = commands.add_parser("run", help="run one notebook")
    make.add_argument("notebook")
    for name in ("check", "why", "run", "manifest"):
        command = make if name == "run" else commands.add_parser(name)
        command.add_argument("--scenario", required=True)
        command.add_argument("--notebooks", required=True, help="all notebooks, in order, space-separated")
    commands.add_parser("list", help="the parameters")
    commands.add_parser("data-package", help="renew the seal of the raw data")
    commands.add_parser("contact-sheet", help="all figures on one page, in colour and in grey")
    commands.add_parser("documents", help="renew the codebook and the computed parts of the READMEs")
    commands.add_parser("microdata", help="read the file that FILE names").set_defaults(scenario="microdata")
    commands.add_parser("crate", help="the run as a research object (RO-Crate)")
    commands.add_parser("diff", help="what moved against the last commit").add_argument("--scenario", required=True)
    commands.add_parser("verify", help="run everything from nothing and compare with the last commit")
    commands.add_parser("release", help="one archive of everything").add_argument("--version", required=True)
    commands.add_parser("site", help="build the site").add_argument("--scenario", required=True)
    sides = commands.add_parser("compare", help="what moves between two scenarios")
    sides.add_argument("scenarios", nargs=2)
    for name in ("add-observation", "add-claim"):
        adding = commands.add_parser(name, help="its arguments stand in the environment, where make puts them")
        adding.add_argument("given", nargs="*", help="the names of the arguments that were given")
    commands.add_parser("to-do", help="what is left to do before a new claim has its verdict")
    commands.add_parser("decisions", help="read data/multiverse.yaml").add_argument("--scenario", required=True)
    universes = commands.add_parser("multiverse", help="every universe of every statement")
    universes.add_argument("--scenario", required=True)
    universes.add_argument("--decisions", default="", help="a file of decisions of one's own")
    universes.add_argument("--scheduler", default="", help="the address of a Dask scheduler")
    commands.add_parser("summary", help="the ledger in a few lines").add_argument("--scenario", required=True)
    arguments = parser.parse_args()
    try:
        if arguments.command in WRITES:
            claim(getattr(arguments, "scenario", "default"))
            runner.settle()
        return _dispatch(arguments)
    except InputError as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        if error.errno not in NO_ROOM:
            raise
        place = f"{os.path.relpath(error.filename, paths.ROOT)}: " if error.filename else ""
        print(f"{place}{error.strerror}. Nothing is left half-written, and the next make goes on from here.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\ninterrupted: the next make goes on from here", file=sys.stderr)
        return 130


def _dispatch(arguments: argparse.Namespace) -> int:
    # each command imports what it needs: a summary should not wait for papermill
    if arguments.command == "run":
        from compendium.runner import target

        notebooks = arguments.notebooks.split()
        position = f"{notebooks.index(arguments.notebook) + 1}/{len(notebooks)}"
        return 0 if target.make(arguments.notebook, arguments.scenario, position) else 1
    if arguments.command == "check":
        from compendium.runner.check import check

        check(arguments.scenario, arguments.notebooks.split())
        runner.prepare()
    elif arguments.command == "why":
        from compendium.runner.why import why

        print(why(arguments.notebooks.split(), arguments.scenario))
    elif arguments.command == "verify":
        from compendium.runner.verify import verify

        return 0 if verify() else 1
    elif arguments.command == "list":
        from compendium import parameters

        print(parameters.listing())
    elif arguments.command == "manifest":
        from compendium.runner import manifest

        for name in manifest.write(arguments.notebooks.split()):
            print(f"{name}: published by no notebook, and so not in the manifest")
    elif arguments.command == "data-package":
        from compendium import claims, datapackage

        for claim in claims.read().values():
            claims.check(claim)
        print(datapackage.write())
    elif arguments.command == "contact-sheet":
        from compendium import contact_sheet

        print(contact_sheet.write())
    elif arguments.command == "documents":
        from compendium import codebook, readme

        readme.renew()
        codebook.renew()
    elif arguments.command == "microdata":
        from compendium import microdata

        print(microdata.bring(os.environ.get("FILE", ""), os.environ.get("YEAR", "")))
    elif arguments.command == "crate":
        from compendium import crate

        print(crate.write())
    elif arguments.command == "diff":
        from compendium.runner.diff import diff

        print(diff(arguments.scenario))
    elif arguments.command == "release":
        from compendium.runner import release

        print(release.write(arguments.version))
    elif arguments.command == "site":
        from compendium.site.build import build

        build(arguments.scenario)
    elif arguments.command == "compare":
        from compendium import compare

        print(compare.scenarios(*arguments.scenarios))
    elif arguments.command == "add-observation":
        from compendium import add_observation

        print(add_observation.add({name: os.environ[name] for name in arguments.given}))
    elif arguments.command == "add-claim":
        from compendium import add_claim

        print(add_claim.add({name: os.environ[name] for name in arguments.given}))
    elif arguments.command == "to-do":
        from compendium import add_claim

        left = add_claim.left()
        print("\n".join(left), end="\n" if left else "")
        return 1 if left else 0
    elif arguments.command == "decisions":
        from compendium.runner import multiverse

        multiverse.check(arguments.scenario)
    elif arguments.command == "multiverse":
        from compendium.runner import multiverse

        multiverse.make(arguments.scenario, arguments.decisions, arguments.scheduler)
    elif arguments.command == "summary":
        from compendium.runner import summary

        if moved := summary.write(arguments.scenario):
            print(moved)
    return 0


if __name__ == "__main__":
    sys.exit(main())
