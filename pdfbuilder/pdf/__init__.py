"""From pages to a PDF file: the only rooms that know ReportLab.

    Pages ──paint──▶ bytes

ReportLab parses and subsets the fonts and writes the file's objects; the drawing operators are written here, because a
card that was drawn once must be usable again for the next person, and because every stretch of a page carries its role
for readers that hear it.
"""
