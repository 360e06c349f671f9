"""A worker process of a run: the engine's own, without its chatter, and gone as soon as the run is."""

from __future__ import annotations

import logging
import os
import sys
import threading
import time

LOOK_SECONDS = 0.2  # 0.01 to 2; a run that is started after a killed one needs longer to come to its folders


def main() -> None:
    """Work for the process whose id is given, until it has no more to do or is no more.

    The engine's workers wait up to a minute for one that was killed, and until then write into folders that the next
    run takes for its own.
    """
    threading.Thread(target=_leave_with, args=(int(sys.argv[1]),), daemon=True).start()
    # The engine's worker logs each step of its life to standard error, unless somebody listens already. Errors don't get
    # lost by it: the engine hands them to the run.
    logging.getLogger().addHandler(logging.NullHandler())
    from apache_beam.runners.worker import sdk_worker_main

    sdk_worker_main.main(sys.argv[:1])


def _leave_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(LOOK_SECONDS)
    os._exit(1)


if __name__ == "__main__":
    main()
