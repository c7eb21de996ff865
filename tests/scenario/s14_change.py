#!/usr/bin/env python3
"""s14_change.py - another holder: the baton is offered, taken or declined, and a log is never without somebody who holds it."""
import re
import sqlite3

from documents import Api
from scenario import NORDVAER, expect, fact, main

made = {}


def answer(log, name):
    return f'{log}/handling/{name}'


def holder_of(log):
    return log.replace('/logg/', '/api/v1/logs/') + '/holder'


def offer(holder, log, name):
    """Offers the baton to somebody of the list; the answer of the form."""
    form = holder.open(f'{log}/deltakere').form('/deltakere/stafettpinne')
    chosen = next(value for value, label in form['holder'].options if label.startswith(name))
    return holder.send(form, holder=chosen)


@fact
def the_holder_offers_the_baton_to_another_of_a_unit_that_the_family_has_said_yes_to(town):
    made['holder'], made['log'] = town.signed_in('Klok Elv'), town.log('kvikk')
    form = made['holder'].open(f'{made["log"]}/deltakere').form('/deltakere/stafettpinne')
    expect([label.split(',')[0] for value, label in form['holder'].options if value] == [SECOND], form['holder'].options)
    page = made['holder'].send(form, holder='')
    expect(page.status == 422 and 'Velg hvem som skal overta' in page.errors.get('holder', ''), page)
    page = made['holder'].follow(offer(made['holder'], made['log'], SECOND))
    expect('Stafettpinnen er tilbudt kl.' in page.text and f'Stafettpinnen er tilbudt {SECOND}' in page.text, page)
    expect(made['holder'].open(made['log']).status == 200, 'the baton stays where it is')


@fact
def whoever_is_offered_it_sees_that_it_waits_and_from_whom_and_not_whose_log_it_is(town):
    made['next'] = town.signed_in(SECOND)
    page = made['next'].open('/mine')
    expect('Svar på tilbud om en stafettpinne' in page.text and 'Fra Klok Elv, ' in page.text and 'skole' in page.text, page)
    expect('Kvikk' not in page.text, page)
    page = made['next'].open(answer(made['log'], 'baton_accept'))
    expect('Kvikk' not in page.text and page.links('/handling/baton_decline'), page)
    expect(not re.search(r'[0-9]{8}', page.text) and 'Ta imot stafettpinnen' in page.text, 'nor which log it is', page)
    expect(made['next'].get(made['log']).status == 404 and made['next'].get(f'{made["log"]}/deltakere').status == 404)


@fact
def nobody_else_answers_an_offer(town):
    for name in ('Rolig Vind', 'Stram Ørret', 'Bred Ås', 'Klok Elv'):
        browser = town.signed_in(name)
        for act in ('baton_accept', 'baton_decline'):
            expect(browser.get(answer(made['log'], act)).status in (403, 404), name, act)


@fact
def who_declines_it_leaves_everything_as_it_was(town):
    made['kept'] = made['next'].open(answer(made['log'], 'baton_accept')).form('baton_accept')
    page = made['next'].follow(made['next'].send(made['next'].open(answer(made['log'], 'baton_decline')).form('baton_decline')))
    expect('Du har sagt nei til stafettpinnen kl.' in page.text and 'Svar på tilbud' not in page.text, page)
    expect(made['next'].send(made['kept']).status == 404, 'a page from before gives nothing')
    expect(made['holder'].open(f'{made["log"]}/deltakere').form('/deltakere/stafettpinne'), 'it can be offered again')


@fact
def what_was_taken_back_cannot_be_taken(town):
    made['holder'].follow(offer(made['holder'], made['log'], SECOND))
    kept = made['next'].open(answer(made['log'], 'baton_accept')).form('baton_accept')
    page = made['holder'].open(f'{made["log"]}/deltakere')
    expect(page.links('/handling/baton_withdraw'), page)
    form = made['holder'].open(answer(made['log'], 'baton_withdraw')).form('baton_withdraw')
    expect('Tilbudet er tatt tilbake kl.' in made['holder'].follow(made['holder'].send(form)).text)
    expect(made['next'].send(kept).status == 404)
    expect(made['holder'].open(made['log']).status == 200)


@fact
def who_takes_it_is_the_holder_and_the_former_one_is_out_at_once(town):
    made['holder'].follow(offer(made['holder'], made['log'], SECOND))
    writing = made['holder'].open(f'{made["log"]}/ny/note').form('/ny/note')
    form = made['next'].open(answer(made['log'], 'baton_accept')).form('baton_accept')
    page = made['next'].follow(made['next'].send(form))
    expect('Du er stafettholder fra nå av kl.' in page.text and 'Kvikk' in page.text, page)
    page = made['holder'].get(made['log'])
    expect('Du har ikke tilgang' in page.text, page)
    page = made['holder'].send(writing, text='Skrevet for sent')
    expect(page.status in (403, 404) and 'Skrevet for sent'.encode() in page.body, 'what was typed is given back', page)
    expect('når tjenesten er tilbake' not in page.text, page)
    expect('Skrevet for sent' not in made['next'].open(made['log']).text)


@fact
def the_family_sees_who_holds_it_now_and_what_the_former_one_wrote_stands_with_their_name(town):
    page = town.signed_in('Stram Ørret').open(made['log'])
    expect(SECOND in page.text and 'Klok Elv' in page.text, page)


@fact
def the_form_sent_twice_gets_its_first_answer_and_makes_no_second_holder(town):
    page = made['next'].open(f'{made["log"]}/deltakere')
    expect(page.text.count('Stafettholder') >= 1 and page.form('/deltakere/stafettpinne'), page)
    expect(made['holder'].get(answer(made['log'], 'baton_accept')).status in (403, 404))


# ---- a role that carries batons ends ----

def roles_of(town, name, role=3):
    """Role rows of somebody that have not ended, as they stand in the database."""
    database = sqlite3.connect(f'file:{town.database()}?mode=ro', uri=True, timeout=10)
    person = town.nordvaer.person(name)
    found = database.execute('SELECT lower(hex(id)) FROM role WHERE lower(hex(person))=? AND role=? AND to_at=0', (person, role)).fetchall()
    database.close()
    return [row for (row,) in found]


def ending(manager, role):
    return next(form for form in manager.open('/ansatte').forms
                if form.action == '/ansatte/avslutt' and form['role_row'].value == role)


def passes(town, how_long):
    town.stack.command('clock', *town.stack.place, 'advance', how_long)
    for key, name in (('manager', 'Bred Ås'), ('admin', 'Klar Fjord'), ('guardian', 'Stram Ørret'), ('holder', 'Klok Elv')):
        made[key] = town.signed_in(name)
    town.stack.command('jobs', *town.stack.place, 'run', 'staff')


def chosen(form, name='Klok Elv'):
    return next(value for value, label in form['holder'].options if label.startswith(name))


def appointing(browser):
    return browser.open(f'{made["log"]}/deltakere').form('/deltakere/stafettholder')


@fact
def a_role_that_carries_batons_does_not_end_before_they_are_handed_over_or_taken(town):
    passes(town, '1d')
    (made['role'],) = roles_of(town, SECOND)
    page = made['manager'].send(ending(made['manager'], made['role']))
    expect(page.status == 422 and 'stafettholder for 1 aktiv logg' in page.text and 'Avslutt rollen og ta over' in page.text, page)
    expect(roles_of(town, SECOND) == [made['role']], 'nothing has ended')
    made['ask'] = page.form('/ansatte/avslutt')
    api = Api(town, made['manager'])
    answer = api.send('POST', f'/api/v1/roles/{made["role"]}/end', {})
    expect(answer.status == 422 and answer.document['errors'][0]['field'] == 'takes', answer.document)
    expect(roles_of(town, SECOND) == [made['role']])
    for name in ('Rolig Vind', 'Stram Ørret', 'Klok Elv', 'Klar Fjord'):
        answer = Api(town, town.signed_in(name)).send('POST', f'/api/v1/roles/{made["role"]}/end', {'takes': 'true'})
        expect(answer.status in (403, 404, 422), name, answer.document)
    expect(roles_of(town, SECOND) == [made['role']])


@fact
def before_it_ends_the_manager_reads_with_a_reason_and_appoints_nobody(town):
    expect(made['manager'].get(made['log']).form('/grunn'), 'a reason is asked for')
    answer = Api(town, made['manager']).send('POST', holder_of(made['log']), {'role': roles_of(town, 'Klok Elv')[0]})
    expect(answer.status == 422, 'somebody holds it', answer.document)


@fact
def whoever_ends_it_stands_in_and_is_named_so_in_the_log(town):
    page = made['manager'].follow(made['manager'].send(made['ask']))
    expect('Rollen er avsluttet, og du ble fungerende stafettholder kl.' in page.text, page)
    expect(made['manager'].send(made['ask']).status == 303 and roles_of(town, SECOND) == [], 'the form sent twice gets its first answer')
    expect(made['next'].get(made['log']).status in (303, 403, 404), 'whose role has ended is out at once')
    page = made['guardian'].open(made['log'])
    expect('Bred Ås' in page.text and 'enhetsleder, fungerende stafettholder' in page.text, page)
    page = town.write(made['manager'], made['log'], 'note', text='Jeg står inn nå.')[0]
    expect('Bred Ås (enhetsleder, fungerende stafettholder)' in page.text, page)
    expect('Bred Ås (enhetsleder, fungerende stafettholder)' in made['guardian'].open(made['log']).text)
    expect('Uten stafettholder' in made['manager'].open('/mine').text)


@fact
def the_manager_has_it_as_a_task_and_the_administrator_after_fourteen_days_and_not_before(town):
    passes(town, '1d')
    task = 'Pek ut en stafettholder'
    expect(task in made['manager'].open('/mine').text and task not in made['admin'].open('/varsler').text)
    for name in ('Klok Elv', 'Stram Ørret', 'Rolig Vind'):
        expect(task not in town.signed_in(name).open('/varsler').text, name)
    passes(town, '11d')
    late = 'uten stafettholder i 14 dager'
    expect(late not in made['admin'].open('/varsler').text, 'the day before')
    passes(town, '2d')
    expect(late in made['admin'].open('/varsler').text, 'on the administrator\'s list')
    before = town.count('inbox')
    town.stack.command('jobs', *town.stack.place, 'run', 'staff')
    expect(town.count('inbox') == before, 'told once')


@fact
def nobody_but_the_manager_appoints_and_only_whom_the_consents_name(town):
    (wanted,) = roles_of(town, 'Klok Elv')
    for name in ('Stram Ørret', 'Rolig Vind', 'Klok Elv', 'Klar Fjord'):
        answer = Api(town, town.signed_in(name)).send('POST', holder_of(made['log']), {'role': wanted})
        expect(answer.status in (403, 404, 422), name, answer.document)
    form = appointing(made['manager'])
    page = made['manager'].send(form, holder='')
    expect(page.status == 422 and 'Velg hvem som skal overta' in page.errors.get('holder', ''), page)
    answer = Api(town, made['manager']).send('POST', holder_of(made['log']), {'role': made['role']})
    expect(answer.status == 422, 'a role that has ended', answer.document)
    answer = Api(town, made['manager']).send('POST', holder_of(made['log']), {'role': roles_of(town, 'Rolig Vind', 4)[0]})
    expect(answer.status == 422, 'no holder', answer.document)


@fact
def the_one_appointed_is_the_holder_from_then_on_and_the_manager_is_out_of_it(town):
    form, stale = appointing(made['manager']), appointing(made['manager'])
    saved = made['manager'].send(form, holder=chosen(form))
    expect(saved.status == 303, saved)
    page = made['holder'].open(made['log'])
    expect(page.status == 200 and 'Skriv notat' in page.text, 'the holder writes', page)
    expect(made['manager'].send(form, holder=chosen(form)).status == 303, 'the same form twice is once')
    page = made['manager'].send(stale, holder=chosen(stale))
    expect(page.status in (404, 422), 'a page from before appoints nobody', page)
    expect('Hvorfor trenger du' in made['manager'].get(f'{made["log"]}/ny/note').text, 'who stood in is asked for a reason again')
    for browser in (made['guardian'], made['manager'], made['holder']):
        expect('Loggen har fått ny stafettholder' in browser.open('/varsler').text)
    passes(town, '1d')
    expect('Pek ut en stafettholder' not in made['manager'].open('/mine').text, 'nothing waits')
    expect('Jeg står inn nå.' in made['guardian'].open(made['log']).text, 'what was written stays')
    expect(town.verify() == '', town.verify())


@fact
def the_list_of_staff_is_confirmed_by_an_administrator_and_waits_after_six_months_and_not_before(town):
    task = 'Bekreft listen over ansatte'
    answer = Api(town, made['manager']).send('POST', f'/api/v1/staff-list/{town.nordvaer.id}/confirmation', {})
    expect(answer.status in (403, 404), answer.document)
    page = made['admin'].open('/enheter')
    page = made['admin'].follow(made['admin'].send(page.form('/enheter/bekreft')))
    expect('Listen over ansatte er bekreftet kl.' in page.text, page)
    passes(town, '170d')
    expect(task not in made['admin'].open('/mine').text)
    passes(town, '15d')
    expect(task in made['admin'].open('/mine').text and task not in town.signed_in('Klok Elv').open('/varsler').text)
    answer = Api(town, made['admin']).send('POST', f'/api/v1/staff-list/{town.nordvaer.id}/confirmation', {})
    expect(answer.status == 200, answer.document)
    expect(task not in made['admin'].open('/mine').text, 'it is done')


# ---- a unit closes ----

@fact
def nobody_but_an_administrator_closes_a_unit_and_none_into_itself(town):
    made['unit'], made['into'] = town.nordvaer.unit('skole'), town.nordvaer.unit('barnehage')
    address = f'/enheter/{made["unit"]}/lukk'
    for name in ('Bred Ås', 'Klok Elv', 'Stram Ørret'):
        expect(town.signed_in(name).get(address).status in (403, 404), name)
        answer = Api(town, town.signed_in(name)).send('POST', f'/api/v1/units/{made["unit"]}/close', {'into': made['into']})
        expect(answer.status in (403, 404), name, answer.document)
    made['form'] = made['admin'].open(made['admin'].open(f'/enheter/{made["unit"]}').link('Legg ned enheten')).form('/lukk')
    page = made['admin'].open(address)
    expect('Dette kan ikke gjøres om.' in page.text and made['unit'] not in [value for value, _ in page.form('/lukk')['into'].options], page)
    wrong = made['admin'].send(page.form('/lukk'), into='')
    expect(wrong.status == 422 and 'Velg en enhet som er åpen' in wrong.errors.get('into', ''), wrong)
    answer = Api(town, made['admin']).send('POST', f'/api/v1/units/{made["unit"]}/close', {'into': made['unit']})
    expect(answer.status == 422, answer.document)


@fact
def its_logs_and_people_go_to_the_unit_that_follows_it_in_one_act_and_the_family_is_told(town):
    stale = made['admin'].open(f'/enheter/{made["unit"]}/lukk').form('/lukk')
    page = made['admin'].send(made['form'], into=made['into'])
    expect(page.status == 303, page)
    page = made['admin'].follow(page)
    expect('Enheten er lagt ned' in page.text and 'Nedlagt' in page.text, page)
    expect(made['admin'].send(made['form'], into=made['into']).status == 303, 'twice is once')
    expect(made['admin'].send(stale, into=made['into']).status == 404, 'a page from before closes nothing')
    database = sqlite3.connect(f'file:{town.database()}?mode=ro', uri=True, timeout=10)
    left = database.execute('SELECT (SELECT COUNT(*) FROM log WHERE lower(hex(unit))=:unit)+(SELECT COUNT(*) FROM role WHERE '
                            'lower(hex(unit))=:unit AND to_at=0)+(SELECT COUNT(*) FROM consent_unit WHERE lower(hex(unit))=:unit)',
                            {'unit': made['unit']}).fetchone()[0]
    database.close()
    expect(left == 0, 'nothing is left', left)
    holder = town.signed_in('Klok Elv')
    page = town.write(holder, made['log'], 'note', text='Vi holder til et annet sted nå.')[0]
    expect('barnehage' in page.text, page)
    page = holder.open(f'{made["log"]}/samtykke')
    expect('ble lukket, og' in page.text and 'kom i stedet' in page.text, page)
    guardian = town.signed_in('Stram Ørret')
    expect('En enhet er lagt ned, og en annen har overtatt' in guardian.open('/varsler').text)
    expect('Vi holder til et annet sted nå.' in guardian.open(made['log']).text)
    expect(town.verify() == '', town.verify())


@fact
def an_operator_lists_the_units_and_closes_one_by_a_command_in_the_same_way(town):
    place, at = town.stack.place, ('--municipality', NORDVAER)
    run = lambda *words: town.stack.command('unit', *place, *words, *at, check=False)
    listed = [line.split(' ', 2) for line in run('list').stdout.splitlines()]
    expect([state for unit, state, _ in listed if unit == made['unit']] == ['closed'], listed)
    third = next(unit for unit, state, _ in listed if state == 'open' and unit != made['into'])
    for words, code in ((('close', 'ab' * 16, '--into', third), 6), (('close', 'what', '--into', third), 6),
                        (('close', made['into'], '--into', 'what'), 3), (('close', made['into'], '--into', made['into']), 3),
                        (('close', made['into'], '--into', made['unit']), 3), (('close', made['unit'], '--into', third), 5),
                        (('close', made['into']), 100), (('list', '--into', third), 100)):
        done = run(*words)
        expect(done.returncode == code and done.stderr, words, done.returncode, done.stdout, done.stderr)
    expect(run('list').stdout.splitlines() == [' '.join(line) for line in listed], 'nothing is closed')
    done = run('close', made['into'], '--into', third)
    expect(done.returncode == 0 and 'closed' in done.stdout, done.stdout, done.stderr)
    expect('Vi holder til et annet sted nå.' in town.signed_in('Klok Elv').open(made['log']).text, 'the logs have followed')
    expect('Nedlagt' in made['admin'].open('/enheter').text and town.verify() == '', town.verify())


SECOND = 'Fersk Snø'

if __name__ == '__main__':
    main(mode='test')
