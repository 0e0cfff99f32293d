"""Where the command `pdfbuilder` begins, also as `python -m pdfbuilder`."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line. Ctrl-C is heard from the start: loading takes longer than this."""
    try:
        from pdfbuilder.cli.main import main as command_line  # noqa: PLC0415
    except KeyboardInterrupt:
        sys.exit(130)
    command_line()


if __name__ == "__main__":
    main()
