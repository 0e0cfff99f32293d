"""Where the command `pdfbuilder` begins, also as `python -m pdfbuilder`."""

from __future__ import annotations

import gc
import sys


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
    finally:
        # What is left goes with the process: Python would look through all of it for a quarter of a cold start.
        gc.freeze()


if __name__ == "__main__":
    main()
