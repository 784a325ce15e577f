"""Notebooks in a real JupyterLab: kernel, figures, docstrings, an edit that `make` runs, outputs that are not committed."""

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator

import pytest
from clones import Clone, notebooks_run, wait_for
from playwright.sync_api import Browser, Page, expect

MINUTE = 60_000  # milliseconds; a kernel imports the libraries first
EXERCISE = "docs/teach/what-it-takes.fr.ipynb"
NOTEBOOK = "notebooks/32_reform_dates.ipynb"


def git(clone: Clone, *arguments: str) -> str:
    own = ["-c", "user.name=a", "-c", "user.email=a@b", "-c", "commit.gpgsign=false"]
    return clone.run(["git", *own, *arguments])


@pytest.fixture(scope="module")
def clone(built: Clone, tmp_path_factory: pytest.TempPathFactory) -> Clone:
    """A built copy with a history; one for all tests of this module, since JupyterLab takes long to start."""
    copy = Clone(tmp_path_factory.mktemp("lab") / "project")
    shutil.copytree(built.root, copy.root, copy_function=shutil.copy2)
    git(copy, "init", "-q")
    git(copy, "add", "-A")
    git(copy, "commit", "-q", "-m", "all")
    return copy


@pytest.fixture(scope="module")
def lab(clone: Clone, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """`make lab` in a built clone, with a home folder of its own and no browser; gives its address with {} for a path."""
    log = tmp_path_factory.mktemp("lab") / "log"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    with log.open("w") as output:
        base = {"PATH": os.environ["PATH"], "HOME": str(log.parent), "VENV": sys.prefix}
        base |= {"BROWSER": "true", "JUPYTER_PORT": port, "JUPYTER_TOKEN": "test"}
        started = subprocess.Popen(
            ["make", "lab"], cwd=clone.root, env=base, stdout=output, stderr=output, start_new_session=True
        )
        wait_for(lambda: f"http://127.0.0.1:{port}/lab" in log.read_text(encoding="utf-8"), seconds=120)
        yield f"http://127.0.0.1:{port}/lab/tree/{{}}?token=test&reset"
        os.killpg(started.pid, signal.SIGTERM)
        started.wait(30)


@pytest.fixture
def window(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1400, "height": 1000})
    opened = context.new_page()
    opened.set_default_timeout(MINUTE)
    yield opened
    context.close()


def run_all(page: Page, address: str) -> None:
    """Open a notebook and run it from top to bottom, editing nothing."""
    page.goto(address)
    expect(page.locator(".jp-Toolbar-kernelName").first).to_contain_text("Python 3 (ipykernel)", timeout=2 * MINUTE)
    state = page.locator(".jp-Notebook-ExecutionIndicator").first
    expect(state).to_have_attribute("data-status", "idle", timeout=2 * MINUTE)
    prompts = page.locator(".jp-CodeCell .jp-InputPrompt")
    for _ in range(3):  # JupyterLab may lose what is clicked before it has the kernel
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        with contextlib.suppress(AssertionError):
            expect(prompts.first).not_to_have_text("[ ]:", timeout=MINUTE)
            break
    expect(prompts.first).to_have_text("[1]:", timeout=4 * MINUTE)
    expect(prompts.filter(has_text="*")).to_have_count(0, timeout=4 * MINUTE)
    expect(state).to_have_attribute("data-status", "idle", timeout=4 * MINUTE)


def test_an_exercise_runs_shows_its_figure_and_answers_on_shift_tab(window: Page, lab):
    run_all(window, lab.format(EXERCISE))
    assert window.locator('[data-mime-type="application/vnd.jupyter.error"]').count() == 0
    expect(window.locator(".jp-RenderedImage img").first).to_be_visible()
    expect(window.locator(".jp-Placeholder, .jp-InputPlaceholder, .jp-OutputPlaceholder").first).to_be_visible()  # folded
    word = window.locator(".cm-line", has_text="cadre_share.layers(").first
    word.scroll_into_view_if_needed()
    box = word.bounding_box()
    assert box is not None
    window.mouse.click(box["x"] + 130, box["y"] + box["height"] / 2)  # inside the word layers
    window.keyboard.press("Shift+Tab")
    said = window.locator(".jp-Tooltip")
    expect(said).to_contain_text("The bound of the share in each year", timeout=MINUTE)
    for part in ("Args:", "Returns:", "percent", ">>> layers("):
        expect(said).to_contain_text(part)


def test_an_edited_notebook_is_run_by_the_next_make_and_committed_without_outputs(window: Page, lab, clone):
    before = (clone.root / NOTEBOOK).read_bytes()
    run_all(window, lab.format(NOTEBOOK))
    window.locator(".jp-CodeCell .cm-content").first.click()
    window.keyboard.press("Control+End")
    window.keyboard.type("  # tried")
    window.keyboard.press("Control+s")
    path = clone.root / NOTEBOOK
    wait_for(lambda: b"# tried" in path.read_bytes(), seconds=60)
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    assert any(cell.get("outputs") for cell in cells)

    assert "32_reform_dates.ipynb" in clone.make("lint", fails=True)
    assert notebooks_run(clone.make("32_reform_dates")) == ["32_reform_dates"]

    git(clone, "commit", "-q", "-a", "-m", "tried")
    committed = git(clone, "show", f"HEAD:{NOTEBOOK}")
    assert "# tried" in committed
    assert not any(cell.get("outputs") or cell.get("execution_count") for cell in json.loads(committed)["cells"])
    path.write_bytes(before)
