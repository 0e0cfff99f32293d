"""From pages to a PDF file, with ReportLab: its canvas draws, its document writes, its fonts are set.

    Fragment ──Pen──▶ operators ──Painter, Document──▶ bytes

ReportLab's canvas draws every word, picture, rule and box; its document numbers the objects and formats catalogue, pages,
resources, bookmarks and properties; its fonts measure, encode and subset. By hand is what it does not have: the structure
for readers that hear the page and the marks in the content (`structure`), the metadata packet (`metadata`), form fields
with a place in that structure (`forms`), font dictionaries that can be kept for other documents (`embedding`), and a
file whose small objects are packed into streams (`document`).
"""
