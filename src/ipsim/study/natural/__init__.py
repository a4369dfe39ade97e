"""Natural experiments in silico: published policy studies repeated on simulated cities."""
