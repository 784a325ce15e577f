"""Distress of cadres and the social barometer (T1-12, T1-15)."""

from compendium.analyses import Parameters, Parts, Stated, Tables
from compendium.clean.distress import Distress
from compendium.clean.working_life import WorkingLife
from compendium.models import barometer, distress

TABLES = {"distress": Distress, "working_life": WorkingLife}


def estimates(tables: Tables, stated: Stated, parameters: Parameters) -> Parts:
    """Every survey with its design effects, distances to the stated share, waves, managers against all, and the barometer."""
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
    """The design effects that each survey is tried with."""
    ends = (parameters["design_effect_low"], parameters["design_effect_high"])
    return distress.DesignEffects(*ends, parameters["design_effect_step"])
