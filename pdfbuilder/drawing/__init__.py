"""Draws the exercise pictures: from poses in content/poses to SVGs in content/pictures.

A pose file gives a 3-D skeleton its joint angles and targets; a camera looks at it; the parts of the body become
outlines that hide each other; what is seen is painted and written as a flat SVG. This is a build step of the content
(`python -m pdfbuilder.drawing`): nothing here is imported to print a sheet, and only it needs NumPy and Shapely.
"""
