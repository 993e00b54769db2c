"""Benchmarks: how fast nqparse is, how its cost grows, and what else can be measured on the same text.

`python -m benchmarks`, from the root of the project, prints the table. How each figure is taken stands in
`docs/evaluation.md`.
"""
