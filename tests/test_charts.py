"""Every published figure as a reader sees it: nothing cut, nothing on top of something else, readable in grey."""

import itertools

import matplotlib.pyplot as plt
import pytest
from matplotlib import colors, font_manager
from matplotlib.text import Annotation, Text

from compendium import claims, raw
from compendium.charts import cadre_share as chart
from compendium.charts import managers as managers_chart
from compendium.charts import receipts as receipts_chart
from compendium.charts import style
from compendium.clean import working_life
from compendium.interval import Interval
from compendium.language import LANGUAGES
from compendium.models import cadre_share, managers, receipts

GREY_DISTANCE = 0.15  # least difference of relative luminance between two colours that have to be told apart
CONTRAST_OF_TEXT = 4.5  # WCAG 2.2, success criterion 1.4.3, level AA


@pytest.fixture(scope="module")
def data(figures):
    evidence = cadre_share.Evidence.read(figures, 2.0)
    registry = claims.read()
    stated = {registry[claim].stated["year"]: registry[claim] for claim in ("T1-03", "T1-02")}
    return cadre_share.over_time(evidence, figures, Interval(0, 1), stated, range(2013, 2025))


@pytest.fixture(scope="module")
def drawn_from(data, figures):
    """What each figure is drawn from, by its chart function."""
    registry = claims.read()
    life = working_life.tidy(raw.read("secu_managers"))
    return {
        chart.bounds_over_time: data,
        managers_chart.mix: managers.every_mix(registry["T1-06"], registry["T1-07"]),
        managers_chart.national_bodies: managers.national_bodies_over_time(managers.national_bodies(figures)),
        receipts_chart.receipts: receipts.over_time(receipts.collections(life), 600, 550, 650),
    }


CHARTS = (chart.bounds_over_time, managers_chart.mix, managers_chart.national_bodies, receipts_chart.receipts)


@pytest.fixture(params=[(draw, language) for draw in CHARTS for language in LANGUAGES], ids=lambda p: f"{p[0].__name__}-{p[1]}")
def figure(request, drawn_from):
    draw, language = request.param
    drawn = draw(drawn_from[draw], language)
    drawn.canvas.draw()
    yield drawn
    plt.close(drawn)


@pytest.fixture(params=LANGUAGES)
def share_figure(request, data):
    drawn = chart.bounds_over_time(data, request.param)
    drawn.canvas.draw()
    yield drawn
    plt.close(drawn)


def texts(figure) -> list[Text]:
    return [text for text in figure.findobj(Text) if text.get_text().strip() and text.get_visible()]


def test_no_text_is_cut(figure):
    width, height = figure.canvas.get_width_height()
    for text in texts(figure):
        box = text.get_window_extent()
        assert box.x0 >= 0, text.get_text()
        assert box.y0 >= 0, text.get_text()
        assert box.x1 <= width, text.get_text()
        assert box.y1 <= height, text.get_text()


def test_no_text_lies_on_another(figure):
    boxes = [(text.get_text(), text.get_window_extent()) for text in texts(figure)]
    for (one, a), (other, b) in itertools.combinations(boxes, 2):
        assert not a.overlaps(b), f"{one!r} lies on {other!r}"


def test_the_legend_covers_no_mark(share_figure):
    (axes,) = share_figure.axes
    legend = axes.get_legend().get_window_extent()
    for line in axes.get_lines():
        for point in axes.transData.transform(line.get_xydata()):
            assert not legend.contains(*point)


def test_every_letter_can_be_drawn(figure):
    font = font_manager.get_font(font_manager.findfont("DejaVu Sans"))
    known = set(font.get_charmap())
    for text in texts(figure):
        missing = {letter for letter in text.get_text() if ord(letter) not in known and letter != "\n"}
        assert not missing, text.get_text()


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    channels = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colors.to_rgb(colour)]
    return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]


def test_colours_stay_apart_in_grey():
    for one, other in itertools.combinations(("all_grids", "levels_5a_9"), 2):
        assert abs(luminance(style.COLOURS[one]) - luminance(style.COLOURS[other])) > GREY_DISTANCE


@pytest.mark.parametrize("colour", [*style.TEXT_COLOURS.values(), style.COLOURS["muted"]])
def test_text_has_enough_contrast_on_white(colour):
    assert 1.05 / (luminance(colour) + 0.05) >= CONTRAST_OF_TEXT


def test_stated_shares_are_drawn_hollow_and_named(share_figure, data):
    (axes,) = share_figure.axes
    stated = data[data["kind"] == "stated"]
    hollow = [line for line in axes.get_lines() if line.get_markerfacecolor() == "white"]
    assert sorted(line.get_xydata()[0].tolist() for line in hollow) == sorted(stated[["year", "value"]].to_numpy().tolist())
    assert len([note for note in axes.findobj(Annotation) if note.get_text().startswith(("stated", "énoncé"))]) == len(stated)


def test_the_title_follows_the_data(data):
    """Where one definition holds both stated shares, the title may not say that none does."""
    generous = data.copy()
    generous.loc[generous["kind"] == "bound", ["low", "high"]] = [0.0, 100.0]
    titles = [chart._words(frame)[0].en for frame in (data, generous)]
    assert "no single definition" in titles[0]
    assert titles[1].startswith("The same definition can carry both")


def test_a_title_says_where_the_last_known_total_lies(drawn_from):
    frame = drawn_from[receipts_chart.receipts]
    higher = frame.copy()
    higher.loc[(frame["scope"] == "total") & (frame["year"] == "2019"), ["value", "low", "high"]] = [580.0, 579.5, 580.5]
    titles = []
    for made in (frame, higher):
        published = made[made["kind"] == "published"]
        titles.append(receipts_chart._words(published, made[made["kind"] == "stated"].iloc[0])[0].en)
    assert "does not round to 600" in titles[0]
    assert titles[1].endswith("rounds to 600")


def test_a_title_says_a_share_rose_only_beyond_its_rounding(drawn_from):
    frame = drawn_from[managers_chart.national_bodies]
    vague = frame.assign(share_low=0.0, share_high=100.0)
    assert "did not clearly rise" in managers_chart._national_words(vague)[0].en
    assert "rose from" in managers_chart._national_words(frame)[0].en
