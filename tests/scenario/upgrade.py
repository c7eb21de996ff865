#!/usr/bin/env python3
"""upgrade.py - an installation of the former schema is taken over by today's program: everything opens; a newer one is refused."""
import sqlite3

from scenario import expect, fact, main

STORE_FAILED = 4
PROVEN = ('setting', 'unit', 'person', 'role', 'enrolment', 'inbox', 'municipality', 'session', 'form_key', 'draft', 'backoff',
          'scope_key', 'log', 'audit')
# Steps 2, 3 and 5 to 8 undone: what stood there before them.
FORMER = ''.join(f'ALTER TABLE {table} DROP COLUMN proof;' for table in PROVEN) + '''
    ALTER TABLE person DROP COLUMN rights;
    DROP INDEX audit_changed;
    DROP INDEX audit_enrolled;
    DROP INDEX inbox_once;
    DROP INDEX inbox_unread;
    DROP INDEX inbox_event;
    DROP INDEX entry_lived;
    DROP INDEX scope_key_epoch;
    DROP TABLE job;
    DROP TABLE transfer;
    DROP TABLE crossing;
    DROP TABLE partner;
    DROP TABLE deletion;
    DROP TABLE certificate;
    DROP TABLE report;
    DROP TABLE report_part;
    DROP TABLE fact;
    DROP TABLE frozen_fact;
    DROP TABLE publication;
    DROP TABLE publication_shown;
    DROP TABLE publication_secret;
    DROP TABLE report_order;
    DROP INDEX inbox_object;
    DROP TABLE silence;
    DROP TABLE outbox;
    DROP INDEX log_passive;
    DROP INDEX log_wake;
    CREATE INDEX log_wake ON log(wake_on) WHERE wake_on>0;
    DROP TABLE blind_request;
    DROP TABLE invitation;
    DROP TABLE invited;
    ALTER TABLE log DROP COLUMN passive_at;
    ALTER TABLE log DROP COLUMN looked_to;
    ALTER TABLE inbox DROP COLUMN due;
    ALTER TABLE inbox DROP COLUMN done_at;
    ALTER TABLE session DROP COLUMN proved_at;
    DROP TABLE head_signature;
    CREATE TABLE head_signature(seq BIGINT PRIMARY KEY,hash BLOB NOT NULL CHECK(length(hash)=32),at BIGINT NOT NULL,
        signature BLOB NOT NULL);
    DELETE FROM schema_version WHERE n>1;'''
NEWER = 'INSERT INTO schema_version SELECT n+1,sha256,at+1 FROM schema_version ORDER BY n DESC LIMIT 1;'
NOT_NEWER = 'DELETE FROM schema_version WHERE n=(SELECT max(n) FROM schema_version);'
made = {}


def databases(town):
    return [town.stack.data / 'host.db', town.database()]


def change(path, sql):
    """serve does not run."""
    database = sqlite3.connect(path)
    try:
        database.executescript(sql)
    finally:
        database.close()


def late(path):
    """What today's program wrote into columns that the former schema has not: under the heads of its logs."""
    database = sqlite3.connect(path)
    try:
        return database.execute('SELECT passive_at,looked_to,id FROM log').fetchall()
    finally:
        database.close()


def put_late(path, rows):
    """serve does not run."""
    database = sqlite3.connect(path)
    try:
        database.executemany('UPDATE log SET passive_at=?,looked_to=? WHERE id=?', rows)
        database.commit()
    finally:
        database.close()


def steps(path):
    database = sqlite3.connect(path)
    try:
        return database.execute('SELECT n,at FROM schema_version ORDER BY n').fetchall()
    finally:
        database.close()


@fact
def a_note_is_written_and_the_databases_are_put_back_to_the_former_schema(town):
    holder = town.signed_in('Klok Elv')
    page = holder.open(town.log('modig'))
    page = holder.save(page.form('/ny/note'), text='Skrevet før oppgraderingen.')
    expect('Skrevet før oppgraderingen.' in page.text, page)
    made['holder'] = holder
    town.stack.end('serve')
    for path in databases(town):
        made['steps'] = len(steps(path))
        made[path] = late(path)
        change(path, FORMER)
        expect(len(steps(path)) == 1)


@fact
def the_same_session_reads_the_log_after_the_upgrade(town):
    town.stack.start_serve()
    town.stack.end('serve')
    for path in databases(town):
        put_late(path, made[path])
    town.stack.start_serve()
    page = made['holder'].open(town.log('modig'))
    expect('Skrevet før oppgraderingen.' in page.text, page)
    expect(all(len(steps(path)) == made['steps'] for path in databases(town)))


@fact
def every_row_and_line_is_as_it_was_written(town):
    expect(town.verify() == '', town.verify())


@fact
def a_second_start_runs_no_step(town):
    before = [steps(path) for path in databases(town)]
    town.stack.restart_serve()
    expect('Skrevet før oppgraderingen.' in made['holder'].open(town.log('modig')).text)
    expect([steps(path) for path in databases(town)] == before)


@fact
def a_host_of_a_newer_program_is_refused_by_name_and_nothing_is_changed(town):
    town.stack.end('serve')
    change(databases(town)[0], NEWER)
    done = town.stack.command('serve', *town.stack.place, '--socket', town.stack.gateway_socket, '--origin', town.stack.origin,
                              check=False)
    expect(done.returncode == STORE_FAILED and 'of another version than this program' in done.stderr, done)
    change(databases(town)[0], NOT_NEWER)


@fact
def with_the_right_program_it_goes_on(town):
    town.stack.start_serve()
    expect('Skrevet før oppgraderingen.' in made['holder'].open(town.log('modig')).text)
    expect(town.verify() == '', town.verify())


if __name__ == '__main__':
    main()
