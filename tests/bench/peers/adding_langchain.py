"""Adds texts to LangChain's FAISS by its HuggingFaceEmbeddings, once for each further line of its input.

The first line of standard input is ``{"embedder": folder, "texts": [...]}``; the model is loaded and warm before. For
each time it prints its seconds, by the wall and of the processor.
"""

from __future__ import annotations

import json
import sys
import time

from langchain_community.vectorstores import FAISS
from langchain_huggingface import HuggingFaceEmbeddings


def main() -> None:
    given = json.loads(sys.stdin.readline())
    embeddings = HuggingFaceEmbeddings(model_name=given["embedder"])
    FAISS.from_texts(given["texts"][:8], embeddings)
    for _ in sys.stdin:
        wall, processor = time.perf_counter(), time.process_time()
        FAISS.from_texts(given["texts"], embeddings)
        spent = {"wall": time.perf_counter() - wall, "processor": time.process_time() - processor}
        print(json.dumps(spent), flush=True)


if __name__ == "__main__":
    main()
