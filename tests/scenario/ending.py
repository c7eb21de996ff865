"""ending.py - how a log is brought to its end, for the scenarios about that: decided, ordered, approved, stopped or purged."""
import json
import sqlite3

from scenario import expect
from young import act, someone

ORDER, APPROVE, STOP = 'Bestill sletting av loggen', 'Godkjenn slettingen', 'Stans slettingen'
ORDERED_STATE, PASSIVE_STATE, DELETED_STATE = 3, 2, 4   # domain/states.h
DATE = 'Loggen slettes innen 24 timer. Ordren kan stanses til slettingen begynner.'


def sends(browser, log, name, **fields):
    """The form of an act, filled in and sent; the page that refuses it where there is none."""
    page = browser.get(act(log, name))
    return browser.send(page.form(name), **fields) if page.status == 200 else page


def decides(admin, log, archive='2', ground='1', **fields):
    return sends(admin, log, 'archive_decide', archive=archive, ground=ground, **fields)


def orders(admin, log, **fields):
    return sends(admin, log, 'deletion_order', **fields)


def approves(browser, log):
    return sends(browser, log, 'deletion_approve')


def stops(browser, log, reason='Den skal ikke slettes likevel.'):
    return sends(browser, log, 'deletion_stop', reason=reason)


def may_be_stopped(admin, hours='1'):
    """From now on an approved purge waits so long: what is approved with no delay is gone within the minute."""
    saved = admin.send(admin.open('/innstillinger').form('/innstillinger'), deletion_delay_hours=hours)
    expect(saved.status == 303, saved)


def purges(town):
    town.stack.command('jobs', *town.stack.place, 'run', 'deletion')


def asked(town, sql, *values):
    database = sqlite3.connect(f'file:{town.database()}?mode=ro', uri=True, timeout=10)
    try:
        return database.execute(sql, values).fetchone()
    finally:
        database.close()


def to_the_end(town, log, scenario, nobody=('Klok Elv', 'Bred Ås')):
    """An approved log goes from T0 to T1, whoever is named does not find it any more, and thirty days later to T2."""
    key = bytes.fromhex(log.split('/')[-1])
    town.stack.command('clock', *town.stack.place, 'advance', '61m')
    purges(town)
    t0, t1 = asked(town, 'SELECT approved_at,purged_at FROM deletion WHERE log=? AND stopped_at=0', key)
    expect(0 < t0 < t1 <= t0 + 24 * 3600 * 1000, 'T1', t0, t1)
    no, state = asked(town, 'SELECT no,state FROM log WHERE id=?', key)
    expect(state == DELETED_STATE and asked(town, 'SELECT count(*) FROM entry WHERE log_no=?', no)[0] == 0, state)
    for name in nobody:
        expect(town.signed_in(name).get(log).status == 404, name)
    for how_far, confirmed in (('29d', False), ('3d', True)):
        town.stack.command('clock', *town.stack.place, 'advance', how_far)
        purges(town)
        body = json.loads(asked(town, 'SELECT body FROM certificate WHERE log=?', key)[0])
        expect(body['scenario'] == scenario and body['t1'] and (body['t2'] is not None) == confirmed, how_far, body)
    expect(town.verify() == '', town.verify())


def another_administrator(town, admin, name='Stødig Ås'):
    """Somebody is made administrator by the one there is, and signs in."""
    form = admin.open('/enheter/leder').form('/enheter/leder')
    page = admin.send(form, name=name, email='stodig@example.no', role=form.option('role', 'Kommuneadministrator'))
    expect(page.status in (200, 303), page)
    return someone(town, name)
