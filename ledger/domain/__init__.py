"""What a negotiation is: its events, its states, the rules between them and the words they are told in."""
