#!/usr/bin/env python3
"""report_kept.py - the archive report of a log that is deleted: kept for twelve months for an administrator alone, then gone with its
bytes and its key."""
import io
import os
import zipfile

from ending import approves, decides, orders, sends
from hand import Hand
from scenario import expect, fact, main, until

made = {}
PEOPLE = (('holder', 'Klok Elv'), ('manager', 'Bred Ås'), ('admin', 'Klar Fjord'), ('guardian', 'Lys Lerke'))


def sign_in(town):
    for key, name in PEOPLE:
        try:
            made[key] = town.signed_in(name)
        except AssertionError:
            made.pop(key, None)   # whose account went with the log


def rows(town, table, where='1=1'):
    made.setdefault('hand', Hand(town))
    return made['hand'].rows(table, where)


def advance(town, how_far, job):
    town.stack.command('clock', *town.stack.place, 'advance', how_far)
    # serve may be at it by itself
    until(lambda: town.stack.command('jobs', *town.stack.place, 'run', job, check=False).returncode == 0, job)


def page_of(who):
    return made[who].get(f'{made["log"]}/rapport?grunn=archive_decision')


@fact
def a_log_goes_and_its_report_stays(town):
    sign_in(town)
    made['log'] = town.log('modig')
    expect(sends(made['holder'], made['log'], 'log_close', reason='1').status == 303)
    expect(sends(made['manager'], made['log'], 'archive_report_make', language='1').status == 303)
    expect(decides(made['admin'], made['log'], archive='1', ground='').status == 303)
    expect(orders(made['admin'], made['log']).status == 303 and approves(made['manager'], made['log']).status == 303)
    made['file'] = made['admin'].send(page_of('admin').form('/rapport')).body
    advance(town, '23h', 'deletion')
    order = rows(town, 'deletion')[0]
    expect(int(order['purged_at']) > 0 and order['archive'] == '1', order)
    report = rows(town, 'report')[0]
    expect(report['id'] == order['report'] and report['sha256'] == order['report_hash'] and int(report['destroy_on']) > 0, report, order)
    expect(len(rows(town, 'scope_key', f"scope={report['id']}")) == 1, 'its key is another than that of the log')


@fact
def the_administrator_alone_finds_and_takes_it_with_the_days_on_which_it_goes(town):
    sign_in(town)
    page = made['admin'].open('/rapporter')
    expect(page.links('/rapport') and 'Rapporten slettes' in page.text and 'Borte fra sikkerhetskopiene' in page.text, page)
    page = page_of('admin')
    expect(page.status == 200 and 'Rapporten slettes' in page.text and 'Lag arkivrapport' not in page.text, page)
    answer = made['admin'].send(page.form('/rapport'))
    expect(answer.status == 200 and answer.body == made['file'], 'byte for byte as it was')
    expect(zipfile.ZipFile(io.BytesIO(answer.body)).testzip() is None)
    for who in ('manager', 'holder', 'guardian'):
        if who in made:
            expect(page_of(who).status == 404 and made[who].get('/rapporter').status == 404, who)
    expect(made['admin'].get(f'{made["log"]}/handling/archive_report_make').status == 404)


@fact
def it_is_there_on_the_last_day_of_the_twelve_months_and_gone_on_the_next_with_its_bytes_and_its_key(town):
    advance(town, '364d', 'over')
    sign_in(town)
    expect(page_of('admin').status == 200 and len(rows(town, 'report')) == 1, 'R1 has not come')
    report = rows(town, 'report')[0]['id']
    advance(town, '2d', 'over')
    sign_in(town)
    expect(page_of('admin').status == 404, 'it is no more')
    expect('Det er ingen rapporter om slettede logger.' in made['admin'].open('/rapporter').text)
    expect(rows(town, 'report') == [] and rows(town, 'report_part') == [] and rows(town, 'scope_key', f'scope={report}') == [])
    expect(town.verify() == '', town.verify())


if __name__ == '__main__':
    main(mode='test', database='postgres' if os.environ.get('POSTGRES') else 'sqlite')
