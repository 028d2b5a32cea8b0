"""LlamaIndex's CitationQueryEngine as its example builds it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from peer import (
    CONTEXT_TOKENS,
    MOST_TOKENS,
    TEMPERATURE,
    Cited,
    Generated,
    Meter,
    Settings,
    article_id,
    article_texts,
    locate,
    serve,
)

TOP_K, CITATION_CHUNK_SIZE = 3, 512


class LlamaIndex:
    """Three nodes cut into numbered sources; the numbers the model writes are its citations."""

    name = "LlamaIndex CitationQueryEngine"
    packages = ("llama-index-core", "llama-index-llms-llama-cpp", "llama-index-embeddings-huggingface")

    def __init__(self, settings: Settings, _: Meter) -> None:
        from llama_index.core import Settings as Defaults
        from llama_index.embeddings.huggingface import HuggingFaceEmbedding
        from llama_index.llms.llama_cpp import LlamaCPP

        self.settings = {
            "splitter": "SentenceSplitter 1024/200 (its default)",
            "retriever": f"VectorStoreIndex, similarity_top_k={TOP_K} (its example's)",
            "citation_chunk_size": CITATION_CHUNK_SIZE,
            "prompt": "its own CITATION_QA_TEMPLATE",
            "n_batch": 512,
            "threads": settings.threads,
            "cites": "the sources whose numbers the answer carries",
        }
        Defaults.embed_model = HuggingFaceEmbedding(model_name=str(settings.embedder))
        Defaults.llm = LlamaCPP(
            model_path=str(settings.model),
            temperature=TEMPERATURE,
            max_new_tokens=MOST_TOKENS,
            context_window=CONTEXT_TOKENS,
            model_kwargs={"n_threads": settings.threads, "n_batch": 512},
            messages_to_prompt=_chat,
            completion_to_prompt=lambda text: _turn("user", text) + "<|im_start|>assistant\n",
            verbose=False,
        )

    def ingest(self, folder: Path) -> None:
        from llama_index.core import SimpleDirectoryReader, VectorStoreIndex
        from llama_index.core.query_engine import CitationQueryEngine

        self._folder = folder
        self._texts = article_texts(folder)
        documents = SimpleDirectoryReader(str(folder), recursive=True, required_exts=[".txt"]).load_data()
        store = VectorStoreIndex.from_documents(documents)
        self._engine = CitationQueryEngine.from_args(
            store, similarity_top_k=TOP_K, citation_chunk_size=CITATION_CHUNK_SIZE
        )

    def ask(self, question: str) -> Generated:
        response = self._engine.query(question)
        text = str(response)
        numbers = dict.fromkeys(int(number) for number in re.findall(r"\[(\d+)\]", text))
        sources = response.source_nodes
        return Generated(text, [self._cited(sources[n - 1].node) for n in numbers if 1 <= n <= len(sources)])

    def _cited(self, node: Any) -> Cited:
        article = article_id(Path(node.metadata["file_path"]), self._folder.absolute())
        return locate(article, self._texts[article], node.get_content().split("\n", 1)[1].strip())


def _turn(role: str, text: str) -> str:
    return f"<|im_start|>{role}\n{text}<|im_end|>\n"


def _chat(messages: Sequence[Any]) -> str:
    """The models' own chat format, which this class takes as a function."""
    return "".join(_turn(message.role.value, message.content) for message in messages) + "<|im_start|>assistant\n"


if __name__ == "__main__":
    serve(LlamaIndex)
