"""LangChain's ``create_retrieval_chain`` as its retrieval tutorial builds it."""

from __future__ import annotations

from pathlib import Path

from peer import CONTEXT_TOKENS, MOST_TOKENS, TEMPERATURE, Cited, Generated, Meter, Settings, article_id, serve

CHUNK_SIZE, CHUNK_OVERLAP = 1000, 200
PROMPT = (
    "You are an assistant for question-answering tasks. Use the following pieces of retrieved context to answer the "
    "question. If you don't know the answer, just say that you don't know. Use three sentences maximum and keep the "
    "answer concise.\n\n{context}"
)
"""The setting as documented: the prompt in the docstring of langchain_classic's ConversationalRetrievalChain."""


class LangChain:
    """Four chunks of 1,000 characters stuffed into the prompt; the chunks it returns as context are its sources."""

    name = "LangChain create_retrieval_chain"
    packages = ("langchain-classic", "langchain-community", "langchain-huggingface", "langchain-text-splitters")

    def __init__(self, settings: Settings, _: Meter) -> None:
        from langchain_classic.chains import create_retrieval_chain
        from langchain_classic.chains.combine_documents import create_stuff_documents_chain
        from langchain_community.chat_models import ChatLlamaCpp
        from langchain_core.prompts import ChatPromptTemplate
        from langchain_core.vectorstores import InMemoryVectorStore
        from langchain_huggingface import HuggingFaceEmbeddings

        self.settings = {
            "splitter": f"RecursiveCharacterTextSplitter {CHUNK_SIZE}/{CHUNK_OVERLAP}",
            "retriever": "InMemoryVectorStore, k=4 (its default)",
            "prompt": "the retrieval tutorial's",
            # Its default of 8 would read prompts many times slower.
            "n_batch": 512,
            "threads": settings.threads,
            "cites": "the retrieved chunks",
        }
        self._store = InMemoryVectorStore(HuggingFaceEmbeddings(model_name=str(settings.embedder)))
        llm = ChatLlamaCpp(
            model_path=str(settings.model),
            n_ctx=CONTEXT_TOKENS,
            n_batch=512,
            n_threads=settings.threads,
            temperature=TEMPERATURE,
            max_tokens=MOST_TOKENS,
            verbose=False,
        )
        prompt = ChatPromptTemplate.from_messages([("system", PROMPT), ("human", "{input}")])
        self._chain = create_retrieval_chain(self._store.as_retriever(), create_stuff_documents_chain(llm, prompt))

    def ingest(self, folder: Path) -> None:
        from langchain_community.document_loaders import DirectoryLoader, TextLoader
        from langchain_text_splitters import RecursiveCharacterTextSplitter

        self._folder = folder
        loader = DirectoryLoader(
            str(folder), glob="**/*.txt", loader_cls=TextLoader, loader_kwargs={"encoding": "utf-8"}
        )
        splitter = RecursiveCharacterTextSplitter(
            chunk_size=CHUNK_SIZE, chunk_overlap=CHUNK_OVERLAP, add_start_index=True
        )
        chunks = splitter.split_documents(loader.load())
        self._store.add_documents(chunks)

    def ask(self, question: str) -> Generated:
        result = self._chain.invoke({"input": question})
        cited = []
        for chunk in result["context"]:
            start = chunk.metadata["start_index"]
            article = article_id(Path(chunk.metadata["source"]), self._folder)
            cited.append(Cited(article, start, start + len(chunk.page_content)))
        return Generated(result["answer"], cited)


if __name__ == "__main__":
    serve(LangChain)
