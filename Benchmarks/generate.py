"""Writes N events of about 330 bytes to standard output: python3 generate.py N. The same N gives the same bytes."""

import random
import sys

TEMPLATE = (
    '{"specversion":"1.0","id":"%016x","source":"bench","type":"session.started","subject":"viewer-%05d",'
    '"time":"2026-01-%02dT%02d:%02d:%02dZ","data":{"ip":"%d.%d.%d.%d","country":"DE","region":"Bayern",'
    '"device":"smart tv","device_id":"NF2-PRV-%08d","session_id":"%08x","activity":"streaming",'
    '"email":"viewer%06d@example.com","phone":"+49 555 01%02d"}}\n'
)


def main():
    draw = random.Random(7).randrange
    for _ in range(int(sys.argv[1])):
        sys.stdout.write(
            TEMPLATE
            % (
                draw(1 << 64), draw(50_000), draw(1, 29), draw(24), draw(60), draw(60),
                draw(1, 224), draw(256), draw(256), draw(256), draw(10**8), draw(1 << 32), draw(10**6), draw(100),
            )
        )  # fmt: skip


main()
