#!/usr/bin/env python3
"""backup_of_deleted.py - a log is deleted after the backup was made: the backup of day 29 brings the installation back without it, and on
day 31 nobody opens it any more."""
import datetime
import os
import shutil

from backups import command, lose_the_machine, made, made_by, make, owned, place_of, restore_arguments, shares, start_again, until_oslo, write_places
from ending import approves, decides, orders, sends
from hand import Hand
from scenario import OSLO, expect, fact, main, until

DELETED = '4'   # domain/states.h


def rows(town, table, where='1=1'):
    return Hand(town).rows(table, where)


@fact
def a_backup_is_made_while_the_log_lives(town):
    write_places(town, f'NO {place_of(town, "place")} Den ene, Oslo\n')
    made['log'] = town.log('modig')
    made['row'] = rows(town, 'log', f"id={{{made['log'].split('/')[-1]}}}")[0]
    no = made['row']['no']
    made['sealed'] = [bytes.fromhex(row['sealed'].strip('{}'))[-40:]
                      for table in ('entry', 'participant', 'consent') for row in rows(town, table, f'log_no={no}')]
    made['people'] = [row['person'] for row in rows(town, 'participant', f'log_no={no} AND role=5')]
    expect(len(made['sealed']) > 4 and made['people'], made)
    done = make(town)
    expect(done.returncode == 0, done)
    made['backup'] = made_by(done, town.stack.folder / 'place')
    made['day'] = datetime.datetime.strptime(made['backup'].name[:14], '%Y%m%dT%H%MZ').replace(tzinfo=datetime.timezone.utc).astimezone(OSLO).date()


@fact
def then_it_is_ordered_approved_and_purged(town):
    holder, manager, admin = town.signed_in('Klok Elv'), town.signed_in('Bred Ås'), town.signed_in('Klar Fjord')
    expect(sends(holder, made['log'], 'log_close', reason='1').status == 303)
    expect(decides(admin, made['log']).status == 303 and orders(admin, made['log']).status == 303)
    expect(approves(manager, made['log']).status == 303)
    command(town, 'jobs', *town.stack.place, 'run', 'deletion')  # unless serve is at it already
    until(lambda: rows(town, 'log', f"id={made['row']['id']}")[0]['state'] == DELETED)
    until(lambda: rows(town, 'deletion')[0]['purged_at'] != '0')
    expect(town.verify() == '', town.verify())


@fact
def on_the_twenty_ninth_day_the_backup_gives_the_installation_back_without_it(town):
    until_oslo(town, datetime.datetime.combine(made['day'] + datetime.timedelta(days=29), datetime.time(12), OSLO))
    lose_the_machine(town)
    done = command(town, *restore_arguments(town, made['backup'], 2, 3))
    expect(done.returncode == 0 and 'ended again' in done.stdout, done)
    start_again(town)
    town.signed_in('Klok Elv')   # before anybody looks beside it: who opens a database first owns the files beside it


@fact
def nothing_of_it_came_back_but_its_number_and_its_unit(town):
    row = rows(town, 'log', f"id={made['row']['id']}")[0]
    expect(row['state'] == DELETED and row['unit'] == made['row']['unit'] and row['header'].strip('{}') == '', row)
    for table in ('entry', 'participant', 'consent', 'consent_unit', 'document', 'draft'):
        expect(rows(town, table, f"log_no={made['row']['no']}") == [], table)
    expect(rows(town, 'scope_key', f"scope={made['row']['id']}") == [])
    for person in made['people']:
        there = rows(town, 'participant', f'person={person}')
        expect(there or rows(town, 'person', f'id={person}') == [], 'an account that opened nothing else')
    for name in ('Klok Elv', 'Bred Ås', 'Klar Fjord'):
        expect(town.signed_in(name).get(made['log']).status == 404, name)
    expect(town.verify() == '', town.verify())


@fact
def no_byte_of_it_lies_in_what_was_restored(town):
    if town.stack.postgres:
        return  # its log and the holes of its pages keep remnants, which no key opens
    found = [str(path) for path in town.stack.data.rglob('*') if path.is_file() for piece in made['sealed'] if piece in path.read_bytes()]
    expect(not found, found)


@fact
def the_other_logs_are_read_and_written(town):
    holder = town.signed_in('Klok Elv')
    page = holder.open(town.log('blid'))
    page = holder.save(page.form('/ny/note'), text='Skrevet etter at alt var gjenopprettet.')
    expect('Skrevet etter at alt var gjenopprettet.' in page.text, page)


@fact
def on_the_thirty_first_day_nobody_opens_it_with_all_custodians_together(town):
    kept = town.stack.folder / 'kept-away.backup'
    shutil.copy2(made['backup'], kept)
    owned(kept)
    until_oslo(town, datetime.datetime.combine(made['day'] + datetime.timedelta(days=31), datetime.time(0, 1), OSLO))
    lose_the_machine(town)
    for given in ((1, 2), (1, 3), (2, 3)):
        done = command(town, *restore_arguments(town, kept, *given))
        expect(done.returncode == 6 and 'now by nobody' in done.stderr, given, done)
        expect(not (town.stack.data / 'host.db').exists())
    done = command(town, 'backup', 'verify', kept, '--key-file', made['safe'] / 'key-file', *shares(town, 1, 2, folder=made['shares']))
    expect(done.returncode == 6 and 'every byte is as it was signed' in done.stdout, done)


if __name__ == '__main__':
    main(mode='test', database='postgres' if os.environ.get('POSTGRES') else 'sqlite')
