"""What the versions of a paragraph say, compared word by word: omissions, additions, deviations, unsupported words."""
