"""Finds what somebody said: from verbs, attributions, quotations and nouns, with the act and the addressee."""
