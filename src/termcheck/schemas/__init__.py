"""The JSON Schemas of the files that termcheck reads and writes (JSON Schema 2020-12)."""
