#!/usr/bin/env python3
"""killed_crossing.py - serve is killed before calls that change a file while a log is taken by another municipality, each in a run of its own:
it is where it was, or given up there and made here, once; what was begun is completed by the next start.

A sample of the calls; with KILLS=all (`make soak`) every one."""
import os
import shutil
import sqlite3

from killing import chosen, place_shim, shim
from scenario import NORDVAER, SORVAER, day, expect, fact, main, until

SAMPLE = 8
UNIT, HOLDER, MANAGER, WITNESS = 'Bjørkelia skole', 'Klok Elv', 'Bred Ås', 'Mild Eng'
ASKED, DONE, OFF = 3, 6, 7
made = {'at': NORDVAER}


def there():
    return SORVAER if made['at'] == NORDVAER else NORDVAER


def act(name):
    return f'{made["log"]}/handling/{name}'


def labelled(form, field, words):
    return next(value for value, label in form[field].options if words in label)


def up_to_the_decision(town):
    holder = town.signed_in(HOLDER, number=made['at'])
    form = holder.open(act('transfer_send')).form('transfer_send')
    form = holder.send(form, municipality=there(), on=day(10)).form('transfer_send')
    expect(holder.send(form, unit=labelled(form, 'unit', UNIT), on=day(10)).status == 303)
    form = holder.open(act('transfer_consent_record')).form('transfer_consent_record')
    for giver in [value for value, label in form['giver'].options if value]:
        form = holder.open(act('transfer_consent_record')).form('transfer_consent_record')
        expect(holder.send(form, giver=giver, given_on=day(), method='3', witness=WITNESS).status == 303)
    manager = town.signed_in(MANAGER, number=made['at'])
    expect(manager.send(manager.open(act('transfer_decide')).form('transfer_decide'), grunn='transfer').status == 303)
    goes_on(town)


def goes_on(town):
    """serve runs it too: whoever comes second tries again."""
    until(lambda: town.stack.command('jobs', *town.stack.place, 'run', 'crossings', check=False).returncode == 0)


def take(town):
    """Whether it was answered: a serve that is killed answers nothing, or the front for it."""
    try:
        manager = town.signed_in(MANAGER, number=there())
        address = manager.open('/overforinger').links('/overforinger/')[0]
        form = manager.open(address).form(address)
        return manager.send(form, holder=labelled(form, 'holder', HOLDER)).status == 303
    except (AssertionError, OSError, StopIteration, IndexError):
        return False


def rows(town, number, sql, *parameters):
    path = town.stack.data / f'municipality/{town.municipalities[number].id}.db'
    database = sqlite3.connect(f'file:{path}?mode=ro', uri=True, timeout=10)
    try:
        return database.execute(sql, parameters).fetchall()
    finally:
        database.close()


def newest(town, number):
    return rows(town, number, 'SELECT step,log,length(sealed),hash,id FROM crossing ORDER BY proposed_at DESC,way LIMIT 1')[0]


def is_done(town):
    """Whether it went, with everything that goes with it; never something between, once what was begun is gone on with."""
    key = bytes.fromhex(made['log'].split('/')[-1])
    step, log, sealed, digest, crossing = newest(town, made['at'])
    came = rows(town, there(), 'SELECT step,log,hash FROM crossing WHERE id=?', crossing)[0]
    no, state, flags = rows(town, made['at'], 'SELECT no,state,flags FROM log WHERE id=?', key)[0]
    done = step == DONE
    scopes = rows(town, made['at'], 'SELECT count(*) FROM scope_key WHERE scope=?', crossing)[0][0]
    expect(log == key and (step, came[0]) in ((ASKED, ASKED), (DONE, DONE)), step, came)
    expect((state, bool(flags & 32), sealed > 0, scopes) == ((2, False, False, 0) if done else (1, True, True, 1)), state, flags, sealed, scopes)
    ended = rows(town, made['at'], 'SELECT count(*) FROM entry WHERE log_no=? AND kind=46', no)[0][0]
    expect(ended == (1 if done else 0), 'the entry that ends it', ended)
    if not done:
        expect(came[1] == bytes(16), came)
        return False
    expect(came[2] == digest, 'one hash')
    there_no, holder = rows(town, there(), 'SELECT no,holder FROM log WHERE id=?', came[1])[0]
    expect(holder.hex() == town.municipalities[there()].person(HOLDER), holder)
    parts = rows(town, there(), 'SELECT count(*) FROM document WHERE log_no=? AND media=4', there_no)[0][0]
    guardians = rows(town, there(), 'SELECT count(*) FROM participant WHERE log_no=? AND role=5', there_no)[0][0]
    expect(parts == 1 and guardians == made['guardians'], 'one part, and whoever said yes', parts, guardians)
    return True


def moves_on(town):
    """It begins from the other side."""
    log = rows(town, there(), 'SELECT log FROM crossing WHERE id=?', newest(town, made['at'])[4])[0][0]
    made['log'], made['at'] = f'/logg/{log.hex()}', there()


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
        manager = town.signed_in(MANAGER, number=there())
        manager.open(manager.open('/overforinger').links('/overforinger/')[0])
    town.stack.end('serve')
    return int(count.read_text())


@fact
def a_log_is_taken_by_another_municipality(town):
    made['log'] = town.log('kvikk')
    place_shim(town)
    if os.geteuid() == 0:
        shutil.chown(town.stack.folder / 'shim.so', (town.stack.folder / 'keyd.sock').owner())
    made['guardians'] = 2
    up_to_the_decision(town)
    made['before'] = calls_until(town, taken=False)
    made['after'] = calls_until(town, taken=True)
    town.stack.start_serve()
    expect(is_done(town))
    moves_on(town)
    expect(made['after'] > made['before'], made)


@fact
def a_service_that_is_killed_anywhere_while_it_is_taken_leaves_it_where_it_was_or_completes_it(town):
    first, last = made['before'] - 2, made['after']
    which = chosen(first, last, SAMPLE)
    told = {True: 0, False: 0}
    up_to_the_decision(town)
    for at in which:
        starts(town, KILL_AT=at)
        answered = take(town)
        town.stack.end('serve')
        town.stack.start_serve()
        goes_on(town)
        done = is_done(town)
        expect(done or not answered, at, 'what was answered is done')
        told[done] += 1
        if done:
            moves_on(town)
            up_to_the_decision(town)
    print(f'# {last - first} calls, {len(which)} of them are killed: {told[False]} where it was, {told[True]} completed', flush=True)
    expect(take(town) and is_done(town), 'and is taken when it is asked for again')
    expect(town.verify() == '', town.verify())


if __name__ == '__main__':
    main(numbers=(NORDVAER, SORVAER))
