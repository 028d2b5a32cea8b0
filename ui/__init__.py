"""What people touch: the command line, the Gradio page and its article reader."""
