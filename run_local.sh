#!/usr/bin/env bash
# Sets up what a run needs, then runs `wirestories run` with the given arguments.
# Without arguments: the sample articles in examples/articles, into out/.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/set_up.sh"
set_up "$here"
if [ $# -eq 0 ]; then
    set -- "$here/examples/articles" --output "$here/out"
fi
exec "$here/.venv/bin/wirestories" run "$@"
