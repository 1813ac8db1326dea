"""The command, killed in front of its Nth step on the disk: python dying.py N FOLDER FOLDER ARGUMENTS...

Steps are what changes the disk below one of the two folders: a file that is opened, renamed or removed, a
folder that is made. The interpreter tells about each of them just before it happens (PEP 578).
"""

import os
import signal
import sys

from barrierfree.cli import main

STEPS = {"open", "os.rename", "os.remove", "os.mkdir"}
last, folders, sys.argv[1:] = int(sys.argv[1]), tuple(sys.argv[2:4]), sys.argv[4:]
seen = []


def watch(event, arguments):
    if event in STEPS and isinstance(arguments[0], str) and arguments[0].startswith(folders):
        seen.append(event)
        if len(seen) == last:
            os.kill(os.getpid(), signal.SIGKILL)


sys.addaudithook(watch)
main()
