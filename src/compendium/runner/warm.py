"""Warm kernels: a host that has imported the libraries once forks a process for each notebook. Without this file all runs too.

A make has one host, which ends with it, also if make is killed: it watches make's process.
It imports libraries and never a module of `compendium`, so that an edited module is never stale and what a notebook imports
is observed. A recipe sends a line of JSON over a Unix socket that only its user may open. For it the host forks a runner, which
drives papermill, and a kernel in a session of its own; both end when the recipe has its answer, closes the socket or dies.

Run as a program, this file is the host, and imports nothing of `compendium`; imported, it is what a recipe calls.
"""

import builtins
import contextlib
import ctypes
import fcntl
import functools
import gc
import importlib
import json
import os
import queue
import select
import selectors
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

FORKS = hasattr(os, "fork") and hasattr(os, "pidfd_open")  # macOS has the first, but its libraries do not survive it
MAKE, WARM = "COMPENDIUM_MAKE", "COMPENDIUM_WARM"  # make's process id and its WARM; without them a notebook runs the plain way
LIBRARIES = (
    "papermill",
    "ipykernel.kernelapp",
    "ipykernel.zmqshell",
    "yaml",
    "babel.numbers",
    "babel.messages.mofile",
    "babel.messages.pofile",
    "duckdb",
    "pandas",
    "pandera.pandas",
    "pandera.backends.pandas.register",  # else at the first check of a table, and by each kernel
    "pandera.backends.pandas.builtin_checks",
    "pandera.backends.pandas.builtin_hypotheses",
    "pandera.typing.dask",
    "matplotlib.pyplot",
    "matplotlib.backends.backend_pdf",
    "matplotlib.backends.backend_svg",
    "great_tables",
    "scipy.stats",
    "seaborn",
    "statsmodels.tsa.statespace.structural",
)
PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER = 1, 36  # of <linux/prctl.h>
REQUEST_SECONDS = 2  # a recipe sends its request at once
READY_SECONDS = 60  # what a forked kernel may take to answer
END_SECONDS = 5  # what the host may take to end the processes of one notebook


class Unavailable(Exception):
    """There is no warm host; the message says why."""


def prepare(home: Path) -> None:
    """Have the host import while something else is done; where there can be none, the first notebook will say so."""
    if make := _make():
        with contextlib.suppress(Unavailable):
            _connect(_address(home, make), make).close()


def execute(
    notebook: Path,
    output: Path,
    parameters: Mapping[str, Any],
    folder: Path,
    cell_timeout_seconds: int,
    on_cell: Callable[[int, int], None],
) -> None:
    """As `execute.execute`, in processes forked from the host; the plain way where there is none."""
    if make := _make():
        address = _address(folder.parent, make)
        request = {
            "notebook": str(notebook),
            "output": str(output),
            "parameters": dict(parameters),
            "folder": str(folder),
            "cell_timeout_seconds": cell_timeout_seconds,
            "environment": dict(os.environ),
        }
        try:
            if not address.is_file():  # it has not failed this make
                _ask(request, _connect(address, make), on_cell)
                return
        except Unavailable as reason:
            if FORKS and _has_ended(make):
                raise KeyboardInterrupt from None
            if not address.is_file():
                print(f"No warm kernels, {reason}: each notebook imports its libraries anew", flush=True)
                address.unlink(missing_ok=True)
                address.touch()
    from compendium.runner import execute as plain

    plain.execute(notebook, output, parameters, folder, cell_timeout_seconds, on_cell)


def _make() -> int:
    """The process id of the make that wants warm kernels; 0 where none does."""
    return int(os.environ.get(MAKE, "0")) if os.environ.get(WARM, "0") != "0" else 0


def _address(home: Path, make: int) -> Path:
    """Where the host of a make listens, relative to the top folder: a longer name does not fit."""
    return Path(os.path.relpath(home / f"warm.{make}"))


def _ask(request: dict[str, Any], connection: socket.socket, on_cell: Callable[[int, int], None]) -> None:
    """Have one notebook run; raise NotebookFailed if it fails, Unavailable if the host or its runner dies."""
    from compendium.runner import NotebookFailed

    with connection, connection.makefile("rw", encoding="utf-8") as stream:
        try:
            stream.write(json.dumps(request) + "\n")
            stream.flush()
            for line in stream:
                answer = json.loads(line)
                if "failed" in answer:
                    raise NotebookFailed(answer["failed"])
                if "done" in answer:
                    return
                on_cell(*answer["cell"])
        except ConnectionError:
            pass
        except KeyboardInterrupt:  # leave when the processes of this notebook have ended
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_WR)
                connection.settimeout(END_SECONDS)
                while connection.recv(4096):
                    pass
            raise
    raise Unavailable("since their host ended early")


def _connect(address: Path, make: int) -> socket.socket:
    """A connection to the host of this make, which is started if there is none; raises Unavailable where there can be none."""
    if not FORKS:
        raise Unavailable("since this system cannot fork them safely")
    connection = socket.socket(socket.AF_UNIX)
    try:
        with (address.parent / "warm.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            try:
                connection.connect(str(address))
            except (FileNotFoundError, ConnectionRefusedError):
                _start(address, make)
                connection.connect(str(address))
    except OSError:
        connection.close()
        raise Unavailable("since their host could not be reached") from None
    return connection


def _has_ended(process: int) -> bool:
    try:
        descriptor = os.pidfd_open(process)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([descriptor], [], [], 0)[0])  # also when nobody has waited for it yet
    finally:
        os.close(descriptor)


def _start(address: Path, make: int) -> None:
    """Start the host in a session of its own; it listens from the first moment on."""
    for left in address.parent.glob("warm.*[0-9]"):  # of a host that was killed
        if left.name == address.name or not Path(f"/proc/{left.suffix[1:]}").exists():
            left.unlink(missing_ok=True)
    with socket.socket(socket.AF_UNIX) as listener:
        mask = os.umask(0o177)
        try:
            listener.bind(str(address))
        finally:
            os.umask(mask)
        listener.listen(64)
        command = [sys.executable, "-P", globals()["__file__"], str(listener.fileno()), str(make), str(address)]
        environment = {name: value for name, value in os.environ.items() if name not in (MAKE, WARM)}
        environment["MPLBACKEND"] = "module://matplotlib_inline.backend_inline"  # as a kernel does, before matplotlib reads it
        subprocess.Popen(
            command, pass_fds=[listener.fileno()], env=environment, stdin=subprocess.DEVNULL, start_new_session=True
        )


@dataclass(frozen=True)
class _Job:
    """One notebook: the connection to its recipe, the processes that run it, and what becomes readable when the runner ends."""

    connection: socket.socket
    runner: int
    kernel: int
    ended: int

    def end(self) -> None:
        """End both processes and what the kernel started, then let the recipe know by closing the connection."""
        for kill, process in ((os.kill, self.runner), (os.kill, self.kernel), (os.killpg, self.kernel)):
            with contextlib.suppress(ProcessLookupError):
                kill(process, signal.SIGKILL)
        for process in (self.runner, self.kernel):
            os.waitpid(process, 0)
        self.connection.close()
        os.close(self.ended)


def _host(listener: socket.socket, make: int) -> Callable[[], None] | None:
    """Fork for every request until make ends; returns None then, and in a forked process what that is to do."""
    _prctl(PR_SET_CHILD_SUBREAPER, 1)  # what a notebook started stays in reach
    for _ in _imported():
        if _has_ended(make):
            return None
    if len(os.listdir("/proc/self/task")) > 1:  # a lock that a thread holds stays locked in a fork
        return None
    gc.collect()
    gc.freeze()  # what is shared stays shared
    events = selectors.DefaultSelector()
    events.register(os.pidfd_open(make), selectors.EVENT_READ, make)
    events.register(listener, selectors.EVENT_READ)
    jobs: set[_Job] = set()
    while True:
        for key, _ in events.select():
            if key.data == make:
                return None
            if key.data:
                if key.data in jobs:  # its recipe and its runner may end at once
                    jobs.remove(key.data)
                    events.unregister(key.data.connection)
                    events.unregister(key.data.ended)
                    key.data.end()
                continue
            connection = listener.accept()[0]
            connection.settimeout(REQUEST_SECONDS)
            request = _line(connection)
            connection.settimeout(None)
            if not request:
                connection.close()
                continue
            ours, its = socket.socketpair()  # between runner and kernel
            kernel = os.fork()
            runner = os.fork() if kernel else 0
            if kernel and runner:
                ours.close()
                its.close()
                jobs.add(job := _Job(connection, runner, kernel, os.pidfd_open(runner)))
                events.register(connection, selectors.EVENT_READ, job)
                events.register(job.ended, selectors.EVENT_READ, job)
                continue
            _die_with_host()
            listener.close()
            events.close()
            for job in jobs:
                job.connection.close()
            if kernel:
                its.close()
                return functools.partial(_runner, request, connection, ours, kernel)
            ours.close()
            connection.close()
            return functools.partial(_kernel, its)


def _imported() -> Iterator[str]:
    """Import the libraries one by one, as a kernel would find them; yields after each."""
    # not asked for here, and slow: see runner.settle; what pandera would import where Dask is installed
    hidden = ("rfc3987_syntax", "dask")
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type]
    builtins.get_ipython = lambda: SimpleNamespace(kernel=None)  # type: ignore[attr-defined] # pandas asks as it sets its defaults
    for library in LIBRARIES:
        with contextlib.suppress(ImportError):  # a notebook that needs it will say so
            importlib.import_module(library)
        yield library
    del builtins.get_ipython  # type: ignore[attr-defined]
    for name in hidden:
        del sys.modules[name]


def _end(address: Path) -> None:
    """End every process that is left, whoever started it, and take the address away."""
    address.unlink(missing_ok=True)
    children = Path(f"/proc/self/task/{os.getpid()}/children")
    with contextlib.suppress(ChildProcessError):
        while True:
            for process in children.read_text().split():
                os.kill(int(process), signal.SIGKILL)
            os.wait()  # those of a process that has ended are now the host's


def _line(connection: socket.socket) -> dict[str, Any] | None:
    """The one line that the other side sends; None if it died before."""
    received = b""
    while not received.endswith(b"\n"):
        try:
            part = connection.recv(1 << 16)
        except OSError:
            return None
        if not part:
            return None
        received += part
    return json.loads(received)


def _runner(request: dict[str, Any], connection: socket.socket, waiting: socket.socket, kernel: int) -> None:
    """In the forked runner: drive the notebook through papermill, tell the recipe of cells and the end."""
    os.environ.clear()
    os.environ.update(request["environment"])
    from compendium.runner import NotebookFailed
    from compendium.runner import execute as plain

    def say(**answer: Any) -> None:
        connection.sendall(json.dumps(answer).encode() + b"\n")

    try:
        plain.execute(
            Path(request["notebook"]),
            Path(request["output"]),
            request["parameters"],
            Path(request["folder"]),
            request["cell_timeout_seconds"],
            lambda number, total: say(cell=[number, total]),
            manager=_manager(waiting, kernel),
        )
    except NotebookFailed as failure:
        say(failed=str(failure))
        return
    # a change of these modules changes how a notebook runs: they count as read
    loaded = sorted(
        getattr(module, "__file__", "") for name, module in sys.modules.items() if name.partition(".")[0] == "compendium"
    )
    with open(request["environment"]["COMPENDIUM_OBSERVED"], "a", encoding="utf-8") as log:
        log.writelines(json.dumps(os.path.relpath(file)) + "\n" for file in loaded)
    say(done=True)


def _manager(waiting: socket.socket, kernel: int) -> type:
    """A class of kernel managers that take the kernel that waits at the other end of a socket."""
    import zmq.asyncio
    from jupyter_client.asynchronous.client import AsyncKernelClient
    from jupyter_client.manager import AsyncKernelManager
    from jupyter_client.provisioning.local_provisioner import LocalProvisioner

    class Process:
        """The kernel's process, with what a provisioner asks of a Popen."""

        pid = kernel
        stdin = stdout = stderr = None
        ended = os.pidfd_open(kernel)

        def poll(self) -> int | None:
            return 1 if select.select([self.ended], [], [], 0)[0] else None

    class Forked(LocalProvisioner):
        """Launches nothing: it tells the waiting kernel its command and environment."""

        async def launch_kernel(self, cmd: list[str], **given: Any) -> Any:
            waiting.sendall(json.dumps({"command": cmd, "environment": given["env"]}).encode() + b"\n")
            waiting.recv(1)  # it listens: who connects before loses a quarter of a second
            self.process: Any = Process()
            self.pid = self.pgid = kernel
            return self.connection_info

        async def wait(self) -> int:
            """Wait until the kernel has ended, without the steps of a tenth of a second that a Popen needs."""
            select.select([Process.ended], [], [])
            self.process = None
            return 1

    class Client(AsyncKernelClient):
        """A client of a new kernel: nothing that it said before needs a fifth of a second to be waited for."""

        async def wait_for_ready(self, timeout: float | None = None) -> None:
            """Return when the kernel answers on both channels; raise RuntimeError when it has ended or does not."""
            for _ in range(int(timeout or READY_SECONDS)):
                self.kernel_info()
                with contextlib.suppress(queue.Empty):
                    await self.get_shell_msg(timeout=1)
                    await self.get_iopub_msg(timeout=1)
                    return
                if not await self.is_alive():
                    break
            raise RuntimeError("the kernel has ended, or does not answer")

    class Manager(AsyncKernelManager):
        """A kernel manager that has its provisioner."""

        client_factory = Client
        context = zmq.asyncio.Context()  # it ends with this process: to close it takes a tenth of a second

        async def _async_pre_start_kernel(self, **given: Any) -> Any:
            self.provisioner = Forked(kernel_id=self.kernel_id, kernel_spec=self.kernel_spec, parent=self)
            return await super()._async_pre_start_kernel(**given)

    return Manager


def _kernel(waiting: socket.socket) -> None:
    """In the forked kernel: become the kernel that the command asks for."""
    os.setsid()
    given = _line(waiting)
    if not given:  # the runner died first
        return
    os.environ.clear()
    os.environ.update(given["environment"])
    if "numpy" in sys.modules:
        sys.modules[
            "numpy"
        ].random.seed()  # else all kernels would draw the same numbers; Python's own generator sees to itself
    arguments = given["command"][given["command"].index("ipykernel_launcher") + 1 :]
    sys.argv = ["ipykernel_launcher", *arguments]
    from ipykernel.kernelapp import IPKernelApp

    from compendium.runner import kernel

    kernel.close()
    application = IPKernelApp.instance(parent_handle=os.getppid())
    application.initialize(arguments)
    waiting.close()
    application.start()


def _prctl(option: int, value: int) -> None:
    ctypes.CDLL(None).prctl(option, value)


def _die_with_host() -> None:
    """End when the host ends, however it ends."""
    _prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != os.getsid(0):  # the host leads its session; it has ended meanwhile
        os._exit(1)


if __name__ == "__main__":
    try:
        task = _host(socket.socket(fileno=int(sys.argv[1])), int(sys.argv[2]))
        (task or functools.partial(_end, Path(sys.argv[3])))()
    finally:
        os._exit(0)  # a fork may not run what the host left for its own end
