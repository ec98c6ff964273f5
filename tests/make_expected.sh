#!/bin/sh
# Makes the expected output of programs with CPython 3.14:
#   PYTHON=python3.14 tests/make_expected.sh tests/programs/language/functions.py …
set -eu
for program; do
  base=${program%.py}
  if PYTHONHASHSEED=0 "${PYTHON:-python3.14}" "$program" >"$base.out" 2>"$base.stderr"; then
    rm -f "$base.err"
  else
    tail -n 1 "$base.stderr" >"$base.err"
  fi
  rm -f "$base.stderr"
done
