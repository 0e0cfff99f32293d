"""From files to routines: the only rooms that know YAML.

`source` gets text from outside, `tree` turns it into values with their places, `specs` says what each kind of
file may hold, `shapes` fits the one to the other, `library` finds shipped and user content by name.
Whatever is wrong is reported at its line and column, all of it at once.
"""
