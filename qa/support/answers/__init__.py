"""What is asked of an answer besides its truth: that "yes" fits what follows, that it has the value asked for."""
