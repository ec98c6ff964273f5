"""In the child of a fork in a thread, the main thread is the one that forked, and the old one is done."""
import os
import sys
import threading
import warnings

warnings.simplefilter('ignore')
main = threading.current_thread()


def worker():
    sys.stdout.flush()
    child = os.fork()
    if child:
        print('child ended with', os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
        return
    main.join(5)
    print('main alive', main.is_alive(), threading.main_thread() is threading.current_thread(), threading.active_count())
    late = threading.Thread(target=lambda: print('late thread'))
    late.start()
    late.join(5)
    print('late alive', late.is_alive())
    sys.stdout.flush()
    os._exit(0)


thread = threading.Thread(target=worker)
thread.start()
thread.join()
print(main.is_alive(), threading.main_thread() is main)
