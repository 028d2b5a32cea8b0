"""From a question to a checked answer: evidence, prompt, language model, citations, support."""
