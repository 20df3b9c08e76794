"""Finds the meetings of a report: held, expected or called off."""
