"""The report as one HTML page that works from disk, without network: data for its scripts, templates, style sheet."""
