"""Starts the server again and again without loading the program anew each time.

Loading the atlas takes seconds of a core, which at fifty starts would be most of the drill.  This
process loads everything once, opens no database, and forks a child for each line on its standard
input; the child does what ``tautband serve`` does from there: migrations, watcher, background
worker, gunicorn and its workers.
"""

import os
import signal
import sys

from tautband.clinic.server import serve
from tautband.clinic.start import set_up


def main(port: int, workers: int) -> None:
    """Load, then fork for each line and print the child's process id."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    set_up()
    from django.db import connections

    from tautband.clinic.wsgi import application

    assert application
    connections.close_all()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody asks how they ended
    print("loaded", flush=True)
    for _line in sys.stdin:
        child = os.fork()
        if not child:
            os.setsid()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            os.dup2(os.open(os.devnull, os.O_RDWR), 0)
            os.dup2(0, 1)
            serve("127.0.0.1", port, workers)
            os._exit(0)
        print(child, flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
