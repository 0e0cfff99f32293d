"""Rosters: a list of people in a CSV, XLSX or YAML file becomes orders.

`formats` tells what a file is; `delimited`, `workbooks` and `listings` each turn one kind into the same `Table`, from
the characters that `decoding` finds or the parts that `packages` unpacks; `conventions` says how one is written;
`columns` finds out what its columns mean; `people` reads the rows into orders. `names` names their files.
"""
