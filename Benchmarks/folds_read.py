"""Reads all that a store's log has, and nothing else."""

import sqlite3
import sys

print(sum(len(bodies) for (bodies,) in sqlite3.connect(sys.argv[1]).execute("SELECT bodies FROM blocks ORDER BY first")))
