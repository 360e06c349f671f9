"""What the commands say of themselves, apart from what it takes to run them."""

COMMANDS = """\
usage: wirestories COMMAND ...

  run INPUT... --output OUT   read articles, find the stories and whose copy each is
  attribute FILE|-            read one article and say who is credited in it
  watch INPUT... --state DIR  run again and again over what is new in the input
  state COMMAND DIR           rebuild, forget, export or compact what runs remember
  sources COMMAND             list, check and propose profiles of sources, show learned lines
  COMMAND --help              what a command takes
  --version                   which version this is
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
  --state DIR       what earlier runs know, and this one adds to: files that were read
                    before are skipped, and OUT holds what is new and the stories that it
                    touched (docs/schedule.md)
  --horizon DAYS    articles further apart never match, as 30d (the default)
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

ATTRIBUTE = """\
usage: wirestories attribute FILE|- [--url URL] [--source NAME] [options]

Read one article - a page, a text, or one JSON record - from a file or from standard input,
and print its record as JSON: who is credited and where, which agencies are only mentioned,
and its text without the boilerplate. What other outlets printed is not looked at: that
takes a run.

  --url URL         where it was found; helps to know its source and its date
  --source NAME     its publisher
  --sources DIR     your own source profiles, one folder each (docs/sources.md)
  --agencies DIR    your own agencies, one TOML file each (docs/attribution.md)

Exit codes: 0 done, 1 it is no article (the reject is printed), 2 wrong usage.
"""

SOURCES = """\
usage: wirestories sources COMMAND ...

A source is a publisher. What is known of one stands in its profile: a folder with a TOML
file, and with pages that prove it. docs/sources.md walks through adding one.

  list                  the profiles that a run would use
  new PAGE... --id ID   propose a profile from a few saved pages
  check [ID...]         run profiles against their pages, and show what differs
  learned OUT           the lines that a run learned to be a source's boilerplate
  COMMAND --help        what a command takes

Exit codes: 0 done, 1 a profile does not hold, 2 wrong usage or a wrong profile.
"""

SOURCES_COMMANDS = {
    "list": """\
usage: wirestories sources list [--sources DIR]

Print the profiles that a run would use: ours, and with --sources yours, which take the
place of ours for the same id, name or host. Layouts are named by the day of the redesign
that brought them.

  --sources DIR     your own profiles, one folder each
""",
    "check": """\
usage: wirestories sources check [ID...] [--sources DIR] [--write-missing]

Read the golden pages of profiles (page.html, page-2024.html, ...) and compare what they
give with what the file beside each says (page.json, page-2024.json, ...). Lines that begin
with - were expected, lines with + were found.

  ID                only these profiles
  --sources DIR     yours, one folder each (default: those that come with the program)
  --write-missing   write what a page gives where the file beside it is missing; read it,
                    and correct it where the program is wrong

Exit codes: 0 all hold, 1 one does not, 2 wrong usage.
""",
    "new": """\
usage: wirestories sources new PAGE... --id ID [--sources DIR] [--host HOST]

Propose a profile from saved pages of one source, write it with the pages as its proof, and
show what each page gives with it and without. Host, name and language come from what the
pages say of themselves; the selectors from where the text stands that the program finds
without a profile; the drop list from what stands among it on several pages.

  PAGE              a saved page with one article; two or three, of other days, are best
  --id ID           the name of the profile and its folder: small letters, digits, hyphens
  --sources DIR     where to write the folder ID (default: sources). What is there stays
  --host HOST       the site, where no page says it, as gazette.example

A proposal is a draft: read the profile and the .json files, and correct them.
""",
    "learned": """\
usage: wirestories sources learned OUT
       wirestories sources learned --state DIR|URL

Print the lines that were learned to be boilerplate, source by source: in how many stories
each stands, what share of the source's stories that is, and what shows it besides the
repetition (edge: it stands first or last; neighbour: always beside the same line; shape:
a teaser). A source needs ten stories before anything is learned from it.

  OUT               the output folder of a run
  --state DIR       the state of scheduled runs
""",
}
