"""A kernel without the one TCP port that ipykernel opens, for what processes forked from it print."""

from ipykernel import iostream


def close() -> None:
    """To be called before the kernel starts: processes that a notebook forks print nothing into it."""

    def without_pipe(thread: iostream.IOPubThread) -> None:
        thread._pipe_flag = False

    iostream.IOPubThread._setup_pipe_in = without_pipe  # type: ignore[method-assign]


if __name__ == "__main__":
    close()
    from ipykernel import kernelapp

    kernelapp.launch_new_instance()
