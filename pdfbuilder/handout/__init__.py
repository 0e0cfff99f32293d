"""A plan as the blocks of a handout: every word is final, nothing has a place yet.

Plan ──compose(template, language)──▶ Handout
"""
