#!/usr/bin/env python3
"""restore_of_two.py - two servers on one PostgreSQL keep a ledger each: after a restore what ended through the other one ends again where its
ledger is given too, and only there; and both go on with their ledgers."""
import os
import shutil

import backups
from backups import command, lose_the_machine, made, made_by, make, place_of, restore_arguments, start_again, write_places
from ending import approves, decides, may_be_stopped, orders, sends
from scenario import expect, fact, main, until
from stack import USER

DELETED, PASSIVE = '4', '2'                       # domain/states.h
LINE, LOG_GONE, STANDS = 97, 1, 11                # store/ledger/line.h


def other_place(town):
    """The same, as the other server works on it: its data folder is another, and so is its ledger."""
    return ['--data', town.stack.folder / 'other', *town.stack.place[2:]]


def kinds_of(ledger, key):
    content = ledger.read_bytes()
    return {content[at + 40] for at in range(0, len(content) - LINE + 1, LINE) if key is None or content[at + 41:at + 57] == key}


def state_of(town):
    return town.asked(f"SELECT state FROM log WHERE id={{{made['log'].split('/')[-1]}}}")[0][0]


def entries_of_it(town):
    return town.asked(f"SELECT count(*) FROM entry WHERE log_no={made['no']}")[0][0]


@fact
def a_backup_is_made_while_the_log_lives(town):
    other = town.stack.folder / 'other'
    other.mkdir(mode=0o700)
    if os.geteuid() == 0:
        shutil.chown(other, USER)
    write_places(town, f'NO {place_of(town, "place")} Den ene, Oslo\n')
    made['log'] = town.log('modig')
    made['key'] = bytes.fromhex(made['log'].split('/')[-1])
    made['no'] = town.asked(f"SELECT no FROM log WHERE id={{{made['key'].hex()}}}")[0][0]
    done = make(town)
    expect(done.returncode == 0, done)
    made['backup'] = made_by(done, town.stack.folder / 'place')


@fact
def its_deletion_is_ordered_on_one_server_and_carried_out_by_the_other(town):
    holder, manager, admin = town.signed_in('Klok Elv'), town.signed_in('Bred Ås'), town.signed_in('Klar Fjord')
    may_be_stopped(admin)
    expect(sends(holder, made['log'], 'log_close', reason='1').status == 303)
    expect(decides(admin, made['log']).status == 303 and orders(admin, made['log']).status == 303)
    expect(approves(manager, made['log']).status == 303)
    town.stack.end('serve')
    town.stack.command('clock', *town.stack.place, 'advance', '61m')
    done = command(town, 'jobs', *other_place(town), 'run', 'deletion')
    expect(done.returncode == 0 and state_of(town) == DELETED, done)
    expect(LOG_GONE in kinds_of(town.stack.folder / 'other' / 'ledger', made['key']), 'it stands in the ledger of the other')
    expect(LOG_GONE not in kinds_of(town.stack.data / 'ledger', made['key']), 'and there alone')
    expect(town.verify('--other-ledger', town.stack.folder / 'other' / 'ledger') == '')


def restored(town, *rest):
    shutil.rmtree(town.stack.data, ignore_errors=True)
    made['lost'] += 1
    backups.new_database(town.stack)
    town.hands.clear()
    return command(town, *restore_arguments(town, made['backup'], 1, 2), *rest)


@fact
def control_with_the_ledger_of_one_alone_it_comes_back(town):
    lose_the_machine(town)
    done = restored(town)
    expect(done.returncode == 0, done)
    expect(state_of(town) == PASSIVE and entries_of_it(town) != '0', 'and its order is lost', state_of(town), entries_of_it(town))


@fact
def a_ledger_of_the_other_that_is_not_there_or_was_changed_restores_nothing(town):
    ledger = town.stack.folder / 'other' / 'ledger'
    changed = town.stack.folder / 'changed'
    content = bytearray(ledger.read_bytes())
    content[LINE - 1] ^= 1
    changed.write_bytes(content + bytes(2 * 65536))
    backups.owned(changed)
    for wrong in (town.stack.folder / 'nowhere', changed):
        done = restored(town, '--other-ledger', wrong)
        expect(done.returncode not in (0, 100) and not (town.stack.data / 'ledger').exists(), wrong, done)
    expect(not (town.stack.folder / 'nowhere').exists(), 'nor is one made')


@fact
def with_both_nothing_of_it_comes_back(town):
    done = restored(town, '--other-ledger', town.stack.folder / 'other' / 'ledger')
    expect(done.returncode == 0 and 'ended again' in done.stdout, done)
    expect(state_of(town) == DELETED and entries_of_it(town) == '0', state_of(town))
    for ledger in (town.stack.data / 'ledger', town.stack.folder / 'other' / 'ledger'):
        expect(STANDS in kinds_of(ledger, None), 'each says from where the chain goes on', ledger)


@fact
def both_servers_go_on_with_their_ledgers_and_everything_is_as_it_was_written(town):
    start_again(town)
    until(lambda: town.signed_in('Klok Elv').get(made['log']).status == 404)
    holder = town.signed_in('Klok Elv')
    page = holder.open(town.log('blid'))
    page = holder.save(page.form('/ny/note'), text='Skrevet etter at alt var gjenopprettet.')
    expect('Skrevet etter at alt var gjenopprettet.' in page.text, page)
    shutil.copy2(town.stack.data / 'clock', town.stack.folder / 'other' / 'clock')
    if os.geteuid() == 0:
        shutil.chown(town.stack.folder / 'other' / 'clock', USER)
    done = command(town, 'jobs', *other_place(town), 'run', 'over')
    expect(done.returncode == 0 and 'older-than-ledger' not in done.stderr, done)
    expect('older-than-ledger' not in town.stack.log('serve'), town.stack.log('serve')[-500:])
    found = town.verify('--other-ledger', town.stack.folder / 'other' / 'ledger')
    expect(found == '', found)


if __name__ == '__main__':
    main(mode='test', database='postgres')
