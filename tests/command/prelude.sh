# What every script of this folder begins with. The scripts run in an empty directory of their own, with $python the
# interpreter. `run` shows what it prints, what it complains about, and how it ends.
LC_ALL=C.UTF-8
PYTHONHASHSEED=0
export LC_ALL PYTHONHASHSEED
unset RUST_BACKTRACE PYTHONDONTWRITEBYTECODE PYTHONPATH PYTHONHOME NO_COLOR FORCE_COLOR
here=$PWD

run() {
  echo "\$ $label"
  label=
  "$python" "$@" >"$here/.out" 2>"$here/.err"
  code=$?
  sed -e "s#$python#PYTHON#g" -e "s#$here#DIR#g" -e 's/0x[0-9a-f]\{6,\}/ADDRESS/g' "$here/.out"
  sed -e "s#$python#PYTHON#g" -e "s#$here#DIR#g" -e 's/0x[0-9a-f]\{6,\}/ADDRESS/g' -e 's/^/! /' "$here/.err"
  echo "exit $code"
}

# Says what the next `run` is about.
about() { label=$*; }
