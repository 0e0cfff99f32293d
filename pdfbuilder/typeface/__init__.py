"""The typeface of sheets and screen: its files, and its zero without a stroke."""
