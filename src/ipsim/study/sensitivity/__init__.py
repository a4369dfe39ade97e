"""What drives the outcomes of a study."""
