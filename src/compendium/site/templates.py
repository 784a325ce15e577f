"""The templates of the pages: every text that is filled in is escaped, and a missing one is an error."""

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from compendium import paths


def environment(*extensions: str) -> Environment:
    """What reads and fills the templates of docs/templates/.

    Args:
        extensions: of Jinja.
    """
    return Environment(
        loader=FileSystemLoader(paths.TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=list(extensions),
    )
