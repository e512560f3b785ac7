"""Embedding: text to vectors, with any sentence-transformers model, the bundled one, and a cache in front.

The stages use :class:`termcheck.embedding.encoder.Encoder` and get one from
:func:`termcheck.embedding.encoder.load_encoder`. Nothing here imports torch before a text has to be encoded.
"""
