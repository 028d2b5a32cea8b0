"""Every error a person may see, in one tree.

    BylineError               one sentence for the reader: what happened, with the value, and what to do
    ├── InputError            bad usage or input: exit status 2
    └── FailedError           the thing asked for failed: exit status 1
        └── EngineGoneError   the server of the vectors cannot be used; opened anew, it may be

Whatever reaches the command line or the page as a BylineError is shown as it is;
anything else is a defect and keeps its traceback.
"""

EMPTY_LIBRARY = "The library is empty; add articles with: byline add PATH"
"""What whoever asks an empty library is told; ``ui/ways_out.py`` says it as each surface does."""


def cause_of(error: Exception) -> str:
    """The reason of an error as words within a sentence: the system's own words in lower case, without their number.

    >>> cause_of(FileNotFoundError(2, "No such file or directory", "a.txt"))
    'no such file or directory'
    """
    return (error.strerror or str(error)).lower() if isinstance(error, OSError) else str(error)


class BylineError(Exception):
    """An error whose text is written for the reader and shown unchanged."""

    exit_code = 1


class InputError(BylineError):
    """Bad usage or input; the reader can mend it by giving something else."""

    exit_code = 2


class FailedError(BylineError):
    """The input was fine, yet what was asked for could not be done."""


class EngineGoneError(FailedError):
    """The server of the vectors cannot be used; where it has been started again, what is opened anew can."""
