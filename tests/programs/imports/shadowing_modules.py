"""Modules of the program that hide the standard library's, circular imports, and what the errors advise."""
import os
import subprocess
import sys
import tempfile

FILES = {
    "random.py": "try:\n    from random import randint\nexcept ImportError as error:\n    print(error)\nimport random\ntry:\n    random.choice\n"
                 "except AttributeError as error:\n    print(error)\n",
    "mylib.py": "try:\n    from mylib import nope\nexcept ImportError as error:\n    print(error)\nimport mylib\ntry:\n    mylib.zz\n"
                "except AttributeError as error:\n    print(error)\n",
    "one.py": "import two\nvalue = 1\n",
    "two.py": "try:\n    from one import value\nexcept ImportError as error:\n    print(error, error.name, error.name_from)\n",
    "pack/__init__.py": "from . import sub\n",
    "pack/sub.py": "try:\n    from pack import late\nexcept ImportError as error:\n    print(error)\ntry:\n    import pack\n    pack.late\n"
                   "except AttributeError as error:\n    print(error)\n",
    "main.py": "import random, mylib, one, pack\ntry:\n    random.choice\nexcept AttributeError as error:\n    print(error)\n"
               "for text in ('from random import randint', 'from mylib import randint', 'from pack.sub import x', 'from sys import nothing',\n"
               "             'from os.path import nothing', 'from pack import nothing', 'import pack.nothing', 'import random.x'):\n"
               "    try:\n        exec(text)\n    except ImportError as error:\n"
               "        print(type(error).__name__, error, error.name, getattr(error, 'name_from', None), error.path and error.path[-9:])\n",
}
with tempfile.TemporaryDirectory() as root:
    for name, text in FILES.items():
        path = os.path.join(root, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w") as out:
            out.write(text)
    for options in ([], ["-P"]):
        run = subprocess.run([sys.executable, *options, "main.py"], cwd=root, capture_output=True, text=True)
        text = run.stdout + run.stderr.strip().rpartition("\n")[2]
        text = text.replace(os.path.realpath(root), "ROOT").replace(root, "ROOT")
        print("\n".join(line if "ROOT" in line or "(/" not in line else line.split("(/")[0] for line in text.splitlines()))
