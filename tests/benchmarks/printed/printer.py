"""A receipt printer in a process of its own: `python -m tests.benchmarks.printed.printer RATE TROUBLE SEED`.

It takes RATE bytes a second (0: as fast as they come) and hangs up within one of TROUBLE jobs (0: never).
It writes its port, and then for each job a line: when its first byte came (monotonic nanoseconds), and the
SHA-256 of its bytes, or `-` for a job that was cut off.
"""

import hashlib
import random
import socket
import sys
import time

BEGIN, END = b"\x1b@", b"\x1dVB\x00"
OURS = ((b"\x10\x04", 3, b"\x12"), (b"\x1da", 3, b"\x10\x00\x00\x00"), (b"\x1d(H", 11, b""))


class Printer:
    """What it has been told, and how it goes on."""

    def __init__(self, rate: int, trouble: int, seed: int) -> None:
        self._rate, self._trouble, self._dice = rate, trouble, random.Random(seed)

    def serve(self, connection: socket.socket) -> None:
        """One connection."""
        buffer, first, free_at = bytearray(), 0, time.monotonic()
        while data := connection.recv(2048):
            if self._rate:
                free_at = max(free_at, time.monotonic()) + len(data) / self._rate
                time.sleep(max(0.0, free_at - time.monotonic()))
            came = time.monotonic_ns()
            buffer.extend(data)
            if not first:
                self._answer(connection, buffer)
                if buffer.startswith(BEGIN):
                    first = came
                    if self._trouble and not self._dice.randrange(self._trouble):
                        print(first, "-", flush=True)
                        return
            if first and (end := buffer.find(END)) >= 0:
                job = bytes(buffer[: end + len(END)])
                del buffer[: end + len(END)]
                print(first, hashlib.sha256(job).hexdigest(), flush=True)
                first = 0
                self._answer(connection, buffer)

    def _answer(self, connection: socket.socket, buffer: bytearray) -> None:
        """Take questions off the front, and zeros, and answer."""
        while buffer:
            if buffer[0] == 0:
                del buffer[: len(buffer) - len(buffer.lstrip(b"\x00"))]
                continue
            for lead, length, answer in OURS:
                if buffer.startswith(lead) and len(buffer) >= length:
                    connection.sendall(answer or b"\x37\x22" + bytes(buffer[7:11]) + b"\x00")
                    del buffer[:length]
                    break
            else:
                return


def main(rate: int, trouble: int, seed: int) -> None:
    """Serve until killed."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        print(listener.getsockname()[1], flush=True)
        printer = Printer(rate, trouble, seed)
        while True:
            connection, _ = listener.accept()
            with connection:
                try:
                    printer.serve(connection)
                except OSError as error:
                    print(f"# {error}", file=sys.stderr)


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
