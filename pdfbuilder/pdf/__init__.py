"""From pages to a PDF file, with ReportLab: its canvas draws, its document writes, its fonts measure.

    Fragment ──Pen──▶ operators ──Painter, Document──▶ bytes

ReportLab's canvas draws every word, picture, rule and box. Its document numbers the objects and formats catalogue,
pages, resources, bookmarks and properties. Its fonts are read, measured, drawn with and subset.

By hand is the structure for readers that hear the page, and the marks in the content that belong to it (`structure`,
`pen`); the metadata packet (`metadata`); form fields and links with a place in that structure (`forms`, `links`); font
dictionaries and pictures that are kept for the next document (`embedding`, `pictures`); and a file with its small
objects packed into streams (`document`). What of ReportLab is used without a promise that it stays is in `internals`.
"""

# Before anything else of ReportLab is loaded.
from pdfbuilder.pdf import settings as settings
