"""Literal checks: what stands in a text as it is (numbers, the language itself) compared without any embedding."""
