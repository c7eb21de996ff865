#!/usr/bin/env python3
"""telling_commands.py - a command that cannot do its work names what is wrong: the path, the option, what to do.

usage: telling_commands.py STAFETTLOGG

Exit 0: all held. Prints one line per fact.
"""
import os
import subprocess
import sys
import tempfile
import time

USAGE, MALFORMED, ABSENT, EXISTS, CLOSED, BUSY, WRONG = 100, 3, 6, 5, 7, 8, 9
ADMIN = ['--name', 'Nordvær', '--admin-name', 'Klar Fjord', '--admin-email', 'klar.fjord@nordvaer.example']
failures = []

# In order, in a folder {at} of their own. What is asked, how it ends, what is told.
BEFORE = [
    ('nonsense', USAGE, 'no command of that name'),
    ('init --mode=test --data={at}/no/data --unattended', ABSENT, 'folder {at}/no: there is none'),
    ('init --mode=test --data=/etc --unattended', ABSENT, 'folder /etc: no right to it'),
    ('init --mode=test --data={at}/data --unattended --threshold=4', USAGE, '--threshold is more than'),
    ('init --mode=production --data={at}/data --threshold=1', USAGE, 'at least two custodians'),
    ('init --mode=production --data={at}/data --unattended', WRONG, '--unattended is for demo and test'),
    ('init --mode=production --data={at}/production', ABSENT, 'on a terminal'),
    ('init --mode=test --data={at}/data --unattended', 0, ''),
    ('init --mode=test --data={at}/data --unattended', EXISTS, 'key file {at}/data/keys/key-file: it exists already'),
    ('keyd --key-file={at}/none --socket={at}/keyd.sock', ABSENT, 'key file {at}/none: there is none'),
    ('keyd --key-file={key} --socket={at}/no/keyd.sock', ABSENT, 'folder {at}/no: there is none'),
    ('keyd --key-file={key} --socket={at}/keyd.sock --mode=production', WRONG, 'another mode than --mode'),
    ('keyd --key-file={key} --socket={at}/keyd.sock --budget=kindness=3', ABSENT, 'no ceiling has that name'),
    ('keyd-status --socket={at}/keyd.sock', CLOSED, 'key agent {at}/keyd.sock: no answer'),
    ('unseal --socket={at}/keyd.sock --share {at}/none', ABSENT, 'share file {at}/none: there is none'),
    ('unseal --socket={at}/keyd.sock --share {share}-1', ABSENT, 'on a terminal'),
    ('unseal --socket={at}/keyd.sock --share {share}-1 --passphrase-file {at}/none', ABSENT, 'passphrase file {at}/none'),
    ('unseal --socket={at}/keyd.sock --share {share}-1 --passphrase-file {pass}-1', CLOSED, 'key agent {at}/keyd.sock: no answer'),
    ('serve {place} --socket={at}/no/gateway.sock --origin=https://localhost', ABSENT, 'folder {at}/no: there is none'),
    ('serve --data={at}/none --socket={at}/gateway.sock --origin=https://localhost', ABSENT, 'data folder {at}/none: there is none'),
    ('serve {place} --socket={at}/gateway.sock --origin=http://localhost', USAGE, '--origin is what people type'),
    ('serve {place} --socket={at}/gateway.sock --origin=https://localhost', CLOSED, 'key agent {at}/keyd.sock: no answer'),
    ('municipality list {place}', CLOSED, 'key agent {at}/keyd.sock: no answer'),
    ('verify {place}', CLOSED, 'key agent {at}/keyd.sock: no answer'),
    ('import units {at}/none --municipality 0301 {place}', ABSENT, 'file {at}/none: there is none'),
    ('clock advance 30x {place}', USAGE, '30d, 12h'),
    ('custodian list --key-file={at}/none', ABSENT, 'key file {at}/none: there is none'),
    ('front --certificate=c --key=k --socket=s --folder=f --assets=a --out={at}/x', MALFORMED, 'every path must be absolute'),
    ('front --certificate=/c --key=/k --socket=/s --folder=/proc --assets=/a --out={at}/x', MALFORMED, 'folder /proc is not on tmpfs'),
    ('front --certificate=/c --key=/k --socket=/s --folder=/proc/x/y --assets=/a --out={at}/x', MALFORMED, 'RuntimeDirectory='),
    ('front --certificate=/c --key=/k --socket=/s --folder=/dev/shm/x --assets=/a --out={at}/no/x', ABSENT, '{at}/no/x: there is none'),
]
BESIDE = [
    ('keyd --key-file={key} --socket={at}/other.sock', BUSY, 'another key agent uses this key file'),
    ('custodian replace --key-file={key} --share x --lost 1 --name y --out {at}/out', BUSY, 'stop it first'),
    ('unseal --socket={at}/keyd.sock --share {share}-1 --passphrase-file {pass}-2', WRONG, 'the share or its passphrase is wrong'),
    ('unseal --socket={at}/keyd.sock --share {share}-1 --passphrase-file {pass}-1', 0, ''),
    ('verify {place}', CLOSED, 'two custodians must unseal it'),
    ('unseal --socket={at}/keyd.sock --share {share}-2 --passphrase-file {pass}-2', 0, ''),
    ('municipality add {place} --number 301 {admin}', USAGE, '--number is four digits'),
    ('municipality add {place} --number 0301 {admin}', 0, 'enrolment-code'),
    ('municipality add {place} --number 0301 {admin}', EXISTS, 'municipality 0301: it exists already'),
    ('import units /etc/hostname --municipality 0399 {place}', ABSENT, 'municipality 0399: there is none'),
    ('verify {place} --municipality 0399', ABSENT, 'municipality 0399: there is none'),
]


def tell(program, at, asked):
    """Without a terminal of its own, as a service manager would start it."""
    words = {'{at}': at, '{key}': f'{at}/data/keys/key-file', '{share}': f'{at}/data/shares/share',
             '{pass}': f'{at}/data/shares/passphrase', '{place}': f'--data={at}/data --keyd={at}/keyd.sock'}
    command = asked[0].replace(' {admin}', '')
    for word, text in words.items():
        command = command.replace(word, text)
    done = subprocess.run([program, *command.split(), *(ADMIN if '{admin}' in asked[0] else [])], stdin=subprocess.DEVNULL,
                          capture_output=True, text=True, start_new_session=True, timeout=60, check=False)
    wanted = asked[2].replace('{at}', at)
    told = done.stdout + done.stderr
    holds = done.returncode == asked[1] and wanted in told and 'runtime error' not in told
    print(f'{"ok" if holds else "not ok"} - {asked[0]}: {asked[2] or "done"}')
    if not holds:
        print(f'# ended with {done.returncode}: {told}')
        failures.append(asked[0])


def main():
    program = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory(prefix='stafettlogg-telling-') as at:
        for asked in BEFORE:
            tell(program, at, asked)
        key = f'{at}/data/keys/key-file'
        with open(f'{at}/log', 'w', encoding='utf-8') as log, subprocess.Popen(
                [program, 'keyd', '--socket', f'{at}/keyd.sock', '--key-file', key, '--mirror', f'{key}.mirror'], stderr=log) as agent:
            while not os.path.exists(f'{at}/keyd.sock') and agent.poll() is None:
                time.sleep(0.05)
            for asked in BESIDE:
                tell(program, at, asked)
            agent.terminate()
    return 1 if failures else 0


if __name__ == '__main__':
    sys.exit(main())
