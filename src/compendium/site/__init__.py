"""The report as a static site, from which any number can be followed to its source, and back.

`evidence` reads what was published, `links` knows where each thing stands, `pages` writes the pages that are computed,
`notebooks` prepares the executed notebooks, `extension` and `build` hand all of it to Sphinx.
"""
