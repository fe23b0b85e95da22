"""Backups of a running installation, brought back elsewhere: every table and every file, or nothing at all."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from rapport.core.embedded_postgres import EmbeddedPostgres

from .homes import Home, tables_of

pytestmark = pytest.mark.slow

PASSPHRASE = "correct horse battery staple"
ACCOUNTS = "Account ID,Account Name,Country\n" + "".join(f"A{n},Account {n},FR\n" for n in range(300))
FILL = """
import io
from rapport.activities.models import File
from rapport.directory.models import Organisation
with acting_as(SYSTEM):
    File.attach(io.BytesIO(b"What we offer"), name="offer.txt", about=[Organisation.objects.first()])
"""
WRITE = """
from rapport.directory.models import Organisation
with acting_as(SYSTEM):
    number = 0
    while True:
        Organisation.create(name=f"Meanwhile {number}")
        number += 1
        print(number, flush=True)
"""


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """An installation with records, a history and a file."""
    home = Home(tmp_path_factory.mktemp("source"))
    accounts = home.folder.parent / "accounts.csv"
    accounts.write_text(ACCOUNTS)
    with home.server.running():
        home.done("import", str(accounts), "--yes")
        assert home.script(FILL).wait() == 0
        yield home


@pytest.fixture(scope="module")
def passphrase(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("secret") / "passphrase"
    path.write_text(PASSPHRASE + "\n")
    return str(path)


def test_g11_a_backup_brings_every_table_and_file_back(source: Home, passphrase: str, tmp_path: Path) -> None:
    backup = tmp_path / "all.rapport-backup"
    source.done("backup", str(backup), "--passphrase-file", passphrase)
    assert b"Account 7" not in backup.read_bytes()
    target = Home(tmp_path / "target")
    told = target.done("restore", str(backup), "--passphrase-file", passphrase)
    assert re.search(r"[\d,]+ rows verified, in [\d.]+ s", told)
    assert target.tables() == source.tables()
    assert target.files() == source.files()
    assert any(name.startswith("files/") for name in target.files())
    assert 300 in json.loads(target.done("count", "--json")).values()
    refused = target.rapport("restore", str(backup), "--passphrase-file", passphrase)
    assert refused.returncode == 1
    assert "--force" in refused.stderr


def test_a_backup_made_while_others_write_is_of_one_moment(source: Home, tmp_path: Path) -> None:
    writer = source.script(WRITE)
    try:
        assert writer.stdout is not None
        writer.stdout.readline()
        source.done("backup", str(tmp_path / "meanwhile.rapport-backup"))
        last = int(writer.stdout.readline())
    finally:
        writer.kill()
        writer.wait()
    server = EmbeddedPostgres(tmp_path / "server")
    with server.running():
        url = f"postgresql://{server.superuser}@/postgres?host={server.socket_folder}"
        target = Home(tmp_path / "target", url=url)
        target.done("restore", str(tmp_path / "meanwhile.rapport-backup"))
        with psycopg.connect(host=str(server.socket_folder), user=server.superuser, dbname="postgres") as connection:
            counts = connection.execute(
                "SELECT (SELECT count(*) FROM directory_organisation),"
                " (SELECT count(*) FROM core_change WHERE record_type = 'organisation'),"
                " (SELECT count(*) FROM core_searchentry WHERE record_type = 'organisation')"
            ).fetchone()
        assert counts is not None
        assert len(set(counts)) == 1
        assert counts[0] > 300
        assert last > 0
        before = tables_of(str(server.socket_folder), "postgres")
        assert target.rapport("restore", str(tmp_path / "meanwhile.rapport-backup")).returncode == 1
        target.done("restore", str(tmp_path / "meanwhile.rapport-backup"), "--force", "--yes")
        assert tables_of(str(server.socket_folder), "postgres") == before
