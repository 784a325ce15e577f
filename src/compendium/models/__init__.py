"""Models: pure functions from tidy tables to estimates. One module a method; `cadre_share` applies them to its question."""
