"""From a folder to segments: which files are versions of each other, what in them is text, where it stands."""
