"""`make serve` shows the site on this machine and nowhere else."""

import os
import re
import signal
import subprocess
import sys
import urllib.request

from clones import need

from compendium import paths


def test_the_site_is_served_on_the_loopback_address_only(site):
    need(os.path.exists("/proc/net/tcp"), "Linux, to list what listens")
    command = ["make", f"VENV={sys.prefix}", "serve", "PORT=0"]
    served = subprocess.Popen(
        command, cwd=paths.ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
    )  # fmt: skip
    try:
        assert served.stdout
        line = next(line for line in served.stdout if "Serving HTTP" in line)
        port = int(re.search(r"port (\d+)", line)[1])
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/") as answer:
            assert b"What the published figures allow" in answer.read()
        with open("/proc/net/tcp") as file:
            listening = [row.split() for row in file.readlines()[1:]]
        addresses = {row[1].split(":")[0] for row in listening if row[3] == "0A" and int(row[1].split(":")[1], 16) == port}
        assert addresses == {"0100007F"}  # 127.0.0.1, as the kernel writes it
    finally:
        os.killpg(served.pid, signal.SIGINT)
        served.wait(timeout=10)
