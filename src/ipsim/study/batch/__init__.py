"""Running a study: over a pool of workers, into a folder that can be read while it fills."""

from ipsim.study.batch.batch import Batch, BatchProgress, BatchSummary
from ipsim.study.batch.folder import StudyFolder, open_study
from ipsim.study.batch.run import run_batch

__all__ = ["Batch", "BatchProgress", "BatchSummary", "StudyFolder", "open_study", "run_batch"]
