"""Answers in forms to hand on: the brief."""
