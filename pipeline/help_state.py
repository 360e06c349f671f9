"""What the commands around a state say of themselves."""

STATE_COMMANDS = {
    "watch": """\
usage: wirestories watch INPUT... --output OUT --state DIR [options]

Run again and again over files that are new or have changed, with a state, until SIGINT or
SIGTERM ends it. Each run that finds something new writes a folder of its own,
OUT/run-00000001 and so on. This is a loop of small batches: what comes in shows when the
next one has ended.

  --every TIME      from the start of one run to the start of the next, as 60s (the
                    default), 5m or 2h. After a run that failed it doubles, up to 16 times
  --once            one run, and end with its exit code: for cron
  --append          write no folders, but append the lines of every run to OUT/*.jsonl

All options of `wirestories run` work too. Exit codes: 0 ended by a signal, or once and
done; 1 the one run failed; 2 wrong usage.
""",
    "state": """\
usage: wirestories state export DIR --output OUT [--keep-raw]
       wirestories state rebuild DIR [--output OUT] [options of run]
       wirestories state forget DIR WHAT... [--output OUT]
       wirestories state compact DIR [--horizon 30d]

A state is what runs with --state DIR remember. docs/state.md says what is in it. DIR may be
the URL of a folder on any filesystem that Beam opens (s3://, gs://, azfs://, hdfs://).

  export            write all articles and stories as a run would; nothing is computed anew
  rebuild           clean and match all articles anew, with today's profiles, agencies and
                    cues, and with lines learned from all of them; stories keep their ids
  forget            take articles (by id) or whole sources out, text and fingerprints, and
                    make their stories anew; OUT takes those that changed
  compact           merge its files, and drop fingerprints of articles so old that nothing
                    can match them any more

Exit codes: 0 done, 1 the command failed, 2 wrong usage, or a state that is damaged or held
by another run.
""",
}
