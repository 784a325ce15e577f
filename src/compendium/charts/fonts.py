"""The letters of the figures: DejaVu Sans, as matplotlib brings it, without the scripts that French and English do not need.

The letters look the same, but that fi and ff are two letters, as one finds them who searches a PDF. A PDF takes in the letters
that it shows, and to pick them from the whole font, with its thousands and its rules for joining them, took a quarter of the
time of a run. A letter that is not here is drawn from the whole font.

`python -m compendium.charts.fonts` makes the files again.
"""

from pathlib import Path

import matplotlib
from fontTools import subset
from matplotlib import font_manager

from compendium import paths

FAMILIES = ["DejaVu Sans Latin", "DejaVu Sans"]  # the second for letters that the first does not have
STYLES = ("", "-Bold")
# Latin, punctuation, superscripts, the euro, arrows, minus, signs of relation, shapes, ticks and crosses.
RANGES = [
    (0x20, 0x17F),
    (0x2010, 0x205E),
    (0x2070, 0x209C),
    (0x20AC, 0x20AC),
    (0x2190, 0x2195),
    (0x2212, 0x2212),
    (0x2248, 0x2265),
    (0x25A0, 0x25D1),
    (0x2713, 0x2717),
]


def register() -> None:
    """Let matplotlib know the fonts."""
    for style in STYLES:
        font_manager.fontManager.addfont(file(style))


def file(style: str) -> Path:
    """The file of a style."""
    return paths.LETTERS / f"DejaVuSansLatin{style}.ttf"


def make(style: str, to: Path) -> None:
    """Write the font of a style without other scripts and what arranges them; kerning is left."""
    options = subset.Options(glyph_names=True, layout_features=["*"], legacy_kern=True, name_IDs=["*"], notdef_outline=True)
    options.recalc_timestamp = False
    options.drop_tables += ["FFTM", "MATH", "GDEF", "GPOS", "GSUB"]
    font = subset.load_font(Path(matplotlib.get_data_path(), "fonts", "ttf", f"DejaVuSans{style}.ttf"), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=[code for first, last in RANGES for code in range(first, last + 1)])
    subsetter.subset(font)
    for record in font["name"].names:  # one name a family, or matplotlib could not tell the two apart
        record.string = str(record).replace("DejaVu Sans", FAMILIES[0]).replace("DejaVuSans", FAMILIES[0].replace(" ", ""))
    subset.save_font(font, to, options)


if __name__ == "__main__":
    for style in STYLES:
        make(style, file(style))
