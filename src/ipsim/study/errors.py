"""What can go wrong with a run, each said in one line."""


class RunError(Exception):
    """A run failed; the message is the reason, in one line."""


class FolderError(Exception):
    """A result can't be written to the folder that was asked for."""


class ExecutorError(Exception):
    """Tasks can't run where they were asked to: no such executor, no answer, or another model there."""
