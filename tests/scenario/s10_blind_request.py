#!/usr/bin/env python3
"""s10_blind_request.py - a unit asks for a log that it does not know of, and learns nothing: the same answer, row and closing whether
there is one; its manager is asked later, and by nobody's request."""
import datetime
import re

from documents import Api
from new_log import NewLog
from scenario import DATABASE, OSLO, expect, fact, main
from searching import found

KNOWN, UNKNOWN, WRONG = '03821452170', '11821750034', '11821750035'
AT = '/foresporsler'
made = {}


def passes(town, how_long):
    town.stack.command('clock', *town.stack.place, 'advance', how_long)
    for key, name in (('holder', 'Fersk Snø'), ('manager', 'Bred Ås'), ('admin', 'Klar Fjord')):
        made[key] = town.signed_in(name)


def oslo_hour():
    return datetime.datetime.now(OSLO).hour


def runs(town, job):
    return town.stack.command('jobs', *town.stack.place, 'run', job)


def rows_of(town):
    rows = town.asked('SELECT length(id),length(person),length(unit),reason,length(log),length(proof),told_at FROM blind_request')
    return [tuple(map(int, row)) for row in rows]


def ask(browser, number, reason='1'):
    return browser.send(browser.open(AT).form(AT), national_id=number, reason=reason)


def shown(page):
    """The answer without its clock and its tokens."""
    return re.sub(r'kl\. [0-9.]+', '', page.text)


@fact
def another_unit_has_a_newer_log_of_the_same_child(town):
    walk = NewLog(town.signed_in('Trygg Havn'))
    walk.to_check({'child': {'name': 'Kvikk Annen', 'birth_date': '03.02.2014', 'national_id': KNOWN},
                   'guardians': ({'name': 'Mor Annen', 'relationship': '1', 'responsibility': '1'},)})
    walk.create()
    made['newer'] = walk.page.location.replace('/ny/klar/', '/logg/')


@fact
def a_holder_asks_with_a_number_and_a_reason_and_is_told_that_it_was_sent(town):
    passes(town, '1d')
    page = made['holder'].open('/mine')
    expect(page.links(AT), page)
    page = ask(made['holder'], '')
    expect(page.status == 422 and page.errors.get('national_id'), page)
    page = ask(made['holder'], WRONG, reason='')
    expect(page.status == 422 and page.errors.get('reason'), page)
    made['miss'] = made['holder'].follow(ask(made['holder'], UNKNOWN))
    expect('Forespørselen er sendt kl.' in made['miss'].text, made['miss'])


@fact
def the_answer_is_the_same_where_there_is_a_log_and_where_there_is_none(town):
    passes(town, '1d')
    first = made['holder'].follow(ask(made['holder'], KNOWN))
    once = shown(first)
    passes(town, '1d')
    second = made['holder'].follow(ask(made['holder'], UNKNOWN))
    expect(once.count('Forespørselen er sendt') == 3 and shown(second).count('Forespørselen er sendt') == 4, first, second)
    expect(rows_of(town) == [(16, 16, 16, 1, 16, 32, 0)] * 3, 'one like the other, and nobody is told yet', rows_of(town))


@fact
def the_number_is_stored_nowhere(town):
    told = found(town, (UNKNOWN, KNOWN), spell=lambda word: {word.encode()})
    expect(not told, told)


@fact
def who_is_neither_holder_nor_manager_finds_no_such_page(town):
    for name in ('Rolig Vind', 'Stram Ørret'):
        browser = town.signed_in(name)
        expect(browser.get(AT).status == 404, name)
    page = made['admin'].open(AT)
    expect(not [form for form in page.forms if form.action == AT], 'an administrator asks for none', page)


@fact
def the_manager_of_the_log_is_asked_by_a_job_and_once(town):
    before = made['manager'].open('/varsler').text
    expect('spør etter en logg hos dere' not in before, before)
    runs(town, 'asked')
    page = made['manager'].open('/varsler')
    expect(page.text.count('spør etter en logg hos dere') == 1, page)
    runs(town, 'asked')
    expect(made['manager'].open('/varsler').text.count('spør etter en logg hos dere') == 1)
    expect('spør etter en logg hos dere' not in made['holder'].open('/varsler').text)
    expect(made['manager'].get(town.log('kvikk') + '?grunn=family_request').status == 200, 'and the log opens as before')


@fact
def the_manager_sees_which_unit_asks_why_and_about_which_log_and_so_does_the_administrator(town):
    for key in ('manager', 'admin'):
        page = made[key].open(AT)
        expect('Bjørkelia skole spør etter en logg' in page.text and 'Barnet har begynt hos oss' in page.text, page)
        expect(page.links(town.log('kvikk')), page)
    expect(made['admin'].open(AT).links(made['newer']) and not made['manager'].open(AT).links(made['newer']), 'each of their own')
    expect('Kvikk' not in made['manager'].open(AT).text, 'no name')
    expect(not made['holder'].open(AT).links('/logg/'), 'the asker is led to none')


@fact
def more_than_five_in_a_day_are_refused_with_words_and_what_was_typed_stays(town):
    passes(town, '2d')
    for _ in range(5):
        expect(ask(made['holder'], UNKNOWN).status == 303)
    page = ask(made['holder'], KNOWN)
    expect(page.status == 422 and 'så mange forespørsler' in page.errors.get('national_id', ''), page)
    expect(len(rows_of(town)) == 8)
    again = Api(town, made['holder']).send('POST', '/api/v1/blind-requests', {'national_id': UNKNOWN, 'reason': '1'})
    expect(again.status == 429, again.status)
    passes(town, '1d')
    expect(ask(made['holder'], UNKNOWN).status == 303, 'the next day')


@fact
def a_program_is_answered_alike(town):
    api = Api(town, made['holder'])
    answers = [api.send('POST', '/api/v1/blind-requests', {'national_id': number, 'reason': '2'}) for number in (UNKNOWN, KNOWN)]
    expect([answer.status for answer in answers] == [201, 201], answers)
    wrong = api.send('POST', '/api/v1/blind-requests', {'national_id': WRONG, 'reason': '2'})
    expect(wrong.status == 422, wrong.status)
    sent = api.open('/api/v1/blind-requests')
    expect(len(sent['sent']) == 11 and sent['met'] == [] and all('log' not in one for one in sent['sent']), sent)
    met = Api(town, made['manager']).open('/api/v1/blind-requests')
    expect(len(met['met']) == 2 and all(one['log'] in town.log('kvikk') for one in met['met']), met)


@fact
def after_thirty_days_all_are_closed_alike_and_later_gone(town):
    passes(town, '29d')
    page = made['holder'].open(AT)
    expect('Avsluttet' in page.text and 'Avsluttes' in page.text, page)
    passes(town, f'{25 - oslo_hour()}h')
    page = made['holder'].open(AT)
    expect(page.text.count('Avsluttet') == 11 and 'Avsluttes' not in page.text, 'from midnight on, whatever the hour it was sent at', page)
    expect('Ingen har spurt' in made['manager'].open(AT).text, 'and nobody has asked either')
    passes(town, '33d')
    runs(town, 'over')
    expect(not rows_of(town))


if __name__ == '__main__':
    main(mode='test', database=DATABASE)
