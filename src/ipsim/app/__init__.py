"""The what-if board: a page on which a policy is moved and its effects are seen."""
