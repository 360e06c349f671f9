from pathlib import Path

import pytest
from apache_beam.options.pipeline_options import DirectOptions, StandardOptions

from pipeline.options import MULTI_PROCESSING_BYTES, pipeline_options, read_arguments
from pipeline.staging import write_manifest
from schemas.errors import ConfigurationError


def test_two_positionals_are_input_and_output_when_the_second_is_free(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "earlier").mkdir()
    write_manifest(tmp_path / "earlier/run.json", {})
    for name in ("absent", "empty", "earlier"):
        options = read_arguments(["in", str(tmp_path / name)])
        assert (options.inputs, options.output) == (("in",), tmp_path / name)


def test_two_positionals_of_which_the_second_is_taken_name_output(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    with pytest.raises(ConfigurationError, match="name the output with --output OUT"):
        read_arguments(["in", str(tmp_path)])


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("", "no INPUT"),
        ("a", "no output: add --output OUT"),
        ("a b c", "no output: add --output OUT"),
        ("a --output b --ouput c", "unrecognized arguments: --ouput"),
        ("a --output b --direct_num_workers many", "invalid int value: 'many'"),
        ("a --output b --as-of monday", "--as-of monday: not a day; write it as 2021-06-28"),
        ("a --output b --sources nowhere", "--sources nowhere: no such folder"),
        ("a --output b --agencies nowhere", "--agencies nowhere: no such folder"),
        ("a --output a/b", "lies in the same folder tree as the input a"),
        ("a/b --output a", "lies in the same folder tree as the input a/b"),
        ("a --output gs://bucket/b", "only folders on this machine"),
        ("a --output b --direct_num_workers -3", "--direct_num_workers -3: allowed are 0 (one for each processor) to 512"),
        ("a --output b --direct_num_workers 99999999", "--direct_num_workers 99999999: allowed are 0"),
    ],
)
def test_wrong_usage_says_what_and_what_is_allowed(arguments: str, message: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        read_arguments(arguments.split())
    assert message in str(caught.value)


def test_an_empty_name_is_no_name() -> None:
    for given in (["", "--output", "b"], ["a", "--output", ""]):
        with pytest.raises(ConfigurationError, match="an INPUT or the output is empty: ''"):
            read_arguments(given)


def test_a_file_url_is_a_folder_of_this_machine(tmp_path: Path) -> None:
    options = read_arguments([f"file://{tmp_path}/day%201", f"--output=file://{tmp_path}/out", "--state", f"file://{tmp_path}/s"])
    assert options.inputs == (f"{tmp_path}/day 1",)
    assert (options.output, options.state) == (tmp_path / "out", f"{tmp_path}/s")


def test_options_of_beam_may_stand_anywhere_with_or_without_equals_sign() -> None:
    options = read_arguments("a --direct_num_workers 2 b --runner=DirectRunner --output c".split())
    assert options.inputs == ("a", "b")
    beam = pipeline_options(options, input_bytes=0)
    assert beam.view_as(StandardOptions).runner == "DirectRunner"
    assert beam.view_as(DirectOptions).direct_num_workers == 2


@pytest.mark.parametrize(
    ("arguments", "size", "mode", "workers"),
    [
        ("a --output b", 1, "in_memory", 1),
        ("a --output b", MULTI_PROCESSING_BYTES + 1, "multi_processing", 0),
        ("a --output b --direct_running_mode in_memory", MULTI_PROCESSING_BYTES + 1, "in_memory", 1),
        ("a --output b --direct_running_mode multi_processing --direct_num_workers 3", 1, "multi_processing", 3),
    ],
)
def test_the_size_of_the_input_chooses_the_running_mode_unless_the_user_does(arguments, size, mode, workers) -> None:
    beam = pipeline_options(read_arguments(arguments.split()), input_bytes=size)
    assert beam.view_as(StandardOptions).runner == "FnApiRunner"
    assert beam.view_as(DirectOptions).direct_running_mode == mode
    assert beam.view_as(DirectOptions).direct_num_workers == workers
