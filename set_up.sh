# set_up FOLDER: make FOLDER/.venv with the pinned packages and this project, unless it is there and fits.
# Read by run_local.sh and run_tests.sh. Exit code 2 when no Python fits.

find_python() {
    local name
    for name in "${PYTHON:-python3}" python3.14 python3.13 python3.12 python3.11; do
        if "$name" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))' 2>/dev/null; then
            printf '%s\n' "$name"
            return
        fi
    done
    echo "Python 3.11 to 3.14 is needed; set PYTHON to one." >&2
    exit 2
}

set_up() {
    local here=$1 python wanted
    # What the environment was made from; when that changes, pip brings it up to date.
    wanted=$(cat "$here/constraints.txt" "$here/setup.py" | cksum)
    if [ -x "$here/.venv/bin/wirestories" ] && [ "$(cat "$here/.venv/made-from" 2>/dev/null)" = "$wanted" ]; then
        return
    fi
    echo "Setting up $here/.venv (once; a minute or two) ..." >&2
    if ! "$here/.venv/bin/python" -c '' 2>/dev/null; then
        python=$(find_python)
        rm -rf "$here/.venv"
        "$python" -m venv "$here/.venv"
    fi
    PIP_CONSTRAINT="$here/constraints.txt" "$here/.venv/bin/python" -m pip install --quiet \
        --disable-pip-version-check --constraint "$here/constraints.txt" --editable "$here[test]" >&2
    printf '%s\n' "$wanted" > "$here/.venv/made-from"
}
