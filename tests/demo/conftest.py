"""The demo company, written once."""

import pytest

from demo.generate import DemoManifest, write
from tests.demo.company import TODAY, Content, read


@pytest.fixture(scope="package")
def manifest(tmp_path_factory: pytest.TempPathFactory) -> DemoManifest:
    return write(tmp_path_factory.mktemp("demo"), today=TODAY)


@pytest.fixture(scope="package")
def content(manifest: DemoManifest) -> Content:
    return {each.path.name: read(each.path) for each in manifest.files}
