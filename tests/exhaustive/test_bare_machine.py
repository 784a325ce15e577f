"""A Debian with the README's prerequisites and nothing else takes a clone from nothing to the ledger, and passes the tests."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from clones import need

from compendium import paths

SCRIPT = Path(__file__).with_name("bare_machine.sh")


@pytest.mark.exhaustive
def test_a_bare_machine_gets_to_the_ledger_and_passes_the_tests(tmp_path):
    need(os.geteuid() == 0 and shutil.which("debootstrap") is not None, "root and debootstrap")
    done = subprocess.run([SCRIPT, paths.ROOT, tmp_path / "debian"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-5000:] + done.stderr[-5000:]
    assert "claims have a verdict" in done.stdout
    assert re.search(r"\d+ passed", done.stdout)
    ledger = "results/ledger.csv"
    assert (tmp_path / "debian/srv/compendium" / ledger).read_bytes() == (paths.ROOT / ledger).read_bytes()
