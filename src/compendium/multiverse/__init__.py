"""Every reasonable analysis of a statement: declared decisions, one universe a combination, one row a universe.

`declaration` reads data/multiverse.yaml; `universe` makes a row of a specification by the very functions and rules that the
notebooks use; `engine` runs many, on one machine or a cluster; `summary` says what the rows show.
"""
