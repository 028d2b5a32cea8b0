"""Haystack's RAG pipeline with AnswerBuilder, as its documentation connects them."""

from __future__ import annotations

from pathlib import Path

from peer import CONTEXT_TOKENS, MOST_TOKENS, TEMPERATURE, Cited, Generated, Meter, Settings, article_id, serve

SYSTEM = "You are a helpful assistant."
USER = (
    "Given these documents, answer the question. After each statement cite the document it comes from by its number "
    "in brackets, for example [2].\nDocuments:\n"
    "{% for doc in documents %}[{{ loop.index }}] {{ doc.content }}\n{% endfor %}\n"
    "Question: {{query}}\nAnswer:"
)
"""The documentation's prompt, with its documents numbered and cited as its reference_pattern reads them."""


class Haystack:
    """Ten chunks of 200 words in the prompt; the documents AnswerBuilder finds referenced are its citations."""

    name = "Haystack RAG pipeline with AnswerBuilder"
    packages = ("haystack-ai", "llama-cpp-haystack", "sentence-transformers-haystack")

    def __init__(self, settings: Settings, _: Meter) -> None:
        from haystack import Pipeline
        from haystack.components.builders import AnswerBuilder, ChatPromptBuilder
        from haystack.components.retrievers.in_memory import InMemoryEmbeddingRetriever
        from haystack.dataclasses import ChatMessage
        from haystack.document_stores.in_memory import InMemoryDocumentStore
        from haystack_integrations.components.embedders.sentence_transformers import SentenceTransformersTextEmbedder
        from haystack_integrations.components.generators.llama_cpp import LlamaCppChatGenerator

        self.settings = {
            "splitter": "DocumentSplitter, 200 words (its default)",
            "retriever": "InMemoryEmbeddingRetriever, top_k=10 (its default)",
            "prompt": "its AnswerBuilder documentation's, documents numbered and citations asked for",
            "n_batch": 512,
            "threads": settings.threads,
            "cites": "the documents whose numbers the answer carries (reference_pattern)",
        }
        self._embedder = str(settings.embedder)
        self._store = InMemoryDocumentStore(embedding_similarity_function="cosine")
        prompt = [ChatMessage.from_system(SYSTEM), ChatMessage.from_user(USER)]
        pipeline = Pipeline()
        pipeline.add_component("embedder", SentenceTransformersTextEmbedder(model=self._embedder, progress_bar=False))
        pipeline.add_component("retriever", InMemoryEmbeddingRetriever(self._store))
        pipeline.add_component("prompt_builder", ChatPromptBuilder(prompt, required_variables={"query", "documents"}))
        pipeline.add_component(
            "llm",
            LlamaCppChatGenerator(
                str(settings.model),
                n_ctx=CONTEXT_TOKENS,
                n_batch=512,
                model_kwargs={"n_threads": settings.threads, "verbose": False},
                generation_kwargs={"max_tokens": MOST_TOKENS, "temperature": TEMPERATURE},
            ),
        )
        pipeline.add_component("answer_builder", AnswerBuilder(reference_pattern=r"\[(\d+)\]"))
        pipeline.connect("embedder.embedding", "retriever.query_embedding")
        pipeline.connect("retriever.documents", "prompt_builder.documents")
        pipeline.connect("prompt_builder.prompt", "llm.messages")
        pipeline.connect("llm.replies", "answer_builder.replies")
        pipeline.connect("retriever.documents", "answer_builder.documents")
        self._pipeline = pipeline

    def ingest(self, folder: Path) -> None:
        from haystack import Pipeline
        from haystack.components.converters import TextFileToDocument
        from haystack.components.preprocessors import DocumentSplitter
        from haystack.components.writers import DocumentWriter
        from haystack_integrations.components.embedders.sentence_transformers import (
            SentenceTransformersDocumentEmbedder,
        )

        self._folder = folder
        pipeline = Pipeline()
        pipeline.add_component("converter", TextFileToDocument(store_full_path=True))
        pipeline.add_component("splitter", DocumentSplitter())
        pipeline.add_component(
            "embedder", SentenceTransformersDocumentEmbedder(model=self._embedder, progress_bar=False)
        )
        pipeline.add_component("writer", DocumentWriter(self._store))
        pipeline.connect("converter", "splitter")
        pipeline.connect("splitter", "embedder")
        pipeline.connect("embedder", "writer")
        pipeline.run({"converter": {"sources": sorted(folder.rglob("*.txt"))}})

    def ask(self, question: str) -> Generated:
        result = self._pipeline.run(
            {
                "embedder": {"text": question},
                "prompt_builder": {"query": question},
                "answer_builder": {"query": question},
            }
        )
        answer = result["answer_builder"]["answers"][0]
        return Generated(answer.data, [self._cited(document) for document in answer.documents])

    def _cited(self, document) -> Cited:  # type: ignore[no-untyped-def]
        start = document.meta["split_idx_start"]
        article = article_id(Path(document.meta["file_path"]), self._folder)
        return Cited(article, start, start + len(document.content))


if __name__ == "__main__":
    serve(Haystack)
