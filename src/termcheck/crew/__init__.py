"""Workers that share the document sets of a run, in other processes or on other machines."""
