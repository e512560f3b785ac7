"""Corpora and caches at URLs, by way of fsspec: for machines that have no disk in common."""
