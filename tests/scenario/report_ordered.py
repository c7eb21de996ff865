#!/usr/bin/env python3
"""report_ordered.py - archive reports that are made by a job, as those of long logs are: ordered, told how far they are, made in the
session of whoever ordered them; and made up when serve is killed in the middle of it. Here every log is long enough.

Eight kills, or KILLS of them."""
import hashlib
import os
import random
import time

from documents import Api
from ending import sends
from hand import Hand
from scenario import Town, expect, fact, main, until

ROUNDS = int(os.environ.get('KILLS', '8'))
LEASE = '3m'  # after it a job that was killed is free
made = {}


class Ordering(Town):
    def __init__(self, program, assets):
        super().__init__(program, assets, mode='test', database='postgres' if os.environ.get('POSTGRES') else 'sqlite')
        self.stack.serve_options = ['--report-entries', '0']


def stand():
    return made['manager'].open(f'{made["log"]}/rapport/lages')


def report_of(town):
    rows = town.reports.rows('report')
    return rows[0]['id'] if rows else None


def is_made(town, before):
    """Another one than before, and nothing is ordered any more."""
    return report_of(town) not in (None, before) and not town.reports.rows('report_order')


@fact
def the_answer_leads_to_a_page_that_says_how_far_it_is_without_a_script(town):
    town.reports = Hand(town)
    made['log'] = town.log('kvikk')
    for key, name in (('guardian', 'Stram Ørret'), ('holder', 'Klok Elv'), ('manager', 'Bred Ås'), ('admin', 'Klar Fjord')):
        made[key] = town.signed_in(name)
    expect(stand_of('manager').status == 404, 'of an active log there is none')
    expect(sends(made['holder'], made['log'], 'log_close', reason='1').status == 303)
    sent = made['manager'].open(f'{made["log"]}/handling/archive_report_make').form('archive_report_make')
    answer = made['manager'].send(sent, language='1')
    expect(answer.status == 303 and answer.headers['location'].startswith(f'{made["log"]}/rapport/lages'), answer.headers)
    page = made['manager'].follow(answer)
    expect('Arkivrapporten er bestilt' in page.text, page)
    expect('http-equiv="refresh"' not in page.text, 'it does not come again by itself')
    made['sent'] = sent


def stand_of(who):
    return made[who].get(f'{made["log"]}/rapport/lages')


@fact
def it_is_made_in_the_background_and_the_page_leads_to_it(town):
    until(lambda: 'Arkivrapporten er laget.' in stand().text, 'made')
    page = stand()
    expect(page.link('Se arkivrapporten') == f'{made["log"]}/rapport', page)
    expect(page.link('Lag arkivrapport') == f'{made["log"]}/handling/archive_report_make', page)
    expect(is_made(town, None), town.reports.rows('report_order'))
    page = made['manager'].get(f'{made["log"]}/rapport?grunn=archive_decision')
    expect('Last ned arkivrapporten' in page.text and 'Bred Ås' in page.text and 'Noe er skrevet' not in page.text, page)


@fact
def the_same_form_sent_again_leads_to_the_same_page_and_orders_nothing(town):
    before = report_of(town)
    answer = made['manager'].send(made['sent'], language='1')
    expect(answer.status == 303 and answer.headers['location'].startswith(f'{made["log"]}/rapport/lages'), answer.headers)
    time.sleep(1)
    expect(report_of(town) == before and not town.reports.rows('report_order'))


@fact
def whoever_ordered_it_is_told_and_nobody_else_sees_how_far_it_is(town):
    expect('Arkivrapporten du bestilte' in made['manager'].open('/varsler').text)
    expect('Arkivrapporten du bestilte' not in made['admin'].open('/varsler').text)
    for who in ('guardian', 'holder'):
        expect(stand_of(who).status == 404, who)
    expect(stand_of('admin').status == 200)


@fact
def a_program_is_told_that_it_is_ordered_and_how_far_it_is(town):
    api = Api(town, made['admin'])
    log = made['log'].rsplit('/', 1)[-1]
    before = report_of(town)
    answer = api.send('POST', f'/api/v1/logs/{log}/acts/archive_report_make', {'language': '2'})
    expect(answer.status == 202 and answer.headers['location'] == f'/api/v1/logs/{log}', answer.status, answer.document)
    told = api.open(f'/api/v1/logs/{log}/reports?reason=archive_decision')
    expect(is_made(town, before) or ('ordered_at' in told and told['done'] <= told['total'] and 'failed' not in told), told)
    until(lambda: 'ordered_at' not in api.open(f'/api/v1/logs/{log}/reports?reason=archive_decision'), 'made')
    told = api.open(f'/api/v1/logs/{log}/reports?reason=archive_decision')['reports']
    file = made['admin'].send(made['admin'].get(f'{made["log"]}/rapport?grunn=archive_decision').form('/rapport')).body
    expect(len(told) == 1 and told[0]['is_new'] and told[0]['sha256'] == hashlib.sha256(file).hexdigest(), told)


@fact
def killed_in_the_middle_it_is_made_up_once(town):
    hit = 0
    for _ in range(ROUNDS):
        before = report_of(town)
        made['manager'] = town.signed_in('Bred Ås')
        expect(sends(made['manager'], made['log'], 'archive_report_make', language='1').status == 303)
        time.sleep(random.uniform(0, 0.03))
        town.stack.kill('serve')
        hit += bool(town.reports.rows('report_order'))
        town.stack.start_serve()
        town.stack.command('clock', *town.stack.place, 'advance', LEASE)
        until(lambda: is_made(town, before) or town.stack.command('jobs', *town.stack.place, 'run', 'reports', check=False) is None, 'made up')
    print(f'# {hit} of {ROUNDS} kills met a report that was not made yet', flush=True)
    expect(hit > 0, 'none met one')
    expect(len(town.reports.rows('report')) == 1 and not town.reports.rows('report_order'))
    expect(town.verify() == '', town.verify())


@fact
def the_job_stands_among_those_of_the_service(town):
    told = town.stack.command('jobs', *town.stack.place, 'list').stdout
    expect('reports, each minute: makes archive reports of long logs that are ordered' in told, told)


if __name__ == '__main__':
    main(Ordering)
