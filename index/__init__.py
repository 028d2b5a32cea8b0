"""From files to hits: reading, cleaning, splitting, embedding, FAISS, keyword search, the library's database."""
