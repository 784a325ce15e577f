"""What a process that this one starts has to do first."""

import ctypes
import signal
import sys

PR_SET_PDEATHSIG = 1  # of <linux/prctl.h>


def end_with_parent() -> None:
    """Have Linux end this process with the one that started it, even after `kill -9`; elsewhere nothing can."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
