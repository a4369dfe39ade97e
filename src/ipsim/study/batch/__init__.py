"""Running a study: over a pool of workers, into a folder that can be read while it fills."""

from ipsim.study.batch.batch import Batch
from ipsim.study.batch.folder import StudyFolder, open_study
from ipsim.study.batch.progress import BatchProgress, BatchSummary
from ipsim.study.batch.run import run_batch
from ipsim.study.batch.verify import verify_study

__all__ = ["Batch", "BatchProgress", "BatchSummary", "StudyFolder", "open_study", "run_batch", "verify_study"]
