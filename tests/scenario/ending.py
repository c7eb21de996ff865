"""ending.py - how a log is brought to its end, for the scenarios about that: decided, ordered, approved, stopped or purged."""
import json

from scenario import expect, until
from young import act, someone, someone_there

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
    """serve may be at it by itself."""
    until(lambda: town.stack.command('jobs', *town.stack.place, 'run', 'deletion', check=False).returncode == 0)


def is_absent(town, log, child, name, *role):
    """Whoever it was finds nothing of it: not its address, nor a word of the child in a list. Whose account went with it is nobody."""
    if not someone_there(town, name):
        return
    browser = someone(town, name, *role)
    expect(browser.get(log).status == 404 and browser.get(f'{log}/sett').status == 404, name)
    for path in ('/mine', '/varsler'):
        page = browser.get(path)
        expect(child not in page.text and not page.links(log), name, path, page)


def to_the_end(town, log, scenario, child, nobody=('Klok Elv', 'Bred Ås')):
    """An approved log goes from T0 to T1, whoever is named finds nothing of it the day after, and thirty days later it comes to T2.

    nobody: names of those who knew it, or (name, role); administrators find its certificate, and no word of the child."""
    key = log.split('/')[-1]
    town.stack.command('clock', *town.stack.place, 'advance', '61m')
    purges(town)
    order = f'SELECT approved_at,purged_at FROM deletion WHERE log={{{key}}} AND stopped_at=0'
    until(lambda: town.asked(order)[0][1] != '0', town.asked(order))
    t0, t1 = map(int, town.asked(order)[0])
    expect(0 < t0 < t1 <= t0 + 24 * 3600 * 1000, 'T1', t0, t1)
    no, state = town.asked(f'SELECT no,state FROM log WHERE id={{{key}}}')[0]
    expect(int(state) == DELETED_STATE and town.asked(f'SELECT count(*) FROM entry WHERE log_no={no}')[0][0] == '0', state)
    town.stack.command('clock', *town.stack.place, 'advance', '1d')
    for one in nobody:
        is_absent(town, log, child, *([one] if isinstance(one, str) else one))
    page = town.signed_in('Klar Fjord').open('/attester')
    expect(page.links(log) and child not in page.text, page)
    for how_far, confirmed in (('28d', False), ('3d', True)):
        town.stack.command('clock', *town.stack.place, 'advance', how_far)
        purges(town)
        body = json.loads(bytes.fromhex(town.asked(f'SELECT body FROM certificate WHERE log={{{key}}}')[0][0]))
        expect(body['scenario'] == scenario and body['t1'] and (body['t2'] is not None) == confirmed, how_far, body)
    expect('Borte, bekreftet' in town.signed_in('Klar Fjord').open('/attester').text)
    expect(town.verify() == '', town.verify())


def another_administrator(town, admin, name='Stødig Ås'):
    """Somebody is made administrator by the one there is, and signs in."""
    form = admin.open('/enheter/leder').form('/enheter/leder')
    page = admin.send(form, name=name, email='stodig@example.no', role=form.option('role', 'Kommuneadministrator'))
    expect(page.status in (200, 303), page)
    return someone(town, name)
