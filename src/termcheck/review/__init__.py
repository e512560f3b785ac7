"""The report as a local web app to decide in: who may talk to it, what it keeps, what it answers."""
