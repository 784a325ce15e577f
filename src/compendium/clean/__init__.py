"""Cleaning: pure functions from the raw tables to tidy ones. One module a topic; what topics share is in `rules`."""
