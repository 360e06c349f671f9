"""What the commands say of themselves, apart from what it takes to run them."""

COMMANDS = """\
usage: wirestories COMMAND ...

  run INPUT... --output OUT   read articles, find the stories and whose copy each is
  COMMAND --help              what a command takes
"""

RUN = """\
usage: wirestories run INPUT... --output OUT [options]
       wirestories run INPUT OUT [options]

Read news articles, find which of them are copies of one agency story, and whose.

  INPUT             a file, a folder (read recursively) or a glob; several are fine.
                    Read are .html .htm .txt .json .jsonl .ndjson .warc .wet, each also
                    as .gz, and .zip of them (docs/inputs.md). - is JSON Lines on
                    standard input
  --output OUT      the folder to write. It is replaced whole if an earlier run wrote
                    it; another folder that isn't empty is left alone (exit 2).

options:
  --sources DIR     your own source profiles, one folder each (docs/sources.md)
  --agencies DIR    your own agencies, one TOML file each (docs/attribution.md)
  --as-of DATE      the day that stands in for articles without a date, as 2021-06-28
                    (default: the latest date in the input)
  --keep-raw        also write OUT/raw.jsonl: each article's text before cleaning
  --quiet           no summary at the end
  -h, --help        this page

Any option of Apache Beam works too, among them
  --runner NAME     the engine (default FnApiRunner, in this process; DirectRunner works)
  --direct_running_mode in_memory|multi_processing   (default: by the size of the input)
  --direct_num_workers N                             worker processes, 0 for one a core

OUT holds stories.jsonl, articles.jsonl, reuse.jsonl, rejects.jsonl, report.html to look
at, and run.json, written last. Exit codes: 0 done, 1 the run failed, 2 wrong usage.
"""
