"""What the model reckons before it decides: a file for each kind of decision."""
