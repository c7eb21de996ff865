#!/usr/bin/env python3
"""stranger.py - whoever can write the database, but has no key, beside a running service: what they wrote opens nothing, is told,
and is found afterwards. stranger_postgres.py does the same on the other database."""
import base64
import hashlib
import os
import sqlite3
import subprocess

from scenario import expect, fact, main

OTHER = '77' * 16
NONE = '00' * 16
made = {}


class Hand:
    """The stranger's: SQL as each database reads it, where {..} are bytes in hexadecimal."""

    def __init__(self, town):
        self.town = town
        self.postgres = town.stack.postgres

    def sqlite(self, sql):
        database = sqlite3.connect(self.town.database(), timeout=10, isolation_level=None)
        try:
            return database.execute(sql.replace('{', "x'").replace('}', "'")).fetchall()
        finally:
            database.close()

    def run(self, sql):
        """The rows, as tuples of text; bytes in hexadecimal."""
        if not self.postgres:
            return [tuple(value.hex() if isinstance(value, bytes) else str(value) for value in row) for row in self.sqlite(sql)]
        schema = 'm_' + self.town.nordvaer.id
        text = f'SET search_path={schema};' + sql.replace('{', "'\\x").replace('}', "'::bytea")
        done = subprocess.run([f'{self.postgres.programs}/psql', '-h', str(self.postgres.folder), '-U', 'stafettlogg', '-d', 'postgres',
                               '-qAtX', '-F', '|', '-v', 'ON_ERROR_STOP=1', '-c', text],
                              capture_output=True, text=True, check=True, env={**os.environ, 'PGOPTIONS': ''})
        return [tuple(part.removeprefix('\\x') for part in line.split('|')) for line in done.stdout.splitlines()]


def alarms(town, table):
    return [line for line in town.stack.log('serve').splitlines()
            if line.startswith('<1>event=row-forged') and f'table={table} ' in line and f'tenant={town.nordvaer.id}' in line]


def found(town, table):
    told = town.verify()
    return [line for line in told.splitlines() if table in line]


@fact
def a_session_that_was_planted_with_the_grant_of_another_opens_nothing(town):
    hand = Hand(town)
    holder = town.signed_in('Klok Elv')
    expect(holder.open(town.log('modig')).status == 200)
    token = os.urandom(32)
    hand.run('INSERT INTO session SELECT {' + hashlib.sha256(token).hexdigest() + '},person,role_row,role,unit,grant_id,created_at,'
             'touched_at,ends_at,form_secret,wizard_key,proved_at,proof FROM session WHERE role<>0')
    stranger = town.visitor()
    stranger.cookies['__Host-stafettlogg'] = town.nordvaer.id + '.' + base64.urlsafe_b64encode(token).decode().rstrip('=')
    page = stranger.get(town.log('modig'))
    expect(page.status in (303, 403) and 'Modig' not in page.text, page)
    expect(alarms(town, 'session'), town.stack.log('serve')[-2000:])
    expect('session' in town.verify(), town.verify())
    expect(holder.open(town.log('modig')).status == 200)


@fact
def the_session_that_was_planted_is_found_and_nothing_else_is(town):
    lines = [line for line in town.verify().splitlines() if 'UNPROVEN' in line]
    expect(len(lines) == 1 and 'session' in lines[0], town.verify())
    Hand(town).run('DELETE FROM session')
    expect(town.verify() == '', town.verify())


def as_stored(text):
    """A one-time code as the database knows it."""
    return hashlib.sha256(base64.b32decode(text.replace('-', '') + '======')).hexdigest()


@fact
def a_role_that_was_planted_for_somebody_gives_them_none(town):
    hand = Hand(town)
    person = town.nordvaer.person('Klok Elv')
    visitor = town.visitor()
    visitor.sign_in_demo('0301', person)
    hand.run('INSERT INTO role SELECT {' + OTHER + '},person,1,{' + NONE + '},from_at,to_at,appointed_by,proof FROM role '
             'WHERE person={' + person + '}')
    page = visitor.get('/rolle')
    expect(page.status == 503 and 'Ingenting er tapt' in page.text, page)
    expect(alarms(town, 'role'), town.stack.log('serve')[-2000:])
    told = town.verify()
    expect('ROW_EXTRA role ' + OTHER in told, told)
    hand.run('DELETE FROM role WHERE id={' + OTHER + '}')
    expect(town.verify() == '', town.verify())


@fact
def a_one_time_code_that_was_planted_enrols_nobody(town):
    hand = Hand(town)
    code = 'AAAAAAAAAAAAAAAAAAAAAAAAAA'
    person = town.nordvaer.person('Klok Elv')
    hand.run('INSERT INTO enrolment VALUES({' + as_stored(code) + '},{' + person + '},2000000000000,0,{' + '00' * 32 + '})')
    visitor = town.visitor()
    page = visitor.open('/k/0301/ny')
    page = visitor.send(page.form('/k/0301/ny'), enrolment=code)
    expect(page.status == 503, page)
    expect(alarms(town, 'enrolment'), town.stack.log('serve')[-2000:])
    expect('ROW_EXTRA enrolment' in town.verify(), town.verify())
    hand.run('DELETE FROM enrolment WHERE code_hash={' + as_stored(code) + '}')


@fact
def what_the_service_wrote_meanwhile_did_not_make_the_rows_its_own(town):
    """Lines were written over the stranger's rows; nothing of them came into the chain."""
    holder = town.signed_in('Klok Elv')
    expect(holder.open(town.log('modig')).status == 200)
    expect(town.verify() == '', town.verify())


if __name__ == '__main__':
    main()
