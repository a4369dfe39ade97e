"""The nouns of the model: what exists in a city, each kind declared once."""
