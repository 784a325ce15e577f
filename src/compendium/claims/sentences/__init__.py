"""What a rule found and what would flip it, in both languages: one function a kind of finding, one module a subject.

Every number is a link to the estimate it comes from, or to the claim that states it (see `compendium.language`).
"""
