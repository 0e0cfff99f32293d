"""From files to routines: what each kind of our files may hold, and what it means.

`exercises`, `routines`, `clinics`, `templates` and `languages` say what a kind of file may hold and make the domain's
values of it; `shelf` finds shipped and user files by name, and `library` reads them; `lints` looks for sides that are
written out. Whatever is wrong is reported at its line and column, all of it at once.
"""
