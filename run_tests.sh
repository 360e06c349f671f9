#!/usr/bin/env bash
# Sets up what the tests need, then runs them with the given arguments for pytest.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/set_up.sh"
set_up "$here"
cd "$here"
exec "$here/.venv/bin/python" -m pytest "$@"
