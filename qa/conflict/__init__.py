"""Where articles contradict each other."""
