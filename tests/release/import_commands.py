#!/usr/bin/env python3
"""import_commands.py - `stafettlogg import` with good and bad files, without and beside a running serve.

usage: import_commands.py STAFETTLOGG

Exit 0: all held. Prints one line per fact.
"""
import os
import subprocess
import sys
import tempfile
import time

DONE, FAULTS, ABSENT = 0, 3, 6
failures = []

UNITS = 'navn;tjeneste;orgnr\r\nBlåskjell barnehage;barnehage;\r\n"Solbakken; skole";skole;974760673\r\n'
STAFF = ('navn,e-post,enhet,rolle,fra,til\n'
         'Eli Leder,eli@example.invalid,974760673,enhetsleder,,\n'
         'Ola Ås,ola@example.invalid,Blåskjell barnehage,aktør,01.01.2026,31.12.2099\n'
         'Ola Ås,OLA@example.invalid,"Solbakken; skole",SH,,\n')

# name, units or staff, the file's bytes, what must be told
BAD_FILES = [
    ('an unknown column', 'units', b'navn;tjeneste;farge\nA;skole;r\xc3\xb8d\n', ['line 1, column 3']),
    ('a missing column', 'units', b'navn\nA\n', ['line 1, column 1, tjeneste: this column must be there']),
    ('a wrong service and a wrong number', 'units', b'navn;tjeneste;orgnr\nA;romfart;\nB;skole;974760674\n',
     ['line 2, column 2, tjeneste', 'line 3, column 3, organisasjonsnummer', '2 faults; nothing is stored']),
    ('a unit twice', 'units', b'navn;tjeneste\nA;skole\nA;skole\n', ['line 3, column 1']),
    ('a unit that is not here', 'staff', b'navn;epost;enhet;rolle\nKanari;kanari@example.invalid;Nirgendwo;AK\n',
     ['line 2, column 3, enhet']),
    ('a role that no file gives', 'staff',
     b'navn;epost;enhet;rolle\nKanari;kanari@example.invalid;974760673;kommuneadministrator\n', ['line 2, column 4, rolle']),
    ('a day that is none', 'staff',
     b'navn;epost;enhet;rolle;fra\nKanari;kanari@example.invalid;974760673;AK;31.02.2026\n', ['line 2, column 5, fra']),
    ('an end before the beginning', 'staff',
     b'navn;epost;enhet;rolle;fra;til\nKanari;kanari@example.invalid;974760673;AK;02.01.2030;01.01.2030\n',
     ['line 2, column 6, til']),
    ('an end that has passed', 'staff',
     b'navn;epost;enhet;rolle;til\nKanari;kanari@example.invalid;974760673;AK;01.01.2020\n', ['line 2, column 5, til']),
    ('an empty file', 'staff', b'', ['nothing is stored']),
    ('only the names of columns', 'units', b'navn;tjeneste\n', ['at least one row']),
]


def fact(sentence, holds, told=''):
    print(('ok - ' if holds else 'not ok - ') + sentence)
    if not holds:
        print(told)
        failures.append(sentence)


def wait_until(ready):
    for _ in range(200):
        if ready():
            return
        time.sleep(0.05)


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

    def start(self):
        self.run('init', '--mode=test', f'--data={self.data}', '--unattended')
        self.spawn('keyd', '--socket', self.socket, '--key-file', f'{self.data}/keys/key-file',
                   '--mirror', f'{self.data}/keys/key-file.mirror')
        wait_until(lambda: self.run('keyd-status', '--socket', self.socket)[0] == 0)
        for share in (1, 2):
            self.run('unseal', '--socket', self.socket, '--share', f'{self.data}/shares/share-{share}',
                     '--passphrase-file', f'{self.data}/shares/passphrase-{share}')
        return self.run('municipality', 'add', '--data', self.data, '--keyd', self.socket, '--number', '9901', '--name',
                        'Prøvevik', '--admin-name', 'Kari Kommune', '--admin-email', 'kari@example.invalid')

    def load(self, form, content, *more, number='9901'):
        path = f'{self.folder}/file.csv'
        with open(path, 'wb') as file:
            file.write(content)
        return self.run('import', form, path, '--municipality', number, '--data', self.data, '--keyd', self.socket, *more)

    def serve(self):
        self.spawn('serve', '--data', self.data, '--keyd', self.socket, '--socket', f'{self.folder}/gateway.sock',
                   '--origin', 'https://localhost:8443')
        wait_until(lambda: os.path.exists(f'{self.data}/control.sock'))

    def stop(self):
        for process in self.processes:
            process.kill()
            process.wait()


def check_bad_files(place, when):
    for name, form, content, expected in BAD_FILES:
        code, told, wrong = place.load(form, content)
        fact(f'{name}: told by line and column, {when}', code == FAULTS and all(text in told for text in expected), told + wrong)
        fact(f'{name}: no cell is repeated', 'Kanari' not in told + wrong and 'kanari' not in told + wrong, told + wrong)


def check(place):
    code, _, wrong = place.start()
    fact('an installation with a municipality is made', code == DONE, wrong)
    fact('a municipality that is none is not found', place.load('units', UNITS.encode(), number='0301')[0] == ABSENT)
    code, told, wrong = place.load('units', UNITS.encode(), '--dry-run')
    fact('a dry run tells what would be stored', code == DONE and 'units new 2' in told and 'dry run' in told, told + wrong)
    code, told, wrong = place.load('units', UNITS.encode('cp1252'))
    fact('units of a Windows-1252 file are stored', code == DONE and 'units new 2, here already 0' in told, told + wrong)
    code, told, wrong = place.load('units', b'\xef\xbb\xbf' + UNITS.encode())
    fact('the same units in UTF-8 with a mark are here already', code == DONE and 'units new 0, here already 2' in told,
         told + wrong)
    check_bad_files(place, 'without serve')
    place.serve()
    check_bad_files(place, 'beside serve')
    code, told, wrong = place.load('staff', STAFF.encode())
    fact('beside serve staff get roles, and new people a code each',
         code == DONE and 'roles new 3, here already 0; people new 2' in told and told.count('enrolment-code') == 2, told + wrong)
    fact('a code stands beside its name', 'Ola Ås, ola@example.invalid' in told, told)
    code, told, wrong = place.load('staff', STAFF.encode())
    fact('sent again it changes nothing', code == DONE and 'roles new 0, here already 3; people new 0' in told and
         'enrolment-code' not in told, told + wrong)
    rows = ''.join(f'Person {i},p{i}@example.invalid,974760673,AK,,\n' for i in range(400))
    code, told, wrong = place.load('staff', (STAFF.splitlines()[0] + '\n' + rows).encode())
    fact('four hundred people come in one file', code == DONE and told.count('enrolment-code') == 400, (told + wrong)[-500:])
    code, told, wrong = place.run('verify', '--data', place.data, '--keyd', place.socket)
    fact('after it all the databases are as they were written', code == DONE and not told, told + wrong)


def main():
    with tempfile.TemporaryDirectory() as folder:
        place = Installation(sys.argv[1], folder)
        try:
            check(place)
        finally:
            place.stop()
    sys.exit(1 if failures else 0)


main()
