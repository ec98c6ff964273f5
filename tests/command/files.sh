# Programs that are not there, cannot be read, or are directories and archives.
about no such file; run missing.py
about no such file below a directory; run no/such/missing.py
mkdir empty
about a directory without __main__; run empty
about a directory without __main__, by name; run ./empty/
mkdir package; echo 'import sys; print("main of", __name__, sys.argv, __spec__.name, repr(__package__))' >package/__main__.py
about a directory with __main__; run package a b
mkdir broken; echo 'x = = 1' >broken/__main__.py
about a directory whose __main__ does not compile; run broken
printf 'import zipfile\nwith zipfile.ZipFile("with.zip", "w") as z: z.writestr("__main__.py", "import sys; print(__name__, sys.argv)")\nwith zipfile.ZipFile("without.zip", "w") as z: z.writestr("other.py", "")\n' >zip.py
about archives are made; run zip.py
about an archive with __main__; run with.zip 1 2
about an archive without __main__; run without.zip
head -c 60 with.zip >cut.zip
about a truncated archive; run cut.zip
: >nothing.py
about an empty file; run nothing.py
printf 'print("no newline at the end")' >line.py
about no newline at the end; run line.py
printf '\357\273\277print("mark")\n' >mark.py
about a byte order mark; run mark.py
printf 'print("a")\r\nprint("b")\rprint("c")\n' >lines.py
about all kinds of newlines; run lines.py
printf 'import sys\nprint(sys.argv, __file__, __name__, __cached__ if "__cached__" in globals() else "none")\nprint(sys.path[0])\n' >arguments.py
about arguments; run arguments.py -x --help '' 'a b' ü
about arguments behind two dashes; run -- arguments.py --
mkdir sub; cp arguments.py sub/
about a file in a directory; run sub/arguments.py
ln -s sub/arguments.py link.py
about a symbolic link; run link.py
about a name with dots; run sub/../arguments.py
printf 'print("skipped")\nprint("shown")\n' >first.py
about skipping the first line; run -x first.py
printf 'not python\nprint("shown")\n1/0\n' >first.py
about a skipped line counts; run -x first.py
