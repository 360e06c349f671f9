"""What all tests share: one profile for property tests (same examples in every run, no deadline), one whole run."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("house", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")

EXAMPLES = Path(__file__).parent.parent / "examples" / "articles"


@pytest.fixture(scope="session")
def example_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder of one run over the example articles. Nobody may write into it."""
    from pipeline.run import run

    out = tmp_path_factory.mktemp("example") / "out"
    assert run([str(EXAMPLES), "--output", str(out), "--keep-raw", "--quiet"]) == 0
    return out
