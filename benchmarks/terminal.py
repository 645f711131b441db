#!/usr/bin/env python3
"""Runs programs in pseudo-terminals of 80x24 and measures what they send: for benchmarks/run, which prints the ratios."""

import fcntl
import os
import pty
import re
import select
import shlex
import statistics
import struct
import sys
import termios
import time

DOWN, TAB, ENTER, F4 = b"\x1b[B", b"\t", b"\r", b"\x1bOS"


class Program:
    """One program in a terminal; its first picture is complete when the given text is there."""

    def __init__(self, command, marker):
        self.began = time.monotonic()
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            # Set the size before the program reads it, as a shell does.
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
            os.environ.update(TERM="xterm-256color", LC_ALL="C.UTF-8")
            os.execvp(command[0], command)
        self.output = b""
        self.until(lambda: marker in self.output, 60)
        self.first = time.monotonic() - self.began
        self.quiet(0.5, 20)

    def read(self, wait):
        if not select.select([self.terminal], [], [], wait)[0]:
            return b""
        try:
            new = os.read(self.terminal, 1 << 16)
        except OSError:
            return b""
        self.output += new
        return new

    def until(self, condition, deadline):
        end = time.monotonic() + deadline
        while not condition():
            self.read(0.01)
            if time.monotonic() > end:
                sys.exit(f"waited {deadline} s in vain; the last that came: {self.output[-500:]!r}")

    def quiet(self, span, deadline):
        end = time.monotonic() + deadline
        while self.read(span) and time.monotonic() < end:
            pass

    def cost(self, key):
        """Bytes that one key costs on the line."""
        before = len(self.output)
        os.write(self.terminal, key)
        self.quiet(0.3, 5)
        return len(self.output) - before

    def idle(self, span):
        """Bytes a second while nothing happens."""
        before, end = len(self.output), time.monotonic() + span
        while time.monotonic() < end:
            self.read(end - time.monotonic())
        return (len(self.output) - before) / span

    def core(self, span):
        """Percent of a core that all its threads use while nothing happens."""
        before, began = self.ran(), time.monotonic()
        self.idle(span)
        return 100 * (self.ran() - before) / (time.monotonic() - began)

    def ran(self):
        """Seconds of CPU so far."""
        with open(f"/proc/{self.pid}/stat", encoding="ascii") as stat:
            user, system = stat.read().rsplit(")", 1)[1].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")

    def peak(self):
        """Peak resident memory in KiB."""
        with open(f"/proc/{self.pid}/status", encoding="ascii") as status:
            return int(re.search(r"VmHWM:\s+(\d+)", status.read()).group(1))

    def end(self):
        os.kill(self.pid, 9)
        os.close(self.terminal)
        os.waitpid(self.pid, 0)


def start(command, marker):
    return Program(shlex.split(command), marker.encode())


def first(rounds, *programs):
    """Median time to the first picture of each, in milliseconds, in turns so that all meet the same load."""
    times = {command: [] for command, _ in programs}
    for _ in range(rounds):
        for command, marker in programs:
            program = start(command, marker)
            times[command].append(program.first * 1000)
            program.end()
    return [statistics.median(times[command]) for command, _ in programs]


def keys(command, marker, wanted):
    program = start(command, marker)
    costs = [program.cost(key) for key in wanted]
    result = (max(costs), program.idle(5))
    program.end()
    return result


def dashboard(command, span):
    """The dashboard of an installation: ms to its first picture and to all values, bytes a second, percent of a core."""
    program = start(command, "installation")
    program.until(lambda: b"workers" in program.output, 30)
    whole = time.monotonic() - program.began
    program.quiet(2, 10)
    before = len(program.output)
    core = program.core(span)
    result = (program.first * 1000, whole * 1000, (len(program.output) - before) / span, core)
    program.end()
    return result


def screens(command):
    """The most bytes that Tab or arrow cost on each screen of the installer, row by row to its end, on the way to its review."""
    # Only changes are sent, and of most titles only a part. So this waits until no more output comes.
    stops = [("start", DOWN), ("host-checks", DOWN), ("apps", DOWN), ("site", TAB), ("certificate", TAB),
             ("image", TAB), ("nomad", TAB), ("sizes", TAB), ("review", DOWN)]
    program = start(command, "installation")
    costs = []
    for name, key in stops:
        program.quiet(2.5, 15)
        cost = [program.cost(key)]
        while cost[-1] and len(cost) < 40:
            cost.append(program.cost(key))
        costs.append(f"{name} {max(cost)}")
        if key == DOWN:
            # Back to the first row, where Enter continues.
            for _ in cost:
                program.cost(b"\x1b[A")
        os.write(program.terminal, ENTER)
    program.end()
    return costs


def latencies(rounds, *commands):
    """From a key on the apps screen to its first byte on the line, in ms: median and worst of each program.

    The keys are down, Space, up and Space in turns, so each changes the picture. The programs take turns of 100 keys, so
    that all meet the same load.
    """
    programs = [start(command, "installation") for command in commands]
    for program in programs:
        # Host checks, then the apps with their refs.
        for _ in range(2):
            program.quiet(2.5, 15)
            os.write(program.terminal, ENTER)
        program.quiet(2.5, 15)
        for key in [DOWN, b" ", b"\x1b[A", b" "] * 2:
            program.cost(key)
    times = [[] for _ in programs]
    for _ in range(rounds // 100):
        for program, waits in zip(programs, times):
            for key in [DOWN, b" ", b"\x1b[A", b" "] * 25:
                program.quiet(0.01, 5)
                pressed = time.monotonic()
                os.write(program.terminal, key)
                if not program.read(5):
                    sys.exit(f"no answer to {key!r}; the last that came: {program.output[-500:]!r}")
                waits.append((time.monotonic() - pressed) * 1000)
    for program in programs:
        program.end()
    return [(statistics.median(waits), max(waits)) for waits in times]


def watch(command, answers):
    """The installer watches a build that writes much; bytes a second, the longest wait for an answer in ms, peak memory.

    F4 is pressed every 0.4 s, and opens and closes the log: the answers are what is looked for in turns. Without any no key is pressed.
    """
    program = start(command, "Watch the running rehearsal")
    os.write(program.terminal, ENTER)
    program.until(lambda: b"front end" in program.output, 30)
    before, began = len(program.output), time.monotonic()
    waits = [0.0]
    while time.monotonic() - began < 9:
        end = time.monotonic() + 0.4
        while time.monotonic() < end:
            program.read(0.01)
        if answers:
            here, pressed = len(program.output), time.monotonic()
            os.write(program.terminal, F4)
            program.until(lambda: answers[len(waits) % 2] in program.output[here:], 10)
            waits.append((time.monotonic() - pressed) * 1000)
    result = ((len(program.output) - before) / (time.monotonic() - began), max(waits), program.peak())
    program.end()
    return result


def main():
    match sys.argv[1:]:
        case ["first", rounds, *pairs]:
            print(*(f"{t:.1f}" for t in first(int(rounds), *zip(pairs[::2], pairs[1::2]))))
        case ["keys", command, marker]:
            print(*(f"{n:.0f}" for n in keys(command, marker, [TAB, TAB, DOWN, DOWN, TAB])))
        case ["latencies", rounds, *commands]:
            print(*(f"{median:.2f} {worst:.2f}" for median, worst in latencies(int(rounds), *commands)), sep="\n")
        case ["dashboard", command, span]:
            print(*(f"{n:.2f}" for n in dashboard(command, float(span))))
        case ["screens", command]:
            print(*screens(command), sep=", ")
        case ["watch", command]:
            print(*(f"{n:.0f}" for n in (*watch(command, []), *watch(command, [b"Rehearsing", b"following"]))))


main()
