# Options.
show='import sys; f = sys.flags; print(f.debug, f.inspect, f.interactive, f.optimize, f.dont_write_bytecode, f.no_user_site, f.no_site, f.ignore_environment, f.verbose, f.bytes_warning, f.quiet, f.isolated, f.dev_mode, f.utf8_mode, f.warn_default_encoding, f.safe_path, sys.warnoptions, sorted(sys._xoptions.items()), "site" in sys.modules)'
for options in -O -OO -B -E -I -S -s -P -u -q -b -bb -d -OOO '-X dev' '-X utf8' '-X utf8=0' '-X warn_default_encoding' '-X a=b -X c' '-W ignore' '-Werror -W default::UserWarning' '-IS' '-OBq'; do
  about "$options"; run $options -c "$show"
done
about optimised; run -O -c 'assert 0; print(__debug__)'
about optimised twice; run -OO -c '
def f(): "doc"
print(f.__doc__, __doc__)'
about bytes and text; run -b -c 'print(b"" == "")'
about bytes and text are an error; run -bb -c 'print(b"" == "")'
about text of bytes; run -b -c 'str(b"x")'
about an unknown option; run -Z 2>&1 | head -3
about an unknown long option; run --nonsense 2>&1 | head -3
about an option without its argument; run -W 2>&1 | head -3
about a wrong warning; run -W nonsense -c 1
about a wrong action; run -W 'error::NoSuch' -c 1
about warnings shown; run -W always -c 'import warnings
for i in range(2): warnings.warn("again")'
about warnings once; run -W once -c 'import warnings
for i in range(2): warnings.warn("again")'
about warnings as errors; run -W error -c 'import warnings; warnings.warn("again")'
about a wrong utf8; run -X utf8=3 -c 1
about a wrong limit; run -X int_max_str_digits=3 -c 1
about a limit; run -X int_max_str_digits=700 -c 'int("1" * 701)'
about no columns; run -X no_debug_ranges -c 'x = 1 + (1 / 0)'
about columns; run -c 'x = 1 + (1 / 0)'
about isolated; PYTHONPATH=/nonsense run -I -c 'import sys; print("/nonsense" in sys.path, "" in sys.path)'
about the environment ignored; PYTHONOPTIMIZE=2 run -E -c 'import sys; print(sys.flags.optimize)'
about the environment; PYTHONOPTIMIZE=2 PYTHONVERBOSE= PYTHONUNBUFFERED=1 PYTHONWARNINGS=ignore,error::UserWarning PYTHONDONTWRITEBYTECODE=1 run -c "$show"
about PYTHONPATH; PYTHONPATH=/one:/two run -c 'import sys; print(sys.path[:3])'
about safe; run -P -c 'import sys; print("" in sys.path)'
about a wrong hash seed; PYTHONHASHSEED=x run -c 1
about a hash seed; PYTHONHASHSEED=7 run -c 'print(hash("a") != 0)'
about help with nothing else; run -h | head -1
about version before all; run -V -c 1 | sed 's/3.14.*/VERSION/'
about end of options; run -O -- -c
about several in one; run -Sqc 'print(2)'
about the value joined; run -Xa=1 -c 'import sys; print(sys._xoptions)'
about check; run --check-hash-based-pycs never -c 'print(1)'
about a wrong check; run --check-hash-based-pycs x -c 'print(1)' 2>&1 | head -1
about verbose imports; run -v -c 'import this_is_missing' 2>&1 | grep '^! Module'
