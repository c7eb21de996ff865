#!/usr/bin/env python3
"""verify_commands.py - `stafettlogg verify` over a real installation, beside a running serve, and after tampering in SQL.

usage: verify_commands.py STAFETTLOGG

Exit 0: all held. Prints one line per fact.
"""
import os
import pathlib
import sqlite3
import subprocess
import sys
import tempfile
import time

CLEAN, FOUND, SEALED = 0, 9, 7
failures = []

# What is done to the municipality's database, and what verify must say of it: kind, table.
TAMPERING = [
    ('a flipped byte of a sealed value', "UPDATE person SET sealed=x'00'||substr(sealed,2)", ['ROW_CHANGED person']),
    ('two swapped keys',
     'WITH old AS MATERIALIZED (SELECT scope,wrapped FROM scope_key WHERE kind=2) '
     'UPDATE scope_key SET wrapped=old.wrapped FROM old WHERE kind=2 AND old.scope<>scope_key.scope',
     ['SEALED_FORGED person', 'ROW_CHANGED scope_key', 'ROW_CHANGED scope_key']),
    ('a role that lasts longer', 'UPDATE role SET to_at=99', ['ROW_CHANGED role']),
    ('a deleted row', 'DELETE FROM enrolment', ['ROW_MISSING enrolment'] * 2),  # a code, and the right it is worth
    ('a planted row',
     "INSERT INTO role SELECT randomblob(16),person,role,unit,from_at,to_at,appointed_by,proof FROM role", ['ROW_EXTRA role']),
    ('a changed line', "UPDATE audit SET outcome=2 WHERE seq=1", ['LINE_CHANGED']),
]
HOST_TAMPERING = [
    ('a deleted line', 'DELETE FROM audit WHERE seq=3', ['LINE_MISSING', 'CHAIN_CUT', 'CHAIN_FORKED']),
    ('a line under another number', 'UPDATE audit SET seq=9 WHERE seq=4', ['LINE_CHANGED']),
    ('rows rolled back', 'UPDATE municipality SET state=0,version=1', ['ROW_ROLLED_BACK municipality'] * 2),
]


def fact(sentence, holds, told=''):
    print(('ok - ' if holds else 'not ok - ') + sentence)
    if not holds:
        print(told)
        failures.append(sentence)


class Installation:
    def __init__(self, program, folder):
        self.program, self.folder = program, folder
        self.data, self.socket = f'{folder}/data', f'{folder}/keyd.sock'
        self.processes = []

    def run(self, *arguments):
        done = subprocess.run([self.program, *arguments], capture_output=True, text=True, timeout=120,
                              stdin=subprocess.DEVNULL)
        return done.returncode, done.stdout, done.stderr

    def spawn(self, *arguments):
        self.processes.append(subprocess.Popen([self.program, *arguments], stdin=subprocess.DEVNULL,
                                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
        return self.processes[-1]

    def start_agent(self):
        self.spawn('keyd', '--socket', self.socket, '--key-file', f'{self.data}/keys/key-file',
                   '--mirror', f'{self.data}/keys/key-file.mirror')
        wait_until(lambda: self.run('keyd-status', '--socket', self.socket)[0] == 0)

    def unseal(self):
        for share in (1, 2):
            self.run('unseal', '--socket', self.socket, '--share', f'{self.data}/shares/share-{share}',
                     '--passphrase-file', f'{self.data}/shares/passphrase-{share}')

    def add_municipality(self, number, name):
        code, told, wrong = self.run('municipality', 'add', '--data', self.data, '--keyd', self.socket, '--number', number,
                                     '--name', name, '--admin-name', 'Kari Kommune',
                                     '--admin-email', f'kari.{number}@example.invalid')
        fact(f'municipality {number} is made', code == 0, wrong)
        return dict(line.split(' ', 1) for line in told.splitlines())['id']

    def verify(self, *more):
        return self.run('verify', '--data', self.data, '--keyd', self.socket, *more)

    def stop(self):
        for process in self.processes:
            process.kill()
            process.wait()


def wait_until(ready):
    for _ in range(200):
        if ready():
            return
        time.sleep(0.05)


def tamper(path, sql):
    database = sqlite3.connect(path)
    database.execute('PRAGMA foreign_keys=OFF')
    database.execute(sql)
    changed = database.total_changes
    database.commit()
    database.close()
    return changed


def files_of(path):
    """The database and what SQLite keeps beside it."""
    path = pathlib.Path(path)
    return [file for file in path.parent.iterdir() if file.name.startswith(path.name)]


def results(place):
    """(outcome, findings) of the verifications that stand in the host's audit: of nobody's municipality, by a Unix user."""
    database = sqlite3.connect(f'file:{place.data}/host.db?mode=ro', uri=True)
    try:
        return database.execute("SELECT outcome,amount FROM audit WHERE object=zeroblob(16) AND object_kind=7 "
                                "AND substr(person,1,5)=CAST('unix:' AS BLOB) ORDER BY seq").fetchall()
    finally:
        database.close()


def check_tampering(place, path, table, *only):
    """Each is put right again before the next."""
    for name, sql, expected in table:
        kept = [(file, file.read_bytes()) for file in files_of(path)]
        fact(f'{name}: possible in SQL', tamper(path, sql) > 0)
        code, told, wrong = place.verify(*only)
        found = [line.split(' ', 1)[1] for line in told.splitlines()]
        fact(f'{name}: named', code == FOUND and len(found) == len(expected) and
             all(line.startswith(want) for line, want in zip(found, expected)), told + wrong)
        fact(f'{name}: nothing of a person is told', 'Kari' not in told + wrong)
        for file in files_of(path):
            file.unlink()
        for file, content in kept:
            file.write_bytes(content)
    fact('put right again, it is clean', place.verify()[0] == CLEAN)


def check_rolled_back(place, number, path):
    """serve shows the heads at its start; then lines are cut off behind its back."""
    serve = place.spawn('serve', '--data', place.data, '--keyd', place.socket, '--socket', f'{place.folder}/gateway.sock',
                        '--origin', 'https://localhost:8443')
    wait_until(lambda: os.path.exists(f'{place.folder}/gateway.sock'))
    time.sleep(1)
    code, told, wrong = place.verify()
    fact('beside a running serve it is clean', code == CLEAN and not told, told + wrong)
    fact('its result stands in the audit', results(place) == [(1, 0)], results(place))
    fact('it tells how far it is', f'{number}: ' in wrong and 'host: ' in wrong, wrong)
    serve.terminate()
    serve.wait()
    fact('after the end of serve it is clean', place.verify()[0] == CLEAN)
    fact('without serve nothing is written', results(place) == [(1, 0)], results(place))
    fact('a chain that ends earlier than the signed head is made',
         tamper(path, 'DELETE FROM audit WHERE seq=(SELECT MAX(seq) FROM audit)') > 0)
    tamper(path, 'DELETE FROM head_signature')
    code, told, wrong = place.verify('--municipality', number)
    fact('a database older than the head that the agent knows is named', code == FOUND and 'DATABASE_OLD' in told, told + wrong)
    for file in files_of(path):
        file.unlink()
    code, told, wrong = place.verify('--municipality', number)
    fact('a missing database is named', code == FOUND and 'DATABASE_MISSING' in told, told + wrong)


def check(place):
    fact('test keys are made', place.run('init', '--mode=test', f'--data={place.data}', '--unattended')[0] == 0)
    place.start_agent()
    fact('a sealed agent lets nothing be verified', place.verify()[0] == SEALED)
    place.unseal()
    fact('without a database nothing is verified, and none is made',
         place.verify()[0] != CLEAN and not os.path.exists(f'{place.data}/host.db'))
    tenant = place.add_municipality('9901', 'Prøvevik')
    place.add_municipality('9902', 'Øvedal')
    code, told, wrong = place.verify()
    fact('an untouched installation is clean', code == CLEAN and not told, told + wrong)
    path = f'{place.data}/municipality/{tenant}.db'
    check_tampering(place, path, TAMPERING, '--municipality', '9901')
    check_tampering(place, f'{place.data}/host.db', HOST_TAMPERING)
    check_rolled_back(place, '9901', path)


def main():
    with tempfile.TemporaryDirectory() as folder:
        place = Installation(sys.argv[1], folder)
        try:
            check(place)
        finally:
            place.stop()
    sys.exit(1 if failures else 0)


main()
