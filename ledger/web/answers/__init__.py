"""Pages for answers that are more than a list: the positions, the promises, the gaps, two accounts, the brief."""
