"""txtai's RAG pipeline as its RAG application builds it."""

from __future__ import annotations

from pathlib import Path

from peer import CONTEXT_TOKENS, MOST_TOKENS, TEMPERATURE, Generated, Meter, Settings, article_texts, locate, serve

CONTEXT = 10
SYSTEM = "You are a friendly assistant. You answer questions from users."
TEMPLATE = (
    "Answer the following question using only the context below. Only include information specifically discussed.\n\n"
    "question: {question}\ncontext: {context}"
)
"""The settings of txtai's RAG application."""


class Txtai:
    """Ten paragraphs in the prompt; the one that fits question and answer best is named as the reference."""

    name = "txtai RAG"
    packages = ("txtai",)

    def __init__(self, settings: Settings, _: Meter) -> None:
        from txtai import RAG, Embeddings

        self.settings = {
            "splitter": "Segmentation(paragraphs=True)",
            "retriever": f"Embeddings, context={CONTEXT} (its RAG application's)",
            "prompt": "its RAG application's",
            "n_batch": 512,
            "threads": settings.threads,
            "cites": 'the paragraph that output="reference" names',
        }
        self._embeddings = Embeddings(path=str(settings.embedder), content=True)
        self._rag = RAG(
            self._embeddings,
            str(settings.model),
            system=SYSTEM,
            template=TEMPLATE,
            context=CONTEXT,
            output="reference",
            n_ctx=CONTEXT_TOKENS,
            n_batch=512,
            n_threads=settings.threads,
        )

    def ingest(self, folder: Path) -> None:
        from txtai.pipeline import Segmentation

        paragraphs_of = Segmentation(paragraphs=True)
        passages = [
            (article, text, chunk) for article, text in article_texts(folder).items() for chunk in paragraphs_of(text)
        ]
        self._cited = {str(number): locate(*passage) for number, passage in enumerate(passages)}
        self._embeddings.index((str(number), chunk, None) for number, (_, _, chunk) in enumerate(passages))

    def ask(self, question: str) -> Generated:
        result = self._rag(question, maxlength=MOST_TOKENS, temperature=TEMPERATURE)
        reference = result["reference"]
        return Generated(result["answer"], [self._cited[reference]] if reference is not None else [])


if __name__ == "__main__":
    serve(Txtai)
