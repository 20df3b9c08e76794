"""Draft texts: wordings with their brackets, provisions and their numbers, and what two wordings differ in."""
