"""Alignment of the segments of N language versions into rows: pure, deterministic functions on arrays.

``version`` holds what the aligner knows of one version, ``similarity`` turns vectors into margins, ``gate`` decides
whether two versions are translations of each other at all, ``anchors`` finds where long versions can be cut and
``cutting`` cuts them, ``beads`` says what putting segments together is worth, ``habits`` measures how two versions
relate, ``pairwise`` aligns two, ``moves`` finds moved blocks among what is left, ``extension`` lets beads take in what
remains beside them, ``multiway`` joins all pairs into one table.
"""
