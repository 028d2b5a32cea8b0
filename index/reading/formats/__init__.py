"""The kinds of files, one a module: each has a FORMAT, and whatever module stands here is found."""
