#!/usr/bin/env python3
"""killed_transfer.py - serve is killed before calls that change a file while a transfer is taken, each in a run of its own: the log is the one
unit's with all that goes with it, or the other's, and what was not done is done by sending it again.

A sample of the calls; with KILLS=all (`make soak`) every one."""
import os
import shutil
import sqlite3

from killing import chosen, place_shim, shim
from scenario import day, expect, fact, main

SAMPLE = 8
# To and fro: who holds it, who manages, and by which words their role is found.
SIDES = ({'unit': 'Bjørkelia skole', 'holder': ('Klok Elv', ()), 'manager': ('Bred Ås', ()), 'witness': 'Mild Eng'},
         {'unit': 'Regnbuen barnehage', 'holder': ('Trygg Havn', ()), 'manager': ('Mild Eng', ('Regnbuen barnehage',)), 'witness': 'Bred Ås'})
GUARDIAN = ('Stram Ørret', ())
made = {'at': 0}


def act(name):
    return f'{made["log"]}/handling/{name}'


def here():
    return SIDES[made['at']]


def there():
    return SIDES[1 - made['at']]


def signed_in(town, who):
    name, words = who
    return town.signed_in(name, *words)


made['sign_in'] = signed_in


def send(browser, name, **changes):
    return browser.send(browser.open(act(name)).form(name), **changes)


def labelled(form, field, words):
    return next(value for value, label in form[field].options if words in label)


def up_to_the_decision(town):
    holder, guardian = made['sign_in'](town, here()['holder']), made['sign_in'](town, GUARDIAN)
    form = holder.open(act('transfer_propose')).form('transfer_propose')
    expect(holder.send(form, unit=labelled(form, 'unit', there()['unit']), on=day(10)).status == 303)
    expect(send(guardian, 'transfer_consent').status == 303)
    form = holder.open(act('transfer_consent_record')).form('transfer_consent_record')
    expect(holder.send(form, giver=labelled(form, 'giver', 'Blank'), given_on=day(), method='3', witness=here()['witness']).status == 303)
    expect(send(made['sign_in'](town, here()['manager']), 'transfer_decide', grunn='transfer').status == 303)


def take(town):
    """Whether it was answered: a serve that is killed answers nothing, or the front for it."""
    try:
        manager = signed_in(town, there()['manager'])
        form = manager.open(act('transfer_accept')).form('transfer_accept')
        return manager.send(form, holder=labelled(form, 'holder', there()['holder'][0])).status == 303
    except (AssertionError, OSError, StopIteration):
        return False


def rows(town, sql, *parameters):
    database = sqlite3.connect(f'file:{town.database()}?mode=ro', uri=True, timeout=10)
    try:
        return database.execute(sql, parameters).fetchall()
    finally:
        database.close()


def stands_at(town):
    """Which side has it, with everything that goes with it; one of the two, and never something between."""
    number = bytes.fromhex(made['log'].split('/')[-1])
    no, unit, holder, flags = rows(town, 'SELECT no,unit,holder,flags FROM log WHERE id=?', number)[0]
    side = next(side for side in (0, 1) if town.nordvaer.unit(SIDES[side]['unit']) == unit.hex())
    expect(holder.hex() == town.nordvaer.person(SIDES[side]['holder'][0]), 'its holder', side)
    places = rows(town, 'SELECT person,unit FROM participant WHERE log_no=? AND role=3 AND to_at=0', no)
    expect(places == [(holder, unit)], 'one holder', places)
    step, segment = rows(town, 'SELECT step,segment FROM transfer WHERE log=? ORDER BY proposed_at DESC LIMIT 1', number)[0]
    done = side != made['at']
    expect((step, segment > 0, bool(flags & 32)) == ((4, True, False) if done else (3, False, True)), done, step, segment, flags)
    named = rows(town, 'SELECT count(*) FROM consent_unit WHERE log_no=? AND unit=? AND consent IN (SELECT id FROM consent c WHERE '
                 'given_at=(SELECT max(given_at) FROM consent WHERE log_no=c.log_no AND participant=c.participant))', no, unit)
    expect(named[0][0] == 2, 'the consents name it', named)
    return side


def starts(town, **variables):
    town.stack.end('serve')
    with shim(town, **variables):
        town.stack.start_serve()


def calls_until(town, taken):
    """How many calls serve has made by its end, with or without that it is taken."""
    count = town.stack.data / 'count'
    starts(town, KILL_COUNT=count)
    if taken:
        expect(take(town))
    else:
        signed_in(town, there()['manager']).open(act('transfer_accept'))
    town.stack.end('serve')
    return int(count.read_text())


@fact
def a_transfer_is_taken_to_and_fro(town):
    made['log'] = town.log('kvikk')
    place_shim(town)
    if os.geteuid() == 0:
        shutil.chown(town.stack.folder / 'shim.so', (town.stack.folder / 'keyd.sock').owner())
    up_to_the_decision(town)
    made['before'] = calls_until(town, taken=False)
    made['after'] = calls_until(town, taken=True)
    town.stack.start_serve()
    expect(stands_at(town) == 1)
    made['at'] = 1
    expect(made['after'] > made['before'], made)


@fact
def a_service_that_is_killed_anywhere_while_it_is_taken_leaves_it_whole_on_one_side(town):
    first, last = made['before'] - 2, made['after']
    which = chosen(first, last, SAMPLE)
    sides = {True: 0, False: 0}
    for at in which:
        up_to_the_decision(town)
        starts(town, KILL_AT=at)
        answered = take(town)
        town.stack.end('serve')
        town.stack.start_serve()
        done = stands_at(town) != made['at']
        expect(done or not answered, at, 'what was answered is done')
        sides[done] += 1
        if not done:
            expect(take(town) and stands_at(town) != made['at'], at, 'and is done when it is sent again')
        made['at'] = 1 - made['at']
    print(f'# {last - first} calls, {len(which)} of them are killed: {sides[False]} not done, {sides[True]} done', flush=True)
    expect(town.verify() == '', town.verify())


if __name__ == '__main__':
    main()
