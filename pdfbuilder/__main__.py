"""`python -m pdfbuilder` is the command `pdfbuilder`."""

from pdfbuilder.cli.main import main

if __name__ == "__main__":
    main()
