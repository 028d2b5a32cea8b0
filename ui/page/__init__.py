"""The page that Gradio hosts, a file for each of its views."""
