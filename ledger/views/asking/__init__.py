"""The subject of a question: the chosen negotiation, the moment, and the last look at the record."""
