"""The rules: one module each, whose class docstring is its documentation page.

``registry`` lists them, ``base`` says what a rule is, ``facts`` what a rule gets to see.
"""
