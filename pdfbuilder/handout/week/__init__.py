"""The grid of a week: its days, its bands of boxes, and the sheet that is one grid."""
