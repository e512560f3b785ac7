"""What git knows about the corpus: which texts a change touches, and which translations are older than their source."""
