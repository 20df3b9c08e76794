"""What is in a sentence: who is named, which days, and which reporting verbs with their subjects and acts."""
