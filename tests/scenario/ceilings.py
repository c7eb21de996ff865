#!/usr/bin/env python3
"""ceilings.py - what a person meets when the key agent's ceiling is reached, what is told about it, and that it comes back."""
import sqlite3
import time

from scenario import expect, fact, main

CEILING = 3  # distinct logs a minute and session here; 30 in production
LOGS = ('blid', 'kvikk', 'modig', 'stille', 'glad')
KEY_ACT, FAILED, BUDGET = 'key_act', 3, 9
made = {}


def alarms(town):
    """(person, time) of each line in the audit that tells of a ceiling."""
    database = sqlite3.connect(f'file:{town.database()}?mode=ro', uri=True, timeout=10)
    try:
        return database.execute('SELECT person FROM audit WHERE outcome=? AND reason=? AND object_kind=2',
                                (FAILED, BUDGET)).fetchall()
    finally:
        database.close()


def advance(town, how_far):
    town.stack.command('clock', *town.stack.place, 'advance', how_far)


@fact
def logs_are_opened_up_to_the_ceiling(town):
    town.stack.budgets['read-grant-minute'] = CEILING
    town.stack.restart_keyd()
    made['holder'] = town.signed_in('Klok Elv')
    for name in LOGS[:CEILING]:
        made['holder'].open(town.log(name))
    expect(not alarms(town), 'nothing to tell')


@fact
def the_next_log_is_answered_with_a_calm_page_that_says_why(town):
    page = made['holder'].get(town.log(LOGS[CEILING]))
    expect(page.status == 429, page)
    expect('mange logger' in page.heading and 'Vent litt' in page.text, page)
    expect('retry-after' in page.headers, page.headers)


@fact
def nothing_of_the_log_stands_in_that_page(town):
    page = made['holder'].get(town.log(LOGS[CEILING]))
    expect(page.status == 429 and LOGS[CEILING].capitalize() not in page.text, page)


@fact
def an_alarm_stands_in_the_audit_and_in_the_log_of_the_service_once(town):
    told = alarms(town)
    expect(len(told) == 1 and all(person.hex() == town.nordvaer.person('Klok Elv') for (person,) in told), told)
    lines = [line for line in town.stack.log('serve').splitlines() if 'event=request ' in line and 'result=BUDGET' in line]
    expect(len(lines) == 2 and lines[0].startswith('<1>') and lines[1].startswith('<6>'), lines)
    expect(all('route=/logg/{id}' in line for line in lines), lines)
    expect('Klok' not in town.stack.log('serve') and town.log(LOGS[CEILING])[6:] not in town.stack.log('serve'))
    expect(town.stack.log('keyd').count('<1>event=keyd-act message=UNWRAP result=BUDGET') == 1, town.stack.log('keyd')[-500:])


@fact
def logs_that_were_open_already_stay_open_and_can_be_written(town):
    page = made['holder'].open(town.log(LOGS[0]))
    page = made['holder'].save(page.form('/ny/note'), text='Skrevet mens taket er nådd.')
    expect('Skrevet mens taket er nådd.' in page.text, page)


@fact
def another_person_is_not_stopped(town):
    town.signed_in('Trygg Havn').open(town.log('varsom'))


@fact
def the_next_alarm_about_the_same_person_tells_how_many_there_were_meanwhile(town):
    for _ in range(3):
        expect(made['holder'].get(town.log(LOGS[CEILING])).status == 429)
    expect(len(alarms(town)) == 1, alarms(town))
    advance(town, '11m')
    made['holder'] = town.signed_in('Klok Elv')
    for name in LOGS[:CEILING]:
        made['holder'].open(town.log(name))
    expect(made['holder'].get(town.log(LOGS[CEILING])).status == 429)
    database = sqlite3.connect(f'file:{town.database()}?mode=ro', uri=True, timeout=10)
    told = database.execute('SELECT amount FROM audit WHERE outcome=? AND reason=? AND object_kind=2 ORDER BY seq', (FAILED, BUDGET)).fetchall()
    database.close()
    expect(told == [(0,), (4,)], told)


@fact
def after_its_minute_the_ceiling_is_gone_by_itself(town):
    advance(town, '61s')
    time.sleep(0.1)
    page = made['holder'].open(town.log(LOGS[CEILING]))
    expect(page.status == 200, page)
    expect(town.verify() == '', town.verify())


@fact
def a_visitor_who_comes_when_the_agent_gives_no_more_reads_nothing_of_logs(town):
    town.stack.budgets['sign-in-municipality-minute'] = 1
    town.stack.restart_keyd()
    town.stack.restart_serve()
    page = town.visitor().get('/k/0301')
    expect(page.status == 503 and 'Vent litt' in page.heading and 'logger' not in page.text, page)
    expect('retry-after' in page.headers, page.headers)


if __name__ == '__main__':
    main(mode='test')
