"""Runs one program and says on standard error what it took, as JSON.

A process of its own and a small one: a child starts with its parent's memory counted as its own, so that a large
parent would measure itself.
"""
import json
import os
import sys
import time


def main():
    output, *command = sys.argv[1:]
    began = time.monotonic()
    child = os.fork()
    if child == 0:
        os.dup2(os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644), 1)
        os.execvp(command[0], command)
    _, ended, usage = os.wait4(child, 0)
    seconds = time.monotonic() - began
    print(json.dumps({"seconds": seconds, "cpu": usage.ru_utime + usage.ru_stime,
                      "megabytes": usage.ru_maxrss >> 10, "status": os.waitstatus_to_exitcode(ended)}),
          file=sys.stderr)


main()
