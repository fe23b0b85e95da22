"""Spark is installed for the tests where Java runs it, and nowhere else."""

from pathlib import Path

import pytest

from toolchain import spark


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine without Java, whose environment is empty and whose pip notes what it is asked for."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(spark, "ENVIRONMENT", tmp_path)
    monkeypatch.setattr(spark, "PYTHON", tmp_path / "python")
    _program(tmp_path / "python", f'echo "$@" > {tmp_path}/asked')
    return tmp_path


def _program(path: Path, script: str) -> None:
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def _java(machine: Path, version: str) -> None:
    _program(machine / "java", f"echo 'openjdk version \"{version}\"' >&2")


def test_without_java_nothing_is_installed(machine: Path) -> None:
    spark.ensure_spark()
    _java(machine, "11.0.2")
    spark.ensure_spark()
    assert not (machine / "asked").exists()


def test_with_java_it_is_installed_with_hashes(machine: Path) -> None:
    _java(machine, "17.0.15")
    spark.ensure_spark()
    assert "--require-hashes" in (machine / "asked").read_text()


def test_what_is_there_is_not_installed_again(machine: Path) -> None:
    _java(machine, "21")
    version = spark.LOCK.read_text().partition("pyspark==")[2].split()[0]
    (machine / f"lib/python3.11/site-packages/pyspark-{version}.dist-info").mkdir(parents=True)
    spark.ensure_spark()
    assert not (machine / "asked").exists()


def test_an_installation_that_fails_is_told_and_stops_nothing(
    machine: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _java(machine, "17")
    _program(machine / "python", "exit 1")
    spark.ensure_spark()
    told = capsys.readouterr()
    assert "Its test is skipped" in told.out + told.err
