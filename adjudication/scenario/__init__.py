"""Scenario files: schema, loader, linter. The only pure package that reads files."""

from adjudication.scenario.loader import load_scenario
from adjudication.scenario.nodes import ScenarioError, ScenarioErrors
from adjudication.scenario.schedule import rescheduled
from adjudication.scenario.schema import Scenario

__all__ = ["Scenario", "ScenarioError", "ScenarioErrors", "load_scenario", "rescheduled"]
