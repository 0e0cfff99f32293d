"""The desk: a page in the browser, on this machine only, that stands on the same stages as the command line.

The page holds the plan; the server makes a text of it, the very one that is saved, and prints that text. It keeps
nothing of a person but the last few sheets, in memory, and writes nothing: what is saved, the browser saves.
"""
