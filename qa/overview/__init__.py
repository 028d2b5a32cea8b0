"""What is told of several articles or days at once: summaries, timelines, comparisons, stories, briefings."""
