"""Turns a keeper's typed values and entry files into events: forms, corrections, merges."""
