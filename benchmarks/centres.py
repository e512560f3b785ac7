"""Makes the language centres that ship with the package (``src/termcheck/meaning/centres.npz``).

    python benchmarks/centres.py ntrex-dev.tsv src/termcheck/meaning/centres.npz

The file has one sentence a line and one column per language, the document's name in the first column. Each language's
paragraphs (one to three sentences) go through the bundled model; the means of all token vectors and of all sentence
vectors are kept. No text and no single vector can be told from them.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from planting import read_paragraphs
from termcheck.config import default_cache_folder
from termcheck.embedding.encoder import load_encoder


def main() -> None:
    parser = argparse.ArgumentParser(description="Compute the mean vectors of each language of a parallel corpus.")
    parser.add_argument("corpus", type=Path)
    parser.add_argument("output", type=Path)
    arguments = parser.parse_args()
    with arguments.corpus.open(encoding="utf-8") as file:
        langs = sorted(file.readline().rstrip("\n").split("\t")[1:])
    paragraphs = read_paragraphs(arguments.corpus, langs)
    encoder = load_encoder("bundled", default_cache_folder())
    tokens, sentences = [], []
    for lang in langs:
        found = encoder.encode_tokens([each.text(lang) for each in paragraphs])
        tokens.append(np.concatenate([each.vectors for each in found]).mean(axis=0, dtype=np.float64))
        sentences.append(np.mean([each.sentence for each in found], axis=0, dtype=np.float64))
        print(lang, sum(len(each.vectors) for each in found), "tokens", flush=True)
    np.savez(
        arguments.output,
        languages=np.array(langs),
        tokens=np.array(tokens).astype(np.float16),
        sentences=np.array(sentences).astype(np.float16),
    )


if __name__ == "__main__":
    main()
