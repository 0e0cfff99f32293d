"""The command line: one small file for each command, and `report` for everything that goes to stderr.

Results go to stdout, everything else to stderr. A command imports what it needs when it runs, so that help is quick.
"""
