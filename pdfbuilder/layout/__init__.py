"""What pages are made of and laid out with: pure geometry, without any PDF, and without knowing a handout.

All lengths are in points; x grows to the right and y grows *downwards* from the upper left corner, as one reads.
How wide a text is comes from a `Metrics`, so that tests can lay out with letters one unit wide.
"""
