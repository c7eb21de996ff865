"""by_file.py - what an operator carries between two installations: `stafettlogg transfer` in a town, cards and the files that are due.

    card = transfer(there, 'card', binary=True)
    transfer(here, '--fingerprint', fingerprint_of(card), 'trust', put(here, 'card', card.stdout))
"""
import pathlib
import subprocess

from scenario import NORDVAER, SORVAER, expect
from stack import drop_rights


def transfer(town, *words, check=True, binary=False):
    number = NORDVAER if NORDVAER in town.municipalities else SORVAER
    words = ['transfer', *town.stack.place, '--municipality', number, *words]
    if not binary:
        return town.stack.command(*words, check=check)
    done = subprocess.run([str(town.stack.program), *map(str, words)], stdin=subprocess.DEVNULL, capture_output=True, cwd='/',
                          env=town.stack.environment, timeout=300, check=False, **drop_rights())
    expect(done.returncode == 0, done.returncode, done.stderr)
    return done


def put(town, name, content):
    path = pathlib.Path(town.stack.folder) / name
    path.write_bytes(content)
    path.chmod(0o644)
    return path


def fingerprint_of(done):
    text = done.stderr.decode() if isinstance(done.stderr, bytes) else done.stderr
    return next(line for line in text.splitlines() if line.startswith('fingerprint ')).removeprefix('fingerprint ')
