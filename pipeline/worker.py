"""A worker process of a run: the engine's own, without its chatter, and gone as soon as the run is."""

from __future__ import annotations

import gc
import logging
import os
import signal
import sys
import tempfile
import threading
import time
from pathlib import Path

LOOK_SECONDS = 0.2  # 0.01 to 2; a run that is started after a killed one needs longer to come to its folders
# New objects before Python looks for cycles among them, 700 (its default) to 1,000,000. What flows has none; at 50,000 a
# run takes 4 to 9 % less CPU and as much memory (10,000 articles of 380 words, 2026-11-20).
NEW_OBJECTS = 50_000
_END = "workers-end"  # a file in the folder of temporary files, which each run has for itself


def tell_workers_to_end() -> None:
    """End all workers of this process's run, also those that are only starting.

    Raises:
        OSError: If the file that tells them can't be made; they end with this process.
    """
    Path(tempfile.gettempdir(), _END).touch()


def main() -> None:
    """Work for the process whose id is given, until it says that it is enough, or is no more.

    The engine's workers wait up to a minute for one that was killed, and until then write into folders that the next
    run takes for its own. Signals are for the run to answer: it tells its workers.
    """
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    gc.set_threshold(NEW_OBJECTS)
    threading.Thread(target=_end_with, args=(int(sys.argv[1]),), daemon=True).start()
    # The engine's worker logs each step of its life to standard error, unless somebody listens already. Errors don't get
    # lost by it: the engine hands them to the run.
    logging.getLogger().addHandler(logging.NullHandler())
    from apache_beam.runners.worker import sdk_worker_main

    sys.stderr = open(os.devnull, "w")  # noqa: SIM115: it prints each error there, too
    sdk_worker_main.main(sys.argv[:1])


def _end_with(parent: int) -> None:
    end = os.path.join(tempfile.gettempdir(), _END)
    while os.getppid() == parent and not os.path.exists(end):
        time.sleep(LOOK_SECONDS)
    os._exit(0)


if __name__ == "__main__":
    main()
