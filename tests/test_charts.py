"""Every published figure as a reader sees it: nothing cut, nothing on top of something else, readable in grey."""

import itertools
from functools import partial

import matplotlib.pyplot as plt
import microdata_files
import numpy as np
import pandas as pd
import pytest
from matplotlib import colors, font_manager
from matplotlib.text import Annotation, Text
from PIL import Image

from compendium import claims, files, ledger, microdata, paths, publish, raw
from compendium.charts import cadre_share as chart
from compendium.charts import comparators as paces_chart
from compendium.charts import coverage, fonts, style
from compendium.charts import departures as departures_chart
from compendium.charts import distress as distress_chart
from compendium.charts import growth as growth_chart
from compendium.charts import interviews as interviews_chart
from compendium.charts import ledger as ledger_chart
from compendium.charts import managers as managers_chart
from compendium.charts import microdata as microdata_chart
from compendium.charts import moved as moved_chart
from compendium.charts import multiverse as multiverse_chart
from compendium.charts import receipts as receipts_chart
from compendium.charts import reforms as reforms_chart
from compendium.charts import sector as sector_chart
from compendium.charts import situation as situation_chart
from compendium.charts import tools as tools_chart
from compendium.claims.words import SHAPES
from compendium.clean import distress, social_sector, working_life
from compendium.clean import distress as distress_cleaning
from compendium.clean import situation as clean_situation
from compendium.interval import Interval
from compendium.language import LANGUAGES
from compendium.models import (
    absence,
    barometer,
    cadre_share,
    departures,
    establishments,
    growth,
    head_offices,
    interviews,
    managers,
    receipts,
    reforms,
    sector_cadres,
    situation,
    tools,
)
from compendium.models import comparators as comparators_model
from compendium.models import distress as distress_model
from compendium.models import microdata as microdata_model
from compendium.multiverse import declaration, summary, universe

GREY_DISTANCE = 0.15  # least difference of relative luminance between two colours that have to be told apart
CONTRAST_OF_TEXT = 4.5  # WCAG 2.2, success criterion 1.4.3, level AA


@pytest.fixture(scope="module")
def data(figures):
    evidence = cadre_share.Evidence.read(figures, 2.0)
    registry = claims.read()
    stated = {registry[claim].stated["year"]: registry[claim] for claim in ("T1-03", "T1-02")}
    return cadre_share.over_time(evidence, figures, Interval(0, 1), stated, range(2013, 2025))


@pytest.fixture(scope="module")
def coverage_data():
    tidy = [
        pd.read_csv(paths.processed("default") / f"{name}.csv", dtype={"year_last": "Int64"}).assign(topic=name)
        for name in raw.TOPICS.values()
    ]
    return coverage.by_year_kind_and_reading(pd.concat(tidy))


@pytest.fixture(scope="module")
def parts_data(figures):
    evidence = cadre_share.Evidence.read(figures, 2.0)
    registry = claims.read()
    ends = ((2014, registry["T1-03"]), (2024, registry["T1-02"]))
    parts = cadre_share.parts_estimates(evidence, Interval(0, 1), 0.3, *ends)
    thresholds = registry["T1-04"].decide.thresholds
    splits = cadre_share.splits_of_the_rise(evidence, Interval(0, 1), 0.3, *ends)
    return cadre_share.parts_to_draw(parts[parts["estimate_id"].str.endswith(".percent")], splits, thresholds)


@pytest.fixture(scope="module")
def ruler_data(figures):
    stated = claims.read()["T1-01"]
    life = working_life.tidy(raw.read("secu_managers"))
    return cadre_share.ruler(figures, life, cadre_share.headcount_estimates(figures, stated), stated)


@pytest.fixture(scope="module")
def paces(figures, comparator_shares):
    reference = comparators_model.Reference.of(cadre_share.Evidence.read(figures, 0.0))
    assumed = comparators_model.Assumptions(800.0, 4, 8, 3)
    return comparators_model.in_order(
        comparators_model.paces(comparators_model.usable(comparator_shares), reference, assumed), reference, "O"
    )


@pytest.fixture(scope="module")
def microdata_data(tmp_path_factory):
    """Shares of three made-up files: two years of a survey, one of another."""
    folder = tmp_path_factory.mktemp("microdata").resolve()
    made = (("FD_SALAAN", 2016), ("FD_SALAAN", 2023), ("FD_EEC", 2022))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(paths, "ROOT", folder)
        patch.setattr(paths, "BROUGHT", folder / "build" / "brought.csv")
        files_made = [microdata_files.write(folder / f"{name}_{year}.parquet", name, 60_000, year) for name, year in made]
        counts = pd.concat(map(microdata.read, files_made))
    return microdata_model.beside(microdata_model.shares(counts, 4.0, 100))


@pytest.fixture(scope="module")
def microdata_paces_data(microdata_data, paces, figures):
    reference = comparators_model.Reference.of(cadre_share.Evidence.read(figures, 0.0))
    return microdata_model.among(paces, microdata_model.paces(microdata_data), reference, "O")


@pytest.fixture(scope="module")
def mix_data():
    registry = claims.read()
    return managers.every_mix(registry["T1-06"], registry["T1-07"])


@pytest.fixture(scope="module")
def national_bodies_data(figures):
    return managers.national_bodies_over_time(managers.national_bodies(figures))


@pytest.fixture(scope="module")
def receipts_data():
    life = working_life.tidy(raw.read("secu_managers"))
    return receipts.over_time(receipts.collections(life), 600, 550, 650)


@pytest.fixture(scope="module")
def departures_data(figures):
    life = working_life.tidy(raw.read("secu_managers"))
    counts = departures.counts(pd.concat([life, figures], ignore_index=True))
    headcount = departures.permanent_contracts(figures, 2.0)
    drawn = departures.to_draw(counts, departures.rates(counts, headcount), headcount, departures.Lists(0.1, 0.2))
    return drawn.assign(trough=drawn["year"] == "2020")


@pytest.fixture(scope="module")
def absence_data():
    tables = (
        working_life.tidy(raw.read("secu_managers")),
        distress.tidy(raw.read("distress")),
        clean_situation.tidy(raw.read("context")),
    )
    return absence.listed(*tables, (2020, 2021))


@pytest.fixture(scope="module")
def ai_data():
    use = tools.use_of_ai(working_life.tidy(raw.read("secu_managers")), 2025)
    return pd.concat([use, pd.DataFrame([{"kind": "stated", "value": 80.0, "like": False}])], ignore_index=True)


@pytest.fixture(scope="module")
def sector_figures(figures):
    sector = social_sector.tidy(raw.read("social_sector"))
    return pd.concat([sector, clean_situation.tidy(raw.read("context")), figures], ignore_index=True)


@pytest.fixture(scope="module")
def sector_share_data(sector_figures):
    return sector_cadres.curve(sector_figures, 100.0, Interval(10, 15))


@pytest.fixture(scope="module")
def head_offices_data(sector_figures):
    return head_offices.with_branch(head_offices.listed(sector_figures.set_index("obs_id", drop=False)), sector_figures)


@pytest.fixture(scope="module")
def directors_data(sector_figures):
    return establishments.ratios_to_draw(establishments.ratios(sector_figures))


@pytest.fixture(scope="module")
def chefs_data(sector_figures):
    return establishments.chefs_to_draw(sector_figures, establishments.chefs_de_service(sector_figures))


@pytest.fixture(scope="module")
def situation_data():
    figures = clean_situation.tidy(raw.read("context"))
    found = situation.advantages(figures)
    return situation.latest(found, situation.ages(found, situation.levels_without_comparison(figures), 2021))


@pytest.fixture(scope="module")
def interview_data():
    return interviews.majorities(10, 40, 95)


@pytest.fixture(scope="module")
def growth_data(comparator_figures):
    sector = social_sector.tidy(raw.read("social_sector")).set_index("obs_id", drop=False)
    return growth.to_draw(growth.budget(sector), growth.later_growth(sector, comparator_figures, 10))


@pytest.fixture(scope="module")
def reform_data():
    registry, chronology = claims.read(), raw.chronology()
    items = {claim: registry[claim].stated["items"] for claim in ("T2-10", "T2-11")}
    found = pd.concat([reforms.years_of_reforms(chronology, claim, named) for claim, named in items.items()])
    return reforms.timeline(found, items)


@pytest.fixture(scope="module")
def distress_figures():
    return distress_cleaning.tidy(raw.read("distress"))


@pytest.fixture(scope="module")
def panels(distress_figures):
    return distress_model.by_construct(distress_figures, claims.read()["T1-12"], (1.0, 2.0))


@pytest.fixture(scope="module")
def construct_data(panels):
    return panels[panels["of_cadres"]]


@pytest.fixture(scope="module")
def others_data(panels):
    return panels[~panels["of_cadres"]]


@pytest.fixture(scope="module")
def waves_data(distress_figures):
    return distress_model.over_time(distress_figures, distress_model.waves(distress_figures))


@pytest.fixture(scope="module")
def barometer_data():
    return barometer.observed(working_life.tidy(raw.read("secu_managers")))


@pytest.fixture(scope="module")
def matrix_data():
    made = ledger.read_estimates(claims.notebooks(claims.read()), "default")
    rows = pd.read_csv(paths.results("default") / "ledger.csv", keep_default_na=False)
    return ledger.matrix(rows, pd.concat(made.values()))


# Every figure: what draws it, and the fixture that gives its data.
@pytest.fixture(scope="module")
def moved_data():
    """More rows than are drawn, with and without intervals, and an estimate that one side lacks."""
    rows = []
    for i in range(moved_chart.MOST_ROWS + 2):
        for side, far in (("the last commit", 0.0), ("a_long_name_of_mine", 1.0 + i / 7)):
            ends = {"low": 30.25 + i - far, "high": 47.5 + far} if i % 2 else {"low": None, "high": None}
            value = None if i % 3 == 1 or (i == 6 and far) else 35.125 + far
            text = f"{value or 35.125} ({ends['low']} to {ends['high']}) %"
            rows.append({"estimate_id": f"cadre_share.{2014 + i}.levels_5a_9.definition", "side": side, "text": text})
            rows[-1] |= {"value": value, **ends}
    return pd.DataFrame(rows)


@pytest.fixture(scope="module")
def universes():
    return universe.read("default")


@pytest.fixture(scope="module")
def verdicts_data(universes):
    declared = declaration.read(paths.DECISIONS, claims.read())
    return summary.findings(universes, declared, summary.counts(universes, declared))


def universes_of(claim_id, universes, language):
    declared = declaration.read(paths.DECISIONS, claims.read())[claim_id]
    return multiverse_chart.curve(summary.to_draw(universes, declared), language, declared)


DRAWN = {
    "cadre_share_bounds": (chart.bounds_over_time, "data"),
    "cadre_share_parts": (chart.parts_of_the_rise, "parts_data"),
    "headcount_ruler": (chart.headcount_ruler, "ruler_data"),
    "coverage": (coverage.coverage, "coverage_data"),
    "comparator_paces": (paces_chart.paces, "paces"),
    "manager_mix": (managers_chart.mix, "mix_data"),
    "national_bodies": (managers_chart.national_bodies, "national_bodies_data"),
    "receipts": (receipts_chart.receipts, "receipts_data"),
    "departure_rates": (departures_chart.rates, "departures_data"),
    "absence_rates": (departures_chart.absence, "absence_data"),
    "ai_use": (tools_chart.use_of_ai, "ai_data"),
    "sector_cadre_share": (sector_chart.share_outside_health, "sector_share_data"),
    "sector_head_offices": (sector_chart.head_offices, "head_offices_data"),
    "sector_directors": (sector_chart.directors, "directors_data"),
    "sector_chefs_de_service": (sector_chart.chefs, "chefs_data"),
    "situation_items": (situation_chart.items, "situation_data"),
    "interview_majorities": (interviews_chart.majorities, "interview_data"),
    "sector_growth": (growth_chart.growth, "growth_data"),
    "reform_dates": (reforms_chart.timeline, "reform_data"),
    "multiverse_verdicts": (multiverse_chart.verdicts, "verdicts_data"),
    **{
        f"universes_{claim_id.lower().replace('-', '_')}": (partial(universes_of, claim_id), "universes")
        for claim_id in ("T1-02", "T1-03", "T1-04", "T1-12", "T1-14", "T2-08", "T2-18")
    },
    "distress_by_construct": (distress_chart.by_construct, "construct_data"),
    "distress_of_others": (distress_chart.by_construct, "others_data"),
    "distress_waves": (distress_chart.waves, "waves_data"),
    "social_barometer": (distress_chart.barometer, "barometer_data"),
    "claims_matrix": (partial(ledger_chart.matrix, names=files.read_yaml(paths.CLAIMS)), "matrix_data"),
}
# Drawn by `make compare`, and where a user brings a file of individuals.
ON_DEMAND = {
    "moved": (moved_chart.moved, "moved_data"),
    "microdata_shares": (microdata_chart.shares, "microdata_data"),
    "microdata_paces": (paces_chart.paces, "microdata_paces_data"),
}


@pytest.fixture(params=[(name, language) for name in DRAWN | ON_DEMAND for language in LANGUAGES], ids="-".join)
def figure(request):
    """Every figure in both languages, laid out as it is saved."""
    name, language = request.param
    draw, of = (DRAWN | ON_DEMAND)[name]
    drawn = publish.settled(draw(request.getfixturevalue(of), language))
    drawn.canvas.draw()
    yield drawn
    plt.close(drawn)


def test_every_published_figure_is_looked_at_here():
    published = {path.name.split(".")[0] for path in (paths.results("default") / "figures").iterdir()}
    assert published == set(DRAWN)


def texts(figure) -> list[Text]:
    """The texts that are drawn: matplotlib keeps labels of ticks beyond the ends of an axis, and draws none of them."""
    beyond = set()
    for axis in (axis for axes in figure.axes for axis in (axes.xaxis, axes.yaxis)):
        low, high = sorted(axis.get_view_interval())
        for tick in axis.get_major_ticks():
            if not low <= tick.get_loc() <= high:
                beyond |= {tick.label1, tick.label2}
    return [text for text in figure.findobj(Text) if text.get_text().strip() and text.get_visible() and text not in beyond]


def test_no_text_is_cut(figure):
    width, height = figure.canvas.get_width_height()
    for text in texts(figure):
        box = Text.get_window_extent(text)  # of the words alone: an annotation would add its arrow
        assert box.x0 >= 0, text.get_text()
        assert box.y0 >= 0, text.get_text()
        assert box.x1 <= width, text.get_text()
        assert box.y1 <= height, text.get_text()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", DRAWN)
def test_no_ink_touches_the_border_of_a_published_picture(name, language):
    """What lies beyond the border would be cut; the saved file is looked at, not one drawn anew."""
    with Image.open(paths.results("default") / "figures" / f"{name}.{language}.png") as picture:
        pixels = np.asarray(picture.convert("RGB"))
    for edge in (pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]):
        assert (edge == 255).all()
    assert (pixels < 128).any(), "a picture has ink"


def test_every_text_can_be_read_in_one_column(figure):
    """At the width of one column of a journal page, no text is smaller than the journal allows."""
    scale = style.COLUMN_INCHES / figure.get_figwidth()
    for text in texts(figure):
        assert text.get_fontsize() * scale >= style.COLUMN_POINTS, text.get_text()
        assert text.get_fontsize() in (style.TITLE_POINTS, style.TEXT_POINTS, style.SMALL_POINTS), text.get_text()


def test_no_text_lies_on_another(figure):
    boxes = [(text.get_text(), Text.get_window_extent(text)) for text in texts(figure)]
    for (one, a), (other, b) in itertools.combinations(boxes, 2):
        assert not a.overlaps(b), f"{one!r} lies on {other!r}"


def test_no_text_and_no_key_lies_on_a_mark(figure):
    """The middle of every mark is free; a value in its own mark would be a text without one."""
    boxes = [(text.get_text(), Text.get_window_extent(text)) for text in texts(figure)]
    boxes += [("the key", axes.get_legend().get_window_extent()) for axes in figure.axes if axes.get_legend()]
    for axes in figure.axes:
        for line in axes.get_lines():
            if line.get_marker() not in ("None", "", None):
                for point in line.get_transform().transform(line.get_xydata()):
                    assert not [name for name, box in boxes if box.contains(*point)]


def test_every_letter_can_be_drawn(figure):
    known = set.intersection(*(set(font_manager.get_font(fonts.file(style)).get_charmap()) for style in fonts.STYLES))
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


# Machado, Oliveira and Fernandes (2009), "A physiologically-based model for simulation of color vision deficiency", IEEE
# Transactions on Visualization and Computer Graphics 15(6): what full deficiency makes of linear red, green and blue.
DEFICIENCY = {
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}


@pytest.mark.parametrize("deficiency", DEFICIENCY)
def test_the_two_colours_of_definitions_stay_apart_for_colour_blind_readers(deficiency):
    """Distance in linear red, green and blue after the simulation; black and white are 1.7 apart."""

    def seen(colour: str) -> np.ndarray:
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colors.to_rgb(colour)]
        return np.clip(np.array(DEFICIENCY[deficiency]) @ linear, 0, 1)

    assert np.linalg.norm(seen(style.COLOURS["all_grids"]) - seen(style.COLOURS["levels_5a_9"])) > 0.4


@pytest.mark.parametrize("colour", [*style.TEXT_COLOURS.values(), style.COLOURS["muted"]])
def test_text_has_enough_contrast_on_white(colour):
    assert 1.05 / (luminance(colour) + 0.05) >= CONTRAST_OF_TEXT


@pytest.mark.parametrize("language", LANGUAGES)
def test_stated_shares_are_drawn_hollow_and_named(language, data):
    (axes,) = chart.bounds_over_time(data, language).axes
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


def test_every_comparator_is_drawn_once_and_weak_ones_hollow(paces):
    (axes,) = paces_chart.paces(paces, "en").axes
    shown = paces[paces["status"].isin(paces_chart.SHOWN)]
    dots = [line for line in axes.get_lines() if line.get_marker() in ("s", "o")]
    assert sorted(line.get_xdata()[0] for line in dots) == sorted(shown["pace"])
    assert sum(line.get_markerfacecolor() == "white" for line in dots) == shown["weak"].sum()


def test_the_title_counts_what_the_intervals_tell(paces):
    """Where every interval is wide, none can be told apart."""
    wide = paces.copy()
    wide.loc[wide["status"] == "ranked", ["pace_low", "pace_high"]] = [-9.0, 9.0]
    ranked = (paces["status"] == "ranked").sum()
    words = paces_chart._words(wide)[0].en
    assert words.endswith(f"0 of {ranked} comparators moved faster, 0 slower, {ranked} cannot be told apart")
    assert paces_chart._words(paces)[0] != paces_chart._words(wide)[0]


def test_a_title_says_where_the_last_known_total_lies(receipts_data):
    frame = receipts_data
    higher = frame.copy()
    higher.loc[(frame["scope"] == "total") & (frame["year"] == "2019"), ["value", "low", "high"]] = [580.0, 579.5, 580.5]
    titles = []
    for made in (frame, higher):
        published = made[made["kind"] == "published"]
        titles.append(receipts_chart._words(published, made[made["kind"] == "stated"].iloc[0])[0].en)
    assert "does not round to 600" in titles[0]
    assert titles[1].endswith("rounds to 600")


def test_a_title_says_a_share_rose_only_beyond_its_rounding(national_bodies_data):
    frame = national_bodies_data
    vague = frame.assign(share_low=0.0, share_high=100.0)
    assert "did not clearly rise" in managers_chart._national_words(vague)[0].en
    assert "rose from" in managers_chart._national_words(frame)[0].en


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_stated_use_of_ai_is_the_one_hollow_mark(language, ai_data):
    (axes,) = tools_chart.use_of_ai(ai_data, language).axes
    hollow = [line for line in axes.get_lines() if line.get_markerfacecolor() == "white"]
    assert [(line.get_xdata()[0], line.get_marker()) for line in hollow] == [(80.0, "D")]


def test_a_title_says_whether_the_stated_use_hangs_on_one_survey(ai_data):
    like, stated = ai_data[ai_data["like"]], ai_data[ai_data["kind"] == "stated"].iloc[0]
    titles = [tools_chart._words(rows, stated)[0].en for rows in (like, like[like["value"] < 80], like.assign(high=90.0))]
    assert titles[0].endswith("inside thanks to one survey")
    assert titles[1].endswith("is outside")
    assert titles[2].endswith("is inside")


def test_a_title_counts_the_bases_that_are_exceeded(departures_data):
    assert "exceed every base" in departures_chart._rates_words(departures_data)[0].en
    wide = departures_data.assign(wide_low=0.0)
    assert "exceed 0 of 3 bases" in departures_chart._rates_words(wide)[0].en


def test_titles_of_the_sector_count_what_the_data_show(head_offices_data, directors_data, chefs_data):
    rising = head_offices_data.assign(low=1.0, high=2.0)
    assert "2 of 3 published changes rise, 1 falls" in sector_chart._office_words(head_offices_data)[0].en
    assert "3 of 3 published changes rise, 0 fall" in sector_chart._office_words(rising)[0].en
    own = directors_data[directors_data["kind"] != "apart"]
    assert f"by {(own['high'] < 1).sum()} counts" in sector_chart._director_words(directors_data)[0].en
    assert "neither has a second year" in sector_chart._chef_words(chefs_data)[0].en


def test_the_title_on_growth_counts_what_is_real_and_per_place(growth_data):
    assert "none is of money in real terms" in growth_chart._words(growth_data)[0].en
    real = growth_data.assign(basis=growth_data["basis"].mask(growth_data["kind"] == "wage_bill", "per_place"))
    assert "1 is of money in real terms" in growth_chart._words(real)[0].en


def test_a_zone_outside_the_range_is_named_by_the_verdict_that_the_branch_share_leaves(sector_share_data):
    for low, high, name in ((10.0, 15.0, "partly\nsupported"), (10.0, 14.0, "untestable")):
        data = sector_share_data.copy()
        data.loc[data["kind"] == "stated", ["low", "high"]] = low, high
        (axes,) = sector_chart.share_outside_health(data, "en").axes
        named = [text.get_text() for text in axes.findobj(Annotation)]
        assert named.count(name) == 2
        assert named.count("supported") == 1


def test_counts_of_chefs_de_service_without_an_origin_are_hollow(chefs_data):
    (axes,) = sector_chart.chefs(chefs_data, "en").axes
    hollow = [bar for bar in axes.patches if colors.to_hex(bar.get_facecolor()) == "#ffffff"]
    assert len(hollow) == (~chefs_data["evidence"]).sum()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_year_that_the_text_gives_is_a_hollow_ring(language, reform_data):
    (axes,) = reforms_chart.timeline(reform_data, language).axes
    rings = [line for line in axes.get_lines() if line.get_markerfacecolor() == "none"]
    assert len(rings) == reform_data["item"].nunique()
    assert {line.get_xdata()[0] for line in rings} == {0}


def test_a_title_counts_the_stated_years_that_are_official(reform_data):
    without = reform_data[~((reform_data["item"] == "rgpp") & (reform_data["step"] != "stated"))]
    titles = [reforms_chart._words(frame)[0].en for frame in (reform_data, without)]
    assert titles[0].startswith("7 of 9")
    assert titles[1].startswith("6 of 9")


def test_a_title_counts_the_items_that_set_cadres_apart(situation_data):
    level = situation_data.assign(low=situation_data["low"].where(situation_data["item"] != "hours", 0.9))
    titles = [situation_chart._words(frame)[0].en for frame in (situation_data, level)]
    assert "4 set cadres apart" in titles[0]
    assert "3 set cadres apart" in titles[1]


def test_a_title_counts_the_rises(growth_data):
    falls = growth_data.assign(low=growth_data["low"] - 100)
    assert growth_chart._words(growth_data)[0].en.startswith(f"{len(growth_data)} of {len(growth_data)}")
    assert growth_chart._words(falls)[0].en.startswith("0 of")


def test_a_title_says_whether_a_bare_majority_shows_one(interview_data):
    titles = [interviews_chart._words(*(frame,) * 2)[0].en for frame in (interview_data[:1], interview_data[-1:])]
    assert "never show" in titles[0]
    assert "can show" in titles[1]


@pytest.mark.parametrize("name", ["construct_data", "others_data"])
def test_each_construct_has_a_panel_and_the_stated_share_is_hollow_once(name, request):
    data = request.getfixturevalue(name)
    drawn = distress_chart.by_construct(data, "en").axes[:-1]  # the last one is the key
    assert len(drawn) == data["construct"].nunique()
    hollow = [line for axes in drawn for line in axes.get_lines() if line.get_markerfacecolor() == "white"]
    assert [line.get_xdata()[0] for line in hollow] == [data["stated"].iloc[0]]
    dots = [line for axes in drawn for line in axes.get_lines() if line.get_marker() == "o"]
    assert len(dots) == data["latest"].sum()


def test_the_key_names_the_design_effects_that_are_drawn(construct_data):
    for effect in (2.0, 3.0):
        key = distress_chart.by_construct(construct_data.assign(outer_effect=effect), "en").axes[-1].get_legend()
        assert f"design effect {effect:.0f}" in [text.get_text() for text in key.get_texts()]


def test_no_survey_of_cadres_is_drawn_among_the_others(others_data):
    assert not others_data["group"].str.contains("cadres").any()


def test_the_title_on_the_barometer_counts_both_sides(barometer_data):
    turned = barometer_data.assign(sign=barometer_data["sign"].replace({"for": "against", "against": "for"}))
    titles = [distress_chart._barometer_words(frame)[0].en for frame in (barometer_data, turned)]
    counted = barometer_data[
        (barometer_data["kind"] == "level") & barometer_data["latest"] & (barometer_data["who"] == "staff")
    ]
    ways = counted["sign"].value_counts()
    assert titles[0].endswith(f"{ways['for']} speak for a loss, {ways['against']} against")
    assert titles[1].endswith(f"{ways['against']} speak for a loss, {ways['for']} against")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_matrix_gives_every_statement_its_verdict_grade_and_documents(language, matrix_data):
    names = files.read_yaml(paths.CLAIMS)
    (axes,) = ledger_chart.matrix(matrix_data, language, names).axes
    written = [text.get_text() for text in axes.texts]
    for claim_id in claims.read():
        assert ledger_chart.TOPICS[claim_id].of(language) in written
        assert claim_id in written
    for verdict, shape in ((key, SHAPES[key]) for key in claims.VERDICTS):
        count = (matrix_data["verdict"] == verdict).sum()
        assert written.count(shape) == count
        assert written.count(names["verdicts"][verdict][f"name_{language}"]) == count
    alone = [text for text in axes.texts if text.get_color() == "white"]
    assert len(alone) == (matrix_data["documents"] == 1).sum() + 1  # and one in the key
    filled = [bar for bar in axes.patches if colors.to_hex(bar.get_facecolor()) == style.COLOURS["muted"].lower()]
    strength = {grade: 3 - place for place, grade in enumerate(("direct", "bounded", "extrapolated", "none"))}
    assert len(filled) == matrix_data["evidence_grade"].map(strength).sum() + sum(strength.values())


def test_the_key_of_the_verdicts_lies_on_no_bar(verdicts_data):
    drawn = publish.settled(multiverse_chart.verdicts(verdicts_data, "fr"))
    drawn.canvas.draw()
    (axes,) = drawn.axes
    key = axes.get_legend().get_window_extent()
    assert axes.patches
    assert not [bar for bar in axes.patches if bar.get_window_extent().overlaps(key)]
    plt.close(drawn)


def test_a_curve_writes_its_numbers_as_the_language_does(universes):
    drawn = publish.settled(universes_of("T2-08", universes, "fr"))
    drawn.canvas.draw()
    ticks = [label.get_text() for label in drawn.axes[0].get_yticklabels()]
    assert any("," in tick for tick in ticks)
    assert not [tick for tick in ticks if "." in tick]
    plt.close(drawn)


def test_a_statement_of_ones_own_stands_in_the_matrix(matrix_data):
    own = matrix_data.head(1).assign(claim_id="T3-01")
    (axes,) = ledger_chart.matrix(pd.concat([matrix_data, own]), "en", files.read_yaml(paths.CLAIMS)).axes
    assert "T3-01" in {text.get_text() for text in axes.texts}
    plt.close(axes.figure)


def test_the_title_of_the_matrix_counts_verdicts_and_documents(matrix_data):
    without = matrix_data.assign(verdict="untestable", documents=2)
    assert ledger_chart._words(without)[0].en.startswith(f"Published figures decide 0 of {len(without)} statements; 0 rows")


def test_the_limits_of_a_zone_are_rounded_into_it(sector_share_data):
    ends = sector_share_data[sector_share_data["kind"] == "ends"].iloc[0]
    low, high = sector_chart._inwards(ends, 1)
    assert ends["low"] <= low < ends["low"] + 0.1
    assert ends["high"] - 0.1 < high <= ends["high"]
