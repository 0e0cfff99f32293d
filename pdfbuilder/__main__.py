"""Where the command `pdfbuilder` begins, also as `python -m pdfbuilder`."""

from __future__ import annotations

import gc
import os
import sys
import threading


def main() -> None:
    """Run the command line. Ctrl-C is heard from the start: loading takes longer than this."""
    # A command makes few cycles and is soon done: looking for them at every turn costs more than it frees.
    gc.set_threshold(100_000)
    try:
        from pdfbuilder.cli.main import main as command_line  # noqa: PLC0415
    except KeyboardInterrupt:
        sys.exit(130)
    try:
        command_line()
    except SystemExit as leave:
        _leave_at_once(leave.code)
        raise
    finally:
        # Where it has to be taken apart after all, at least not looked through before that.
        gc.freeze()


def _leave_at_once(code: object) -> None:
    """Let all that is left go with the process: to take it apart would be a thirtieth of a cold start.

    Not where threads or other processes have to be waited for, nor with a code that Python has to put into words.
    """
    if threading.active_count() > 1 or "multiprocessing" in sys.modules or not isinstance(code, int):
        return
    try:
        for stream in (sys.stdout, sys.stderr):
            if stream:
                stream.flush()
    except OSError:  # which Python says, and has a code for
        return
    os._exit(code)


if __name__ == "__main__":
    main()
