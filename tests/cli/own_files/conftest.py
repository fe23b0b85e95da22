"""Commands run in this process."""

import pytest

from rapport.cli.entry import parsed
from tests.cli.own_files.files import Run


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command in this process; gives its status, what it answered, and what it said beside."""

    def run(*arguments: object) -> tuple[int, str, str]:
        command, options = parsed([str(argument) for argument in arguments])
        status = command.run(options)
        written = capsys.readouterr()
        return status, written.out, written.err

    return run
