"""Errors meant for people: each message says what happened and what to do next."""


class Problem(Exception):
    """Something the user can understand and mend; shown as it is, never as a traceback."""

    def __init__(self, message: object) -> None:
        self.message = message
        super().__init__(str(message))


class Forbidden(Problem):
    """The actor may not do this."""


class StillNeeded(Problem):
    """A record can't be removed while others refer to it."""


class OutsideVerb(RuntimeError):
    """Code tried to write a record outside a verb: a programming error, never a user's."""


class NoActor(RuntimeError):
    """A verb was called while nobody was acting: wrap the call in `acting_as(actor)`."""
