"""A city profile from a few published figures: rules of thumb, and the template filled in with them."""
