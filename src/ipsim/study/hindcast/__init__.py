"""Hindcast: predict 2017 and after from what was known at the end of 2016, and score the predictions."""

from ipsim.study.hindcast.hindcasting import hindcast
from ipsim.study.hindcast.history import history
from ipsim.study.hindcast.predicting import predict
from ipsim.study.hindcast.scores import Scores
from ipsim.study.hindcast.scoring import score

__all__ = ["Scores", "hindcast", "history", "predict", "score"]
