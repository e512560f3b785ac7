"""What a run found, for people and for programs: one small module per output format, each from one ``RunResult``."""
