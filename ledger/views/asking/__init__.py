"""What a question is asked of: the chosen negotiation, the moment, and the last look at the record."""
