"""The commands of ``byline``, a file for each thing one does; ``ui.cli`` puts them together."""
