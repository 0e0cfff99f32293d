"""A plan as the blocks of a handout, and these on pages.

    Plan ──compose(template, language)──▶ Handout ──lay_out(style, metrics)──▶ Pages

In a `Handout` every word is final and nothing has a place. Each block has a room or a file of its own here.
"""
