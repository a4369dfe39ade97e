"""Fitting the model to published figures: priors, targets, screening, posterior."""
