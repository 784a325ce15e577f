"""Distress of cadres and the social barometer (T1-12, T1-15)."""

from compendium.analyses import Parameters, Parts, Stated, Tables
from compendium.clean.distress import Distress
from compendium.clean.working_life import WorkingLife
from compendium.models import barometer, distress

TABLES = {"distress": Distress, "working_life": WorkingLife}


def estimates(tables: Tables, stated: Stated, parameters: Parameters) -> Parts:
    """Every survey with its design effects, distances to the stated share, waves, managers against all, and the barometer.

    Args:
        tables: those of `TABLES`, tidy.
        stated: the registry of statements.
        parameters: of the notebook `25_distress`.

    Returns:
        the parts by name, each a table of schema `Estimate`.

    >>> from compendium import claims, csvfile, parameters, paths
    >>> tables = {name: csvfile.read(paths.processed("default") / f"{name}.csv", of) for name, of in TABLES.items()}
    >>> made = estimates(tables, claims.read(), parameters.resolve("default")["25_distress"])
    >>> list(made)
    ['surveyed', 'counted', 'candidates', 'predicted', 'gaps', 'observables']
    >>> made["predicted"]["unit"].unique().tolist(), made["gaps"]["unit"].unique().tolist()
    (['percent'], ['points', 'persons'])
    """
    figures, share = tables["distress"], stated["T1-12"]
    return Parts(
        surveyed=("T1-12", lambda: distress.surveys(figures, share, tried(parameters))),
        counted=("T1-12", lambda: distress.counted(figures)),
        candidates=("T1-12", lambda: distress.candidates(figures, share)),
        predicted=("T1-12", lambda: distress.waves(figures)),
        gaps=("T1-12", lambda: distress.managers_and_all(figures, parameters["design_effect_drawn"])),
        observables=("T1-15", lambda: barometer.barometer_estimates(barometer.observed(tables["working_life"]))),
    )


def tried(parameters: Parameters) -> distress.DesignEffects:
    """The design effects that each survey is tried with.

    Args:
        parameters: of the notebook `25_distress`; variances relative to that of a simple sample.

    >>> tried({"design_effect_low": 1.0, "design_effect_high": 2.0, "design_effect_step": 0.5}).all
    [1.0, 1.5, 2.0]
    """
    ends = (parameters["design_effect_low"], parameters["design_effect_high"])
    return distress.DesignEffects(*ends, parameters["design_effect_step"])
