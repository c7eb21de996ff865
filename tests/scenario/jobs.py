#!/usr/bin/env python3
"""jobs.py - what the service does by itself: nights that pass, what was missed, a serve that is killed in one, and the command."""
import datetime
import re
import sqlite3
import time

from documents import Api
from scenario import OSLO, NORDVAER, expect, fact, main

made = {}


def command(town, *arguments):
    return town.stack.command(*arguments, '--data', town.stack.data, '--keyd', town.stack.keyd_socket, check=False)


def advance(town, how_far):
    done = command(town, 'clock', 'advance', how_far)
    expect(done.returncode == 0, done.stderr)


def rows(town, sql):
    database = sqlite3.connect(f'file:{town.database()}?mode=ro', uri=True, timeout=10)
    try:
        return database.execute(sql).fetchall()
    finally:
        database.close()


def waits(holds, seconds=90):
    end = time.monotonic() + seconds
    while not holds():
        expect(time.monotonic() < end, 'it does not come')
        time.sleep(0.2)


def states(town):
    return dict(rows(town, 'SELECT state,count(*) FROM log GROUP BY state'))


def lines(town, act):
    return rows(town, f'SELECT count(*) FROM audit WHERE act={act}')[0][0]


def runs(town):
    """How often the life of logs was carried out; other jobs have their own lines."""
    return rows(town, f'SELECT COUNT(*) FROM audit WHERE act={JOB_RUN} AND reason={LIFE}')[0][0]


JOB_RUN, CLOCK_RUN, LOG_CLOSE = 108, 109, 42
LIFE = 4


@fact
def serve_does_each_job_by_itself_and_the_command_tells_how_far_it_is(town):
    waits(lambda: runs(town) == 1)
    told = command(town, 'jobs', 'list')
    midnight = datetime.datetime.now(OSLO).strftime('%d.%m.%Y') + ' 00.00'
    expect(told.returncode == 0 and 'life, each day' in told.stdout and 'heads, each minute' in told.stdout, told)
    expect(f'{NORDVAER}: done to' in told.stdout, told.stdout)
    made['midnight'] = midnight


@fact
def a_job_of_another_name_or_of_a_server_is_refused(town):
    expect(command(town, 'jobs', 'run', 'nothing').returncode == 6, command(town, 'jobs', 'run', 'nothing'))
    expect(command(town, 'jobs', 'run', 'heads').returncode == 3)
    expect(command(town, 'jobs', 'run').returncode == 100)
    expect(command(town, 'jobs', 'list', 'life').returncode == 100)
    expect(command(town, 'jobs').returncode == 100)


@fact
def a_dry_run_tells_what_would_change_and_changes_nothing(town):
    town.stack.end('serve')
    advance(town, '120d')
    before = (states(town), runs(town), town.count('inbox'))
    told = command(town, 'jobs', 'run', 'life', '--dry-run')
    expect(told.returncode == 0 and 'dry run' in told.stdout and 'would change' in told.stdout, told)
    expect('0 would change' not in told.stdout, told.stdout)
    expect((states(town), runs(town), town.count('inbox')) == before)


@fact
def what_was_missed_while_serve_stood_still_is_made_up_when_it_starts(town):
    town.stack.start_serve()
    waits(lambda: runs(town) == 2)
    told = rows(town, 'SELECT due FROM inbox WHERE due>0 ORDER BY rowid')
    expect(len(told) > 0 and lines(town, CLOCK_RUN) > 0, told)
    expect(town.verify() == '', town.verify())


@fact
def who_was_told_finds_it_among_their_notices_and_what_waits_on_the_first_page(town):
    holder = town.signed_in('Klok Elv')
    page = holder.open('/mine')
    expect('Dette venter på deg' in page.text and 'Ingen har skrevet i loggen på lenge' in page.text, page)
    expect(re.search(r'Varsler \d+ nye', page.text), page.text[:600])
    page = holder.open('/varsler')
    expect(page.heading == 'Varsler' and 'Venter på deg' in page.text and page.links('/logg/'), page)
    page = holder.save(page.form('/varsler/lest'))
    expect('Alle varsler er merket som lest kl.' in page.text and 'Venter på deg' in page.text, 'read is not done', page)
    expect('/varsler/lest' not in page.text and not re.search(r'Varsler \d+ nye', page.text), page)


@fact
def a_program_is_told_the_same(town):
    holder = town.signed_in('Klok Elv')
    answer = Api(town, holder).get('/api/v1/inbox')
    expect(answer.status == 200 and answer.document['unread'] == 0 and answer.document['notices'], answer.document)
    one = answer.document['notices'][0]
    expect({'id', 'notice', 'task', 'waits', 'unread', 'at', 'due'} <= set(one), one)


@fact
def everybody_chooses_what_they_are_told_of_what_need_not_be(town):
    holder = town.signed_in('Klok Elv')
    form = holder.open('/varsler').form('/varsler/valg')
    offered = re.findall(r'name="told" id="[a-z0-9-]+" value="([a-z0-9_]+)"', holder.open('/varsler').body.decode())
    expect('new_note' in offered and 'quiet' not in offered and 'passive_for_1' not in offered, offered)
    refused = holder.post(form.action, form.values(told='quiet'))
    expect(refused.status == 400, 'it must be told', refused.status)
    page = holder.save(holder.open('/varsler').form('/varsler/valg'), told='meeting_soon')
    expect('Valget ditt er lagret' in page.text and rows(town, 'SELECT count(*) FROM silence')[0][0] == 1, page)
    api = Api(town, holder)
    silenced = api.get('/api/v1/inbox').document['silenced']
    expect('new_note' in silenced and 'meeting_soon' not in silenced and 'quiet' not in silenced, silenced)
    for wrong in ('quiet', 'nothing'):
        refused = api.send('PUT', '/api/v1/inbox/silenced', {'notice': wrong, 'silenced': '1'})
        expect(refused.status == 422 and refused.document['errors'][0]['field'] == 'notice', 'it must be told, or is none', refused.document)
    answer = api.send('PUT', '/api/v1/inbox/silenced', {'notice': 'new_note', 'silenced': '0'})
    expect(answer.status == 200 and 'new_note' not in answer.document['silenced'], answer.document)
    answer = api.send('PUT', '/api/v1/inbox/silenced', {'notice': 'meeting_soon', 'silenced': '1'})
    expect(answer.status == 200 and 'meeting_soon' in answer.document['silenced'], answer.document)


@fact
def an_act_ends_the_task_that_asked_for_it(town):
    holder = town.signed_in('Klok Elv')
    before = holder.open('/mine').text.count('Ingen har skrevet i loggen på lenge')
    page = holder.open(town.log('modig'))
    page = holder.save(page.form('/ny/note'), text='Vi har sett på den igjen.')
    after = holder.open('/mine').text.count('Ingen har skrevet i loggen på lenge')
    expect(before - after == 1, before, after)


@fact
def a_night_that_is_killed_is_made_up_and_nothing_is_told_twice(town):
    advance(town, '300d')
    town.stack.kill('serve')
    town.stack.start_serve()
    advance(town, '20m')
    waits(lambda: ' done, ' in command(town, 'jobs', 'run', 'life').stdout)
    once = rows(town, 'SELECT count(*) FROM (SELECT 1 FROM inbox WHERE due>0 GROUP BY person,event,object,due HAVING count(*)>1)')
    expect(once == [(0,)], once)
    closed = rows(town, f'SELECT count(*) FROM (SELECT object FROM audit WHERE act={LOG_CLOSE} GROUP BY object HAVING count(*)>1)')
    expect(closed == [(0,)], closed)
    expect(1 not in states(town), 'every consent of the demo has ended', states(town))
    expect(town.verify() == '', town.verify())


@fact
def the_manager_opens_what_the_night_closed_and_its_list_says_that_the_service_did_it(town):
    manager = town.signed_in('Bred Ås')
    page = manager.open('/varsler')
    expect('Samtykket har gått ut, og loggen er passiv' in page.text, page)
    page = manager.open(town.log('modig'))
    expect('passiv' in page.text.lower(), page)
    page = manager.open(town.log('modig') + '/sett')
    expect('Tjenesten selv' in page.text and 'Utførte det som datoene krevde' in page.text, page)


@fact
def run_once_more_it_changes_nothing(town):
    before = (town.count('inbox'), lines(town, CLOCK_RUN))
    done = command(town, 'jobs', 'run', 'life')
    expect(done.returncode == 0 and ' done, ' in done.stdout and ' 0 changed' in done.stdout, done)
    expect((town.count('inbox'), lines(town, CLOCK_RUN)) == before)


def behind_its_back(town, sql):
    database = sqlite3.connect(town.database(), timeout=10)
    with database:
        expect(database.execute(sql).rowcount == 1, sql)
    database.close()


@fact
def a_job_that_failed_for_a_log_says_so_and_is_run_at_once_when_somebody_asks(town):
    town.stack.end('serve')
    advance(town, '400d')
    behind_its_back(town, 'UPDATE log SET flags=flags|16 WHERE no=(SELECT no FROM log WHERE wake_on>0 ORDER BY wake_on LIMIT 1)')
    failed = command(town, 'jobs', 'run', 'life')
    expect(failed.returncode == 3 and ' to be tried again, ' in failed.stdout and 'failed for some logs' in failed.stderr, failed)
    again = command(town, 'jobs', 'run', 'life')
    expect(again.returncode == 0 and ' done, ' in again.stdout, again)


if __name__ == '__main__':
    main(mode='test')
