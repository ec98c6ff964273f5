#!/bin/sh
# Makes the expected output of the scripts with CPython 3.14:
#   PYTHON=/usr/bin/python3.14 tests/command/make_expected.sh files exits …
set -eu
here=$(cd "$(dirname "$0")" && pwd)
for name; do
  room=$(mktemp -d)
  (cd "$room" && python=$PYTHON root=${here%/tests/command} sh -c "$(cat "$here/prelude.sh" "$here/$name.sh")" </dev/null >"$here/$name.out" 2>/dev/null) || true
  rm -rf "$room"
done
