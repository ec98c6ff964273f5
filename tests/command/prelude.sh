# What every script of this folder begins with. The scripts run in an empty directory of their own, with $python the
# interpreter and $root this project. `run` shows what it prints, what it complains about, and how it ends.
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
  mask <"$here/.out"
  mask <"$here/.err" | sed 's/^/! /'
  echo "exit $code"
}

# Takes away what differs between machines and interpreters.
mask() {
  sed -e "s#$python#PYTHON#g" -e "s#$here#DIR#g" -e "s#$root#ROOT#g" -e 's/0x[0-9a-f]\{6,\}/ADDRESS/g' -e 's#"/[^"]*/python3.14/#"LIB/#' \
    -e 's#"/<pvm>/Lib/#"LIB/#' -e 's/`[a-z]* -h/`PYTHON -h/' -e 's/ \[[a-z0-9.]*\] (most recent/ [NAME] (most recent/'
}

# Says what the next `run` is about.
about() { label=$*; }
