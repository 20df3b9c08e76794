"""The model of a negotiation: its events, its states, the rules between them, and the sentences about them."""
