"""Dossiers with seeds and a truth of their own, to judge the readers and the rules on what they have not seen.

Nothing of the product is imported here: what a dossier must come out as is written where it is made, from
FORMS.md and the corpus' README alone. Run it with `PYTHONPATH=tests python -m corpus.generator`, or `make accuracy`.
"""
