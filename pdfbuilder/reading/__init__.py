"""From files to routines: what each kind of our files may hold, and what it means.

`specs` says what a kind of file may hold, `library` finds shipped and user content by name, `definitions` makes the
domain's values of it, `lints` looks for sides that are written out. Whatever is wrong is reported at its line and
column, all of it at once.
"""
