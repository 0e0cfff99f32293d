"""What every block of a sheet is laid out with: the display list, text in lines, metrics, the look."""
