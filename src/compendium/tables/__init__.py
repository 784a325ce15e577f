"""Tables: one function a table, labels in French and English; a module a subject."""
