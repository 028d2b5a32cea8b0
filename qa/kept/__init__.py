"""What a reader keeps of answers: conversations, notes, and the file in which one is given to somebody else."""
