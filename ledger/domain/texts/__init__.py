"""Draft texts: wordings with their brackets, provisions and their numbers, and the comparison of two wordings."""
