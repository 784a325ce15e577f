"""A kernel without the one TCP port that ipykernel opens, for what processes forked from it print."""

from ipykernel import iostream


def close() -> None:
    """To be called before the kernel starts: processes that a notebook forks print nothing into it."""

    def without_pipe(thread: iostream.IOPubThread) -> None:
        thread._pipe_flag = False

    iostream.IOPubThread._setup_pipe_in = without_pipe  # type: ignore[method-assign]


if __name__ == "__main__":
    from ipykernel import kernelapp

    from compendium.runner import kernel  # by its name, under which it is noted as read

    kernel.close()

    kernelapp.launch_new_instance()
