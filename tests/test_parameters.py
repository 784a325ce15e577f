import pytest

from compendium import parameters
from compendium.errors import InputError

DEFAULT = """
20_cadre_share:
  pace_deviation: {value: 2.0, unit: multiples, low: 0.0, high: 50.0, meaning: how far}
  years: {value: 5, unit: years, low: 1, high: 9, meaning: how many}
  sector: {value: O, unit: letter of the sector, options: [O, Q], meaning: which one}
"""


@pytest.mark.parametrize(
    ("scenario", "says"),
    [
        ("20_cadre_share: {pace_deviaton: 1}", "no parameter 'pace_deviaton' (did you mean 'pace_deviation'?)"),
        ("20_cadre_shares: {}", "no notebook '20_cadre_shares' (did you mean '20_cadre_share'?)"),
        ("20_cadre_share: {pace_deviation: 51}", "pace_deviation: 51 is out of bounds (multiples, from 0.0 to 50.0)"),
        ("20_cadre_share: {pace_deviation: .nan}", "pace_deviation: nan is out of bounds"),
        ("20_cadre_share: {pace_deviation: two}", "pace_deviation: 'two' is not a number (multiples, from 0.0 to 50.0)"),
        ("20_cadre_share: {pace_deviation: true}", "pace_deviation: 'True' is not a number"),
        ("20_cadre_share: {years: 2.5}", "years: '2.5' is not a whole number (years, from 1 to 9)"),
        ("20_cadre_share: {sector: Z}", "sector: 'Z' is not allowed (letter of the sector, one of O, Q)"),
        ("20_cadre_share: {sector: 3}", "sector: '3' is not allowed (letter of the sector, one of O, Q)"),
        ("20_cadre_share: 3", "needs a mapping of parameters"),
        ("- 3", "needs a mapping of notebooks"),
    ],
)
def test_a_bad_scenario_names_file_key_bounds_and_nearest_name(project, scenario, says):
    project("parameters/default.yaml", DEFAULT)
    project("parameters/mine.yaml", scenario + "\n")
    with pytest.raises(InputError) as raised:
        parameters.resolve("mine")
    assert str(raised.value).startswith("parameters/mine.yaml")
    assert says in str(raised.value)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (", meaning: how far", "", "20_cadre_share.pace_deviation: the key 'meaning' is missing"),
        ("meaning: how far", "meanings: how far", "unknown key 'meanings' (did you mean 'meaning'?)"),
        ("value: 2.0", "value: 99", "20_cadre_share.pace_deviation: 99 is out of bounds"),
        ("[O, Q]", "[]", "20_cadre_share.sector.options: '[]' is not a list of words"),
        ("[O, Q]", "[P, Q]", "20_cadre_share.sector: 'O' is not allowed (letter of the sector, one of P, Q)"),
        ("[O, Q]", "[O, Q], low: 1", "20_cadre_share.sector: unknown key 'low'"),
        ("low: 0.0", "low: none", "20_cadre_share.pace_deviation.low: 'none' is not a number"),
    ],
)
def test_a_bad_default_is_told(project, old, new, says):
    project("parameters/default.yaml", DEFAULT.replace(old, new, 1))
    with pytest.raises(InputError) as raised:
        parameters.defaults()
    assert says in str(raised.value)


def test_a_scenario_changes_only_what_it_names(project):
    project("parameters/default.yaml", DEFAULT)
    project("parameters/mine.yaml", "20_cadre_share: {pace_deviation: 1}\n")
    assert parameters.resolve("mine") == {"20_cadre_share": {"pace_deviation": 1.0, "years": 5, "sector": "O"}}
    assert parameters.resolve("default")["20_cadre_share"]["pace_deviation"] == 2.0


def test_every_parameter_is_listed_with_unit_bounds_and_meaning():
    listing = parameters.listing()
    for section, entries in parameters.defaults().items():
        assert section in listing
        for name, parameter in entries.items():
            bounds = f"{parameter.low} to {parameter.high} {parameter.unit}"
            line = f"{name} = {parameter.value}  [{parameter.allowed if parameter.options else bounds}]"
            assert line in listing
            assert parameter.meaning in listing
