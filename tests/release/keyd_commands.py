#!/usr/bin/env python3
"""keyd_commands.py - the ceremony by the commands themselves, and what is in force around the running agent.

usage: keyd_commands.py STAFETTLOGG (sanitized|release)

Makes test keys, starts the agent, gives shares, and reads /proc. Exit 0: all held. Prints one line per fact.
In a release build the sandbox must be in force; a sanitizer build skips seccomp and locking, and must say so.
"""
import os
import pathlib
import subprocess
import sys
import tempfile
import time

USAGE, MODE_OR_SHARE, NO_AGENT, BUSY = 100, 9, 7, 8
failures = []


def fact(sentence, holds):
    print(('ok - ' if holds else 'not ok - ') + sentence)
    if not holds:
        failures.append(sentence)


def run(*command):
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, stdin=subprocess.DEVNULL)
    return done.returncode, done.stdout


def status(program, socket):
    code, text = run(program, 'keyd-status', '--socket', socket)
    return dict(line.split(' ', 1) for line in text.splitlines()) if code == 0 else {}


def wait_for(program, socket):
    for _ in range(200):
        told = status(program, socket)
        if told:
            return told
        time.sleep(0.05)
    return {}


def process_facts(pid, release):
    lines = pathlib.Path(f'/proc/{pid}/status').read_text().splitlines()
    told = {name: value.strip() for name, value in (line.split(':', 1) for line in lines)}
    fact('the agent can gain no new privileges', told['NoNewPrivs'] == '1')
    limits = pathlib.Path(f'/proc/{pid}/limits').read_text()
    core = next(line for line in limits.splitlines() if line.startswith('Max core file size'))
    fact('it leaves no core', core.split()[4:6] == ['0', '0'])
    if release:
        fact('only listed system calls are allowed', told['Seccomp'] == '2')
        maps = pathlib.Path(f'/proc/{pid}/smaps').read_text()
        fact('where the kernel hides memory, its keys stay in there',
             'secretmem' in maps or not pathlib.Path('/sys/module/secretmem').exists())
        fact('its memory is locked', int(told['VmLck'].split()[0]) > 1000)


def ceremony(program, data, socket):
    def unseal(share, passphrase):
        return run(program, 'unseal', '--socket', socket, '--share', f'{data}/shares/share-{share}',
                   '--passphrase-file', f'{data}/shares/passphrase-{passphrase}')[0]

    fact('a wrong passphrase is refused', unseal(1, 2) == MODE_OR_SHARE)
    fact('one share is accepted', unseal(1, 1) == 0)
    fact('the same share again is refused', unseal(1, 1) == MODE_OR_SHARE)
    fact('with one share it stays sealed', status(program, socket).get('state') == 'sealed')
    fact('a second custodian is accepted', unseal(3, 3) == 0)
    fact('now it is unsealed', status(program, socket).get('state') == 'unsealed')


def acceptance(program, folder, key_file):
    """After an incident two custodians take another head for the newest; the agent does not run."""
    head = ['--database', '0' * 32, '--size', '12', '--root', '03' * 32]

    def accept(*shares, head=head):
        given = [part for share in shares for part in
                 ('--share', f'{folder}/new/share-{share}', '--passphrase-file', f'{folder}/new/passphrase-{share}')]
        return run(program, 'custodian', 'accept-head', *key_file, *given, *head)

    fact('one custodian accepts no head', accept(2)[0] not in (0, USAGE))
    fact('one custodian twice accepts no head', accept(2, 2)[0] == MODE_OR_SHARE)
    fact('a head of a database that there is not is not accepted',
         accept(1, 2, head=['--database', '7' * 32, *head[2:]])[0] == 6)
    fact('a head is told whole', accept(1, 2, head=head[:4])[0] == USAGE)
    fact('two custodians accept a head', accept(1, 2)[0] == 0)
    fact('the help tells how', '--root' in run(program, 'custodian', '--help')[1])


def replacement(program, folder, data, socket, keyd):
    """The second custodian is lost: the first and the third make new shares."""
    key_file = ['--key-file', f'{data}/keys/key-file', '--mirror', f'{data}/keys/key-file.mirror']

    def replace(first, second, out):
        given = [part for share in (first, second)
                 for part in ('--share', f'{data}/shares/share-{share}', '--passphrase-file', f'{data}/shares/passphrase-{share}')]
        return run(program, 'custodian', 'replace', *key_file, *given, '--lost', '2', '--name', 'Nora Ny', '--unattended',
                   '--out', f'{folder}/{out}')[0]

    def unseal(shares, share):
        return run(program, 'unseal', '--socket', socket, '--share', f'{shares}/share-{share}',
                   '--passphrase-file', f'{shares}/passphrase-{share}')[0]

    fact('the lost share itself replaces nobody', replace(1, 2, 'new') == MODE_OR_SHARE)
    fact('a custodian is replaced by the two others', replace(1, 3, 'new') == 0)
    fact('the list names who came', 'custodian 2 Nora Ny' in run(program, 'custodian', 'list', *key_file)[1])
    fact('the former shares replace nobody any more', replace(1, 3, 'again') == MODE_OR_SHARE)
    acceptance(program, folder, key_file)
    with open(f'{folder}/log', 'a', encoding='utf-8') as log, subprocess.Popen(keyd, stderr=log) as agent:
        try:
            wait_for(program, socket)
            fact('beside a running agent nobody is replaced', replace(1, 3, 'again') == BUSY)
            fact('no former share is accepted', [unseal(f'{data}/shares', share) for share in (1, 2, 3)] == [MODE_OR_SHARE] * 3)
            fact('two of the new shares unseal it',
                 [unseal(f'{folder}/new', share) for share in (2, 3)] == [0, 0] and
                 status(program, socket).get('state') == 'unsealed')
        finally:
            agent.kill()


def check(program, release, folder):
    data, socket = f'{folder}/data', f'{folder}/keyd.sock'
    fact('production keys are not made unattended',
         run(program, 'init', '--mode=production', f'--data={data}', '--unattended')[0] == MODE_OR_SHARE)
    fact('test keys are made', run(program, 'init', '--mode=test', f'--data={data}', '--unattended')[0] == 0)
    fact('keys are not made twice', run(program, 'init', '--mode=test', f'--data={data}', '--unattended')[0] == 5)
    private = [path for path in pathlib.Path(data).rglob('*') if path.is_file() and path.stat().st_mode & 0o077]
    fact('every file is private', not private)
    fact('without an agent the commands say so', run(program, 'keyd-status', '--socket', socket)[0] == NO_AGENT)
    fact('an unknown command is refused', run(program, 'no-such')[0] == USAGE)
    keyd = [program, 'keyd', '--socket', socket, '--key-file', f'{data}/keys/key-file',
            '--mirror', f'{data}/keys/key-file.mirror']
    fact('production refuses test keys', run(*keyd, '--mode=production')[0] == MODE_OR_SHARE)
    with open(f'{folder}/log', 'w', encoding='utf-8') as log, subprocess.Popen(keyd, stderr=log) as agent:
        try:
            told = wait_for(program, socket)
            fact('the agent starts sealed', told.get('state') == 'sealed')
            fact('it tells what is in force',
                 told.get('calls') == ('in-force' if release else 'skipped') and
                 told.get('memory') in (('secret', 'locked') if release else ('plain',)) and told.get('paths') in ('in-force', 'absent'))
            fact('its socket is for its user and group only', os.stat(socket).st_mode & 0o777 == 0o660)
            process_facts(agent.pid, release)
            ceremony(program, data, socket)
            agent.terminate()
            fact('it ends cleanly', agent.wait(timeout=20) == 0)
        finally:
            agent.kill()
    replacement(program, folder, data, socket, keyd)


def main():
    program, build = sys.argv[1], sys.argv[2]
    with tempfile.TemporaryDirectory() as folder:
        check(program, build == 'release', folder)
    return 1 if failures else 0


if __name__ == '__main__':
    sys.exit(main())
