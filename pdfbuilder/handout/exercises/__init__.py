"""A card for each exercise, one after the other down the pages."""
