#!/usr/bin/env bash
# The slow gates: what the program reaches on the labelled sets, against the pinned floors in benchmarks/.
# They need the folder with the sets: run_gates.sh [SHARED], by default ../shared; without it they pass by.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
shared=${1:-$here/../shared}
if [ ! -d "$shared" ]; then
    echo "no labelled sets in $shared: nothing to hold"
    exit 0
fi
shared=$(cd "$shared" && pwd)
. "$here/set_up.sh"
set_up "$here"
cd "$here"
.venv/bin/python -m benchmarks.extraction gate "$shared"
.venv/bin/python -m benchmarks.lines "$shared"
.venv/bin/python -m benchmarks.whole_run "$shared"
