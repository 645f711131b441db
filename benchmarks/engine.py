#!/usr/bin/env python3
"""An installation at work as a front end sees one: serves engine.sock in a state directory and tells of a build that writes much.

engine.py DIRECTORY LINES SECONDS
"""

import json
import os
import socket
import sys
import threading
import time

STEPS = ["host-checks", "apps", "certificate", "image", "deployment", "schedule", "verification"]
BURSTS = 100


def main():
    directory, lines, seconds = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
    path = os.path.join(directory, "engine.sock")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(path)
        os.chmod(path, 0o600)
        listening.listen()
        while True:
            front_end, _ = listening.accept()
            threading.Thread(target=serve, args=(front_end, lines, seconds), daemon=True).start()


def serve(front_end, lines, seconds):
    def tell(*events):
        now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        front_end.sendall("".join(json.dumps({**e, "at": now}) + "\n" for e in events).encode())

    def line(number):
        return {"type": "log", "step": "image", "level": "output", "line": f"#{number} compiled module {number * 7919 % 100003} of the front end"}

    try:
        tell({"type": "run-started", "site": "erp.example.com", "release": "v15.75.1", "rehearsal": True, "steps": STEPS})
        tell({"type": "step-started", "step": "image", "attempt": 1, "why": "not built"})
        time.sleep(1)
        began, each = time.monotonic(), lines // (int(seconds) * BURSTS)
        for burst in range(int(seconds) * BURSTS):
            tell(*(line(burst * each + n) for n in range(each)))
            tell({"type": "progress", "step": "image", "text": "app 4 of 8: lms: building the front end", "ratio": burst / seconds / BURSTS, "note": "about 6 min left"})
            time.sleep(max(0, began + (burst + 1) / BURSTS - time.monotonic()))
        tell({"type": "progress", "step": "image", "text": "all lines came", "ratio": 1})
        time.sleep(60)
    except BrokenPipeError:
        pass  # The screen looked whether anything is at work, or was closed.


main()
