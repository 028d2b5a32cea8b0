"""From texts to vectors, by sentence-transformers: loaded quickly, and computed as fast as this processor can."""
