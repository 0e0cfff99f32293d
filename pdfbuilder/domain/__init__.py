"""The field's own words: sides, doses, wording, languages, routines, plans and orders. No files and no PDF."""
