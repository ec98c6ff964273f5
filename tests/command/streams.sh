# Standard streams that are closed, full, or not buffered.
full() { run "$@" ; }
about closed output; "$python" -c 'print(1)' >&- 2>.e; echo "exit $?"; cat .e
about closed error; run -c 'import sys; print(sys.stderr); 1/0' 2>&-
echo 'output into a full device'
"$python" -c 'print(1)' >/dev/full 2>.e; echo "exit $?"; sed "s/^/! /" .e
echo 'and flushed'
"$python" -c 'print(1, flush=True)' >/dev/full 2>.e; echo "exit $?"; sed "s/^/! /" .e
echo 'and not buffered'
"$python" -u -c 'print(1)' >/dev/full 2>.e; echo "exit $?"; sed "s/^/! /" .e
echo 'and with an exit code'
"$python" -c 'print(1); raise SystemExit(3)' >/dev/full 2>.e; echo "exit $?"; sed "s/^/! /" .e
echo 'and with an error'
"$python" -c 'print(1); 1/0' >/dev/full 2>.e; echo "exit $?"; sed "s/^/! /" .e
echo 'errors into a full device'
"$python" -c '1/0' 2>/dev/full; echo "exit $?"
"$python" -c 'import sys; sys.stderr.write("x"); print(2)' 2>/dev/full; echo "exit $?"
echo 'all closed'
"$python" -c 'import sys; open("streams", "w").write(repr([sys.stdin, sys.stdout, sys.stderr])); print(1)' <&- >&- 2>&-; echo "exit $?"; cat streams; echo
echo 'closed output and an exit code'
"$python" -c 'print(1); raise SystemExit(4)' >&- 2>.e; echo "exit $?"; cat .e
echo 'a pipe that nobody reads'
{ "$python" -c '
import time
time.sleep(0.3)
for i in range(100000): print(i)' 2>.e; echo "exit $?" >.code; } | true; cat .code; sed "s/^/! /" .e
about encodings of the streams; PYTHONIOENCODING=latin-1:replace run -c 'import sys; print(sys.stdout.encoding, sys.stdout.errors, sys.stderr.encoding, sys.stderr.errors); print(ascii(sys.stdin.errors))'
about text that cannot be encoded; PYTHONIOENCODING=ascii run -c 'print("\xe4")'
about closed by the program; run -c 'import sys; sys.stdout.close(); print(1)'
about surrogates; run -c 'print("\udcff" == "x"); import sys; sys.stdout.buffer.write(b"bytes\n")'
