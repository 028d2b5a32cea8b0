"""How good the answers are, measured on one's own questions: question sets, judging, measures, runs, comparisons."""
