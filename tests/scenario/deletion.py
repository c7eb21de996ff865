#!/usr/bin/env python3
"""deletion.py - decided, ordered, approved, stopped: who may in which order, what an order waits for, and what everybody sees of it. Nothing
is deleted here: the purge is another scenario's."""
import os
import re
import threading

from client import secret_of, totp
from documents import Api
from ending import APPROVE, DATE, ORDER, ORDERED_STATE, PASSIVE_STATE, STOP, another_administrator, approves, decides, may_be_stopped, orders, sends, stops
from hand import Hand
from scenario import NORDVAER, expect, fact, main
from young import act, links, passes

made = {}
WAITS, COMES, STOPPED = 'En sletting må vurderes', 'Loggen slettes innen 24 timer. Ordren', 'Slettingen av loggen er stanset'


def people(town):
    for key, name in (('holder', 'Klok Elv'), ('manager', 'Bred Ås'), ('admin', 'Klar Fjord'), ('guardian', 'Lys Lerke')):
        made[key] = town.signed_in(name)


def settles(**settings):
    saved = made['admin'].send(made['admin'].open('/innstillinger').form('/innstillinger'), **settings)
    expect(saved.status == 303, saved)


def state(town, log):
    path = log.replace('/logg/', '/api/v1/logs/') + '?reason=supervision'
    return Api(town, made['admin']).get(path).document['state']


def count(town, table):
    """Rows of a table, on either database."""
    made.setdefault('hand', Hand(town))
    return len(made['hand'].rows(table))


def api(log, name):
    return log.replace('/logg/', '/api/v1/logs/') + '/acts/' + name


def closes(town, key):
    """A log that its holder sets passive; its address."""
    log = town.log(key)
    expect(sends(made['holder'], log, 'log_close', reason='1').status == 303, key)
    return log


@fact
def only_an_administrator_decides_what_becomes_of_the_content_and_names_a_ground(town):
    people(town)
    may_be_stopped(made['admin'])
    expect(made['admin'].get(act(town.log('modig'), 'archive_decide')).status == 404, 'what is active is not decided about')
    made['log'] = closes(town, 'modig')
    for name in ('holder', 'manager', 'guardian'):
        for what in ('archive_decide', 'deletion_order', 'deletion_approve', 'deletion_stop'):
            expect(made[name].get(act(made['log'], what)).status == 404, name, what)
    page = decides(made['admin'], made['log'], ground='')
    expect(page.status == 422 and 'ground' in page.errors, page)
    page = decides(made['admin'], made['log'], archive='3', ground='')
    expect(page.status == 422 and 'archive' in page.errors, 'it was no mistake', page)
    expect(ORDER not in links(made['admin'].open(made['log'])), 'nothing is decided yet')
    expect('Loggen kan ikke slettes ennå. Det er ikke avgjort om loggen skal arkiveres' in made['admin'].open(made['log']).text)
    expect(orders(made['admin'], made['log']).status == 404)
    answer = Api(town, made['admin']).send('POST', api(made['log'], 'deletion_order'), {})
    expect(answer.status == 403 and state(town, made['log']) == 'passive', answer.status, answer.document)
    page = made['admin'].follow(decides(made['admin'], made['log'], reason='Planen punkt 4.2'))
    expect('Avgjørelsen er lagret kl.' in page.text and 'Planen punkt 4.2' in page.text and ORDER in links(page), page)


@fact
def what_is_written_later_asks_for_a_new_decision_and_the_copy_that_is_taken_does_not(town):
    expect(sends(made['admin'], made['log'], 'passive_prolong', reason='Vi venter litt.').status == 303)
    expect(ORDER not in links(made['admin'].open(made['log'])) and orders(made['admin'], made['log']).status == 404)
    expect(decides(made['admin'], made['log']).status == 303 and ORDER in links(made['admin'].open(made['log'])))


@fact
def with_a_legal_hold_or_an_open_claim_nothing_is_ordered(town):
    expect(sends(made['admin'], made['log'], 'legal_hold_set', reason='En sak i retten.', grunn='complaint').status == 303)
    expect(decides(made['admin'], made['log']).status == 303 and orders(made['admin'], made['log']).status == 404, 'held')
    expect(sends(made['admin'], made['log'], 'legal_hold_lift', reason='Saken er over.', grunn='complaint').status == 303)
    expect(sends(made['guardian'], made['log'], 'claim_file', reason='Vi vil ha den bort.').status == 303)
    expect(decides(made['admin'], made['log']).status == 303 and orders(made['admin'], made['log']).status == 404, 'a claim')
    expect(sends(made['admin'], made['log'], 'claim_decide', decision='2', reason='Rettet.').status == 303)
    expect(decides(made['admin'], made['log']).status == 303)


@fact
def an_order_shuts_the_content_for_everybody_and_waits_for_somebody_else(town):
    made['before'] = count(town, 'log')
    made['form'] = made['admin'].open(act(made['log'], 'deletion_order')).form('deletion_order')
    page = made['admin'].send(made['form'], reason='Alt er avklart.')
    expect(page.status == 303 and page.location.startswith(made['log']), page)
    page = made['admin'].follow(page)
    expect('Slettingen er bestilt kl.' in page.text and 'Du har bestilt slettingen' in page.text and 'Alt er avklart.' in page.text, page)
    expect('Modig' not in page.text and STOP in links(page) and APPROVE not in links(page), page)
    expect('Loggen er passiv, og skal ikke tas vare på lenger' in page.text and 'Skal ikke arkiveres' in page.text, page)
    expect(state(town, made['log']) == 'deletion_ordered')
    page = made['manager'].open(made['log'])
    expect('Modig' not in page.text and APPROVE in links(page) and 'Din godkjenning er nummer to' in page.text, page)
    page = made['guardian'].open(made['log'])
    expect('Ingenting slettes før en annen person har godkjent det' in page.text and DATE not in page.text and 'Modig' not in page.text, page)
    expect(made['holder'].get(made['log']).status == 404)
    for name in ('admin', 'manager', 'guardian'):
        for path in ('/sett', '/samtykke', '/deltakere', '/kopi', '/ny/note', '/handling/claim_file', '/handling/log_reopen',
                     '/handling/passive_prolong', '/handling/deletion_order'):
            page = made[name].get(made['log'] + path)
            expect(page.status in (404, 403) or (name, path) == ('admin', '/sett'), name, path, page)


@fact
def the_same_form_orders_once_and_who_ordered_approves_nothing(town):
    expect(made['admin'].send(made['form'], reason='Alt er avklart.').status == 303 and count(town, 'deletion') == 1, 'the same form')
    expect(made['admin'].get(act(made['log'], 'deletion_approve')).status == 404, 'the same person')
    about = made['manager'].open(act(made['log'], 'deletion_approve')).form('deletion_approve')['about'].value
    answer = Api(town, made['admin']).send('POST', api(made['log'], 'deletion_approve'), {'about': about})
    expect(answer.status == 403 or answer.status == 404, answer.status)
    for name in ('holder', 'guardian'):
        answer = Api(town, made[name]).send('POST', api(made['log'], 'deletion_approve'), {'about': about})
        expect(answer.status in (403, 404), name, answer.status)
    expect(WAITS in made['manager'].open('/varsler').text)


@fact
def the_list_says_what_waits_and_for_whom_and_shows_it_to_nobody_else(town):
    page = made['manager'].open('/sletting')
    expect('Venter på deg' in page.text and 'Klar Fjord' in page.text and 'Modig' not in page.text, page)
    page = made['admin'].open('/sletting')
    expect('Venter på en annen' in page.text and made['log'] in [address for address, _ in page.reader.links], page)
    for name in ('holder', 'guardian'):
        expect(made[name].get('/sletting').status == 404, name)
    row = Api(town, made['manager']).get('/api/v1/deletions').document['deletions'][0]
    expect(row['log'] == made['log'].split('/')[-1] and row['may_approve'] and not row['stop_asked'] and 'purge_at' not in row, row)
    expect(Api(town, made['holder']).get('/api/v1/deletions').status in (403, 404))


@fact
def approved_by_the_manager_where_there_is_no_other_administrator_it_is_dated_for_everybody(town):
    form = made['manager'].open(act(made['log'], 'deletion_approve')).form('deletion_approve')
    page = made['manager'].follow(made['manager'].send(form))
    expect('Slettingen er godkjent kl.' in page.text and 'Godkjent av' in page.text and APPROVE not in links(page), page)
    expect(made['manager'].send(form).status in (303, 404, 403), 'the same form')
    expect(made['manager'].get(act(made['log'], 'deletion_approve')).status == 404, 'it is approved once')
    page = made['guardian'].open(made['log'])
    expect(DATE in page.text and '24 timer igjen' in page.text.replace('\xa0', ' '), page)
    expect(COMES in made['guardian'].open('/varsler').text)
    told = Api(town, made['guardian']).get(made['log'].replace('/logg/', '/api/v1/logs/')).document
    expect(told['stub'] and told['deletion_approved_at'] and told['purge_at'] and 'child' not in told, told)
    expect('Slettes, tidligst' in made['admin'].open('/sletting').text)


@fact
def the_family_asks_for_the_stop_once_each_and_administrator_and_manager_have_it_as_a_task(town):
    for name in ('admin', 'manager', 'holder'):
        expect(made[name].get(act(made['log'], 'stop_ask')).status == 404, name)
    page = made['guardian'].open(made['guardian'].open(made['log']).link('Be om at slettingen stanses'))
    page = made['guardian'].follow(made['guardian'].send(page.form('stop_ask'), reason='Vi vil ha en kopi først.'))
    expect('Spørsmålet ditt er sendt kl.' in page.text and 'Vi vil ha en kopi først' not in page.text, page)
    expect(sends(made['guardian'], made['log'], 'stop_ask').status == 422, 'once')
    page = made['admin'].open(made['log'])
    expect('Noen ber om at slettingen stanses' in page.text and 'Vi vil ha en kopi først.' in page.text and 'Foresatt' in page.text, page)
    expect('Noen ber om stans' in made['admin'].open('/sletting').text)
    expect(WAITS in made['admin'].open('/varsler').text)


@fact
def one_person_stops_it_with_a_reason_everybody_is_told_and_the_log_is_as_it_was(town):
    expect(stops(made['admin'], made['log'], '').status == 422, 'a reason')
    made['stale'] = made['manager'].open(act(made['log'], 'deletion_stop')).form('deletion_stop')
    page = made['admin'].follow(stops(made['admin'], made['log'], 'Familien vil ha en kopi.'))
    expect('Slettingen er stanset kl.' in page.text and 'Familien vil ha en kopi.' in page.text, page)
    expect('Modig' in page.text and 'Sletting bestilt' in page.text and state(town, made['log']) == 'passive', 'it is read again', page)
    expect(made['manager'].send(made['stale'], reason='Den andre.').status in (403, 404), 'it is stopped')
    for name in ('guardian', 'manager'):
        expect(STOPPED in made[name].open('/varsler').text, name)
    expect(DATE not in made['guardian'].open(made['log']).text, 'no date')
    expect(made['admin'].open('/sletting').text.count('Slettes, tidligst') == 0)
    expect(count(town, 'log') == made['before'], 'nothing is deleted')


@fact
def ordered_again_a_page_from_before_approves_nothing(town):
    expect(orders(made['admin'], made['log']).status == 303, 'what was decided stands')
    old = made['manager'].open(act(made['log'], 'deletion_approve')).form('deletion_approve')
    expect(stops(made['admin'], made['log']).status == 303 and orders(made['admin'], made['log']).status == 303)
    page = made['manager'].send(old)
    expect(page.status == 409 and 'approved_at' not in Api(town, made['admin']).get('/api/v1/deletions').document['deletions'][0], page)


@fact
def with_another_administrator_the_manager_approves_nothing_and_sees_no_decision(town):
    made['second'] = another_administrator(town, made['admin'])
    expect(made['manager'].get(act(made['log'], 'deletion_approve')).status == 404)
    expect(made['manager'].get(made['log']).status == 404 and 'Venter på deg' not in made['manager'].open('/sletting').text)
    page = made['second'].open(made['log'])
    expect(APPROVE in links(page) and STOP in links(page), page)


@fact
def of_two_in_one_moment_one_is_first_and_the_other_is_told(town):
    """Approved and stopped at once: it is never both and never neither."""
    for _ in range(4):
        forms = [(made['second'], made['second'].open(act(made['log'], 'deletion_approve')).form('deletion_approve'), {}),
                 (made['admin'], made['admin'].open(act(made['log'], 'deletion_stop')).form('deletion_stop'), {'reason': 'Nei.'})]
        answers = {}

        def send(at):
            browser, form, fields = forms[at]
            answers[at] = browser.send(form, **fields).status
        both = [threading.Thread(target=send, args=(at,)) for at in range(2)]
        for one in both:
            one.start()
        for one in both:
            one.join()
        expect(answers[1] == 303 and answers[0] in (303, 403, 404, 409), answers)
        expect(state(town, made['log']) == 'passive', answers)
        expect(orders(made['admin'], made['log']).status == 303)
    expect(approves(made['second'], made['log']).status == 303 and stops(made['second'], made['log']).status == 303)


@fact
def two_who_approve_at_once_approve_it_once(town):
    """The first administrator asked for nothing here: the other ordered."""
    expect(orders(made['second'], made['log']).status == 303)
    form = made['admin'].open(act(made['log'], 'deletion_approve')).form('deletion_approve')
    again = made['admin'].open(act(made['log'], 'deletion_approve')).form('deletion_approve')
    answers = []
    both = [threading.Thread(target=lambda one=one: answers.append(made['admin'].send(one).status)) for one in (form, again)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    expect(sorted(answers)[0] == 303 and sorted(answers)[1] in (403, 404, 409, 422), answers)
    expect(stops(made['admin'], made['log']).status == 303)


@fact
def where_the_municipality_asks_for_one_person_the_order_is_t0_and_two_lines_stand(town):
    settles(second_approver='0')
    lines = count(town, 'audit')
    expect(orders(made['admin'], made['log']).status == 303)
    expect(count(town, 'audit') >= lines + 2)
    row = Api(town, made['admin']).get('/api/v1/deletions').document['deletions'][0]
    expect(row['approved_at'] and row['purge_at'] > row['approved_at'], row)
    page = made['guardian'].open(made['log'])
    expect(DATE in page.text and 'Slettingen begynner tidligst' in page.text, page)
    expect(stops(made['second'], made['log']).status == 303)
    settles(second_approver='1')


@fact
def a_log_that_is_a_mistake_needs_no_copy_and_no_ground(town):
    log = town.log('kvikk')
    expect(sends(made['manager'], log, 'mistake_mark', grunn='correction').status == 303)
    expect(decides(made['admin'], log, archive='3', ground='').status == 303)
    expect(made['admin'].follow(orders(made['admin'], log)).text.count('Loggen ble opprettet ved en feil') >= 1)
    made['mistake'] = log


@fact
def a_withdrawal_is_taken_of_an_ordered_log_and_changes_nothing_else(town):
    guardian = town.signed_in('Stram Ørret')
    expect(sends(guardian, made['mistake'], 'consent_withdraw', of='1').status == 303)
    expect(state(town, made['mistake']) == 'deletion_ordered')
    expect(stops(made['admin'], made['mistake']).status == 303 and state(town, made['mistake']) == 'passive')


def with_an_account(town, admin):
    """An administrator with a password and an authenticator, signed in; and the authenticator's key."""
    form = admin.open('/enheter/leder').form('/enheter/leder')
    page = admin.send(form, name='Sen Kveld', email='sen.kveld@nordvaer.example', role=form.option('role', 'Kommuneadministrator'))
    code = re.search(r'class="sl-code[^"]*">([A-Z2-7-]{20,})<', admin.follow(page).body.decode()).group(1)
    browser = town.visitor()
    page = browser.send(browser.open(f'/k/{NORDVAER}/ny').form('/ny'), enrolment=code)
    secret = secret_of(page)
    account = {'user_name': 'sen.kveld', 'password': 'langsomme skyer over åpent hav'}
    browser.send(page.form('/konto'), **account, code=totp(secret, -1))
    page = browser.sign_in(NORDVAER, *account.values(), totp(secret))
    expect(page.status == 303, page)
    return browser, secret


@fact
def whoever_has_been_signed_in_for_ten_minutes_orders_and_approves_with_a_new_code_only(town):
    """The page that asks for it keeps what was typed, and which order it is about."""
    browser, secret = with_an_account(town, made['admin'])
    expect(sends(made['admin'], made['log'], 'archive_decide', archive='2', ground='1').status == 303)
    town.stack.command('clock', *town.stack.place, 'advance', '11m')
    page = orders(browser, made['log'], reason='Vi er enige.')
    expect(page.status == 403 and 'Bekreft at det er deg' in page.text and state(town, made['log']) == 'passive', page)
    form = page.form('/bekreft/deletion_order')
    expect(browser.send(form, proof_code='000000').status == 422 and state(town, made['log']) == 'passive')
    saved = browser.send(page.form('/bekreft/deletion_order'), proof_code=totp(secret, 22))
    expect(saved.status == 303 and 'Vi er enige.' in browser.follow(saved).text, saved)
    answer = Api(town, made['admin']).send('POST', api(made['log'], 'deletion_approve'), {
        'about': made['admin'].open(act(made['log'], 'deletion_approve')).form('deletion_approve')['about'].value})
    expect(answer.status == 403 and 'approved_at' not in Api(town, made['admin']).get('/api/v1/deletions').document['deletions'][0],
           'an old session approves nothing, for programs neither', answer.status, answer.document)
    people(town)
    expect(stops(made['admin'], made['log']).status == 303)


@fact
def a_death_makes_it_wait_for_thirty_days_from_when_it_was_recorded(town):
    log = closes(town, 'blid')
    expect(sends(made['manager'], log, 'death_record', died_on='01.11.2026').status == 303)
    expect(decides(made['admin'], log).status == 303 and ORDER not in links(made['admin'].open(log)), 'the same day')
    page = orders(made['admin'], log)
    expect(page.status == 422 and 'etter et dødsfall må det ha gått 30 dager' in page.text, page)
    passes(town, 29)
    people(town)
    expect(orders(made['admin'], log).status == 422, 'the day before')
    passes(town, 1)
    people(town)
    page = made['admin'].follow(orders(made['admin'], log))
    expect('Barnet er dødt' in page.text, page)
    expect(stops(made['admin'], log).status == 303)
    expect(town.verify() == '', town.verify())


if __name__ == '__main__':
    main(mode='test', database='postgres' if os.environ.get('POSTGRES') else 'sqlite')
