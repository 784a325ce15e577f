"""The letters of the figures are matplotlib's own, and only fewer."""

import io

import matplotlib.pyplot as plt
import pytest

from compendium import paths
from compendium.charts import fonts, style

LETTERS = "AVATAR, office, différence, flux, Tôt : « Évolution » 36 % – 41,8 % ÀÇÉÈÊŒœ’ × − ≥ ● WAY 2013–2023"


@pytest.mark.parametrize("of", fonts.STYLES)
def test_the_files_are_made_from_the_font_that_matplotlib_brings(of, tmp_path):
    fonts.make(of, tmp_path / "made.ttf")
    assert (tmp_path / "made.ttf").read_bytes() == fonts.file(of).read_bytes()


def picture(families: list[str]) -> bytes:
    style.theme()
    with plt.rc_context({"font.family": families}):
        figure = plt.figure(figsize=(5, 1))
        figure.text(0.02, 0.6, LETTERS, fontfeatures=["-liga"])
        figure.text(0.02, 0.1, LETTERS, fontfeatures=["-liga"], weight="bold")
        figure.savefig(drawn := io.BytesIO(), format="png")
        plt.close(figure)
    return drawn.getvalue()


def test_the_letters_look_the_same_but_for_those_that_are_joined():
    assert picture(fonts.FAMILIES) == picture(["DejaVu Sans"]) != picture(["DejaVu Sans Mono"])


def test_a_letter_that_is_not_there_comes_from_the_whole_font(recwarn):
    figure = plt.figure()
    style.theme()
    figure.text(0.1, 0.5, "Ж", family=fonts.FAMILIES)  # a Cyrillic letter
    figure.savefig(io.BytesIO(), format="png")
    plt.close(figure)
    assert not [one for one in recwarn if "missing from font" in str(one.message)]


def test_the_licence_stands_beside_the_fonts():
    assert "Bitstream Vera" in (paths.LETTERS / "LICENSE_DEJAVU").read_text(encoding="utf-8")
