# Sources in all encodings, and in none.
text() { printf "$1" >"$2"; }
text '# coding: latin-1\nprint(ascii("\344\366\374"))\n' latin.py
about latin-1; run latin.py
text '#!/usr/bin/python\n# -*- coding: cp1252 -*-\nprint(ascii("\200"))\n' cp1252.py
about cp1252 in the second line; run cp1252.py
text '# coding: utf-8\nprint(ascii("\303\244"))\n' utf8.py
about utf-8; run utf8.py
text 'print("\344")\n' bad.py
about not UTF-8; run bad.py
text 'x = 1\ny = "\303\050"\n' bad.py
about not UTF-8 in the second line; run bad.py
text '# coding: utf-8\nx = "\377"\n' bad.py
about not UTF-8 though declared; run bad.py
text '# coding: no-such-coding\nprint(1)\n' bad.py
about an unknown encoding; run bad.py
text '# coding: ascii\nprint("\303\244")\n' bad.py
about not ASCII though declared; run bad.py
text '\357\273\277# coding: latin-1\nprint(1)\n' bad.py
about a byte order mark and another encoding; run bad.py
text '\377\376p\000r\000' bad.py
about UTF-16 with a mark; run bad.py
text 'p\000r\000i\000n\000t\000' bad.py
about UTF-16 without a mark; run bad.py
text 'x = 1\000\n' bad.py
about a null byte; run bad.py
text 'x = 1\ny = "a\000b"\n' bad.py
about a null byte in a string; run bad.py
text '# coding: hex\n6162\n' bad.py
about a codec that makes no text; run bad.py
about text that is not UTF-8; run -c "$(printf 'print("\377")')"
about text in Latin; run -c 'print(ascii("äöü"))'
text 'print("\344")\n' module_bad.py
about an import of it; run -c 'import module_bad'
text 'x = "\000"\n' module_null.py
about an import of a null byte; run -c 'import module_null'
about compile, exec and eval of null bytes; run -c '
for source in "1\0", b"1\0":
    for mode in "exec", "eval", "single":
        try: compile(source, "s", mode)
        except (SyntaxError, ValueError) as error: print(type(error).__name__, error)
for source in b"\xff", b"# coding: nonsense\n1", "\ud800":
    try: compile(source, "s", "exec")
    except Exception as error: print(type(error).__name__, error)
'
