"""Reads a sentence: mentions of parties and people, date phrases, and reporting verbs with their subjects and acts."""
