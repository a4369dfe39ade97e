"""The verbs of the model, one file each; ``quarter`` holds their order."""
