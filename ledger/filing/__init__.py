"""Turns what a keeper types, or writes in an entry file, into events: forms, corrections, merges."""
