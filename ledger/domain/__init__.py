"""What a negotiation is: its events, its states, the rules between them, and the sentences about them."""
