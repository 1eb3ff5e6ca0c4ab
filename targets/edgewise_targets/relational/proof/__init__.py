"""Proof that a database holds what is declared: rows that it must take and rows that it must not, tried.

`population` makes up legal records and links from the graph alone, `tries` what is legal and what is not
at each rule, `statements` says both in SQL, and `proof` tries them on a `connection` and judges the answers.
"""
