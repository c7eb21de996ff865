#!/usr/bin/env python3
"""s06_passive.py - a passive log is kept, read only: an administrator prolongs its time with a reason, and a death is recorded."""
import sqlite3

from documents import Api
from scenario import day, expect, fact, main

made = {}


def act(name):
    return f'{made["log"]}/handling/{name}'


@fact
def an_administrator_prolongs_the_time_of_a_passive_log_with_a_reason_and_nobody_else_does(town):
    made['log'] = town.log('kvikk')
    for key, name in (('guardian', 'Stram Ørret'), ('holder', 'Klok Elv'), ('manager', 'Bred Ås'), ('admin', 'Klar Fjord')):
        made[key] = town.signed_in(name)
    expect(made['admin'].get(act('passive_prolong')).status == 404, 'an active log has no such time')
    form = made['holder'].open(act('log_close')).form('log_close')
    expect(made['holder'].send(form, reason='1').status == 303)
    for name in ('guardian', 'holder', 'manager'):
        expect(made[name].get(act('passive_prolong')).status == 404, name)
    page = made['admin'].open(made['admin'].open(made['log']).link('Forleng den passive tiden'))
    wrong = made['admin'].send(page.form('passive_prolong'))
    expect(wrong.status == 422 and 'reason' in wrong.errors, wrong)
    form = wrong.form('passive_prolong')
    page = made['admin'].follow(made['admin'].send(form, reason='Saken ankes.'))
    expect('Den passive tiden er forlenget kl.' in page.text and 'Saken ankes.' in page.text, page)
    before = town.counts()['entry']
    expect(made['admin'].send(form, reason='Saken ankes.').status == 303 and town.counts()['entry'] == before, 'twice is once')
    expect('Saken ankes.' in made['manager'].open(made['log']).text, 'the manager reads why, and who: ')
    expect('Klar Fjord' in made['manager'].open(made['log']).text)


@fact
def a_passive_log_is_read_only(town):
    for name in ('ny/note', 'ny/attention'):
        for who in ('manager', 'admin', 'holder', 'guardian'):
            expect(made[who].get(f'{made["log"]}/{name}').status == 404, name, who)


@fact
def a_death_is_recorded_once_by_holder_or_manager_and_changes_nothing_else(town):
    made['log'] = town.log('modig')
    for name in ('guardian', 'admin'):
        expect(made[name].get(act('death_record')).status == 404, name)
    made['family'] = town.signed_in('Lys Lerke')
    page = made['holder'].open(made['holder'].open(made['log']).link('Registrer at barnet er dødt'))
    expect('Tidligst 30 dager' in page.text and 'Dette kan ikke gjøres om.' in page.text, page)
    wrong = made['holder'].send(page.form('death_record'), died_on=day(1))
    expect(wrong.status == 422 and 'died_on' in wrong.errors, wrong)
    page = made['holder'].follow(made['holder'].send(wrong.form('death_record'), died_on=day(-2)))
    expect('Det er registrert at barnet er dødt kl.' in page.text, page)
    expect('Registrer at barnet er dødt' not in [words for _, words in page.reader.links], 'once')
    page = made['manager'].open(act('death_record'))
    expect(made['manager'].send(page.form('death_record'), died_on=day(-2), grunn='closing').status == 422, 'nor by the manager')
    expect(made['family'].open(made['log']).status == 200, 'the family reads on')
    expect(town.verify() == '', town.verify())


@fact
def who_sees_the_stub_asks_for_access_and_learns_no_more_and_manager_and_administrator_have_it_as_a_task(town):
    made['log'] = town.log('kvikk')
    task = 'ber om tilgang til loggen'
    for name in ('holder', 'manager', 'admin'):
        expect(made[name].get(act('access_ask')).status == 404, name)
    page = made['guardian'].open(made['guardian'].open(made['log']).link('Be om tilgang til loggen'))
    expect('Kvikk' not in page.text, 'nothing of the log', page)
    stale = made['guardian'].open(act('access_ask')).form('access_ask')
    wrong = made['guardian'].send(page.form('access_ask'), reason=' ')
    expect(wrong.status == 422 and 'reason' in wrong.errors, wrong)
    form = wrong.form('access_ask')
    page = made['guardian'].follow(made['guardian'].send(form, reason='Vi skal flytte, og skolen spør.'))
    expect('Spørsmålet ditt er sendt kl.' in page.text and 'skolen spør' not in page.text, 'no more than before', page)
    entries = town.counts()['entry']
    expect(made['guardian'].send(form, reason='Vi skal flytte, og skolen spør.').status == 303 and town.counts()['entry'] == entries, 'twice is once')
    again = made['guardian'].send(stale, reason='Og en gang til.')
    expect(again.status == 422 and 'De har ikke svart ennå' in again.text, again)
    for name in ('manager', 'admin'):
        expect(task in made[name].open('/mine').text, name)
    expect(task not in made['guardian'].open('/varsler').text and task not in made['holder'].open('/varsler').text)


@fact
def what_was_answered_stands_in_the_log_and_ends_the_task_and_the_asker_still_sees_the_stub(town):
    for name in ('guardian', 'holder'):
        expect(made[name].get(act('access_answer')).status == 404, name)
    page = made['manager'].open(made['manager'].open(made['log']).link('Svar på spørsmålet om tilgang'))
    expect('Vi skal flytte, og skolen spør.' in page.text and 'Stram Ørret' in page.text, 'what is answered stands above the form', page)
    late = made['admin'].open(act('access_answer')).form('access_answer')
    page = made['manager'].follow(made['manager'].send(page.form('access_answer'), answer='Jeg har ringt og forklart.'))
    expect('Svaret er lagret kl.' in page.text and 'Vi skal flytte, og skolen spør.' in page.text and 'Jeg har ringt' in page.text, page)
    page = made['admin'].send(late, answer='Jeg også.')
    expect(page.status in (403, 404, 409, 422), 'answered already', page)
    for name in ('manager', 'admin'):
        expect('ber om tilgang til loggen' not in made[name].open('/mine').text, name)
    page = made['guardian'].open(made['log'])
    expect('Jeg har ringt' not in page.text and 'Be om tilgang til loggen' in page.text, 'they may ask again', page)


def passes(town, how_long):
    town.stack.command('clock', *town.stack.place, 'advance', how_long)
    for key, name in (('guardian', 'Stram Ørret'), ('holder', 'Klok Elv'), ('manager', 'Bred Ås'), ('admin', 'Klar Fjord')):
        made[key] = town.signed_in(name)
    town.stack.command('jobs', *town.stack.place, 'run', 'life')


@fact
def the_manager_sees_each_passive_log_of_the_own_unit_with_its_age_and_what_comes_next(town):
    made['log'] = town.log('glad')
    expect(made['holder'].send(made['holder'].open(act('log_close')).form('log_close'), reason='1').status == 303)
    page = made['manager'].open('/passive')
    expect('Kvikk Ørret' in page.text and 'Glad' in page.text and '0 måneder' in page.text and 'Modig' not in page.text, page)
    expect('Loggen har vært passiv i 1 måned' in page.text, 'what comes next', page)
    expect('tiden den ble forlenget med, er ute' in page.text, 'of the one that was prolonged', page)
    passes(town, '40d')
    page = made['manager'].open('/passive')
    expect('1 måned' in page.text and 'Loggen har vært passiv i 3 måneder' in page.text, page)
    expect('Loggen har vært passiv i 1 måned' in made['manager'].open('/varsler').text, 'reminded')
    passes(town, '60d')
    expect('Loggen har vært passiv i 3 måneder' in made['manager'].open('/varsler').text and
           'Loggen har vært passiv i 6 måneder' in made['manager'].open('/passive').text)
    listed = Api(town, made['manager']).get('/api/v1/passive').document['logs']
    expect([(log['id'], log['next']) for log in listed] == [(town.log('kvikk').split('/')[2], 'prolonged_end'),
                                                            (made['log'].split('/')[2], 'passive_remind_6')], listed)


@fact
def an_administrator_sees_all_of_them_by_number_and_nobody_else_sees_any(town):
    page = made['admin'].open('/passive')
    number = Api(town, made['manager']).get('/api/v1/passive').document['logs'][0]['number']
    expect(number in page.text and 'Kvikk' not in page.text and 'skole' in page.text, page)
    expect('child_name' not in Api(town, made['admin']).get('/api/v1/passive').document['logs'][0])
    for name in ('Stram Ørret', 'Klok Elv', 'Rolig Vind'):
        page = town.signed_in(name).open('/passive')
        expect('Kvikk' not in page.text and number not in page.text, name, page)
    other = next(person['name'] for person in town.nordvaer.people
                 if person['name'] not in ('Bred Ås', 'Klar Fjord') and leads(town, person['id']))
    page = town.signed_in(other).open('/passive')
    expect('Kvikk' not in page.text and number not in page.text, other, page)


def leads(town, person):
    database = sqlite3.connect(f'file:{town.database()}?mode=ro', uri=True, timeout=10)
    found = database.execute('SELECT 1 FROM role WHERE lower(hex(person))=? AND role=2 AND to_at=0', (person,)).fetchone()
    database.close()
    return found


@fact
def each_of_two_guardians_asks_once_and_learns_nothing_of_what_the_other_has_asked(town):
    log = town.log('modig')
    at = f'{log}/handling/access_ask'
    form = made['holder'].open(f'{log}/handling/log_close').form('log_close')
    expect(made['holder'].send(form, reason='1').status == 303)
    first, second = town.signed_in('Høy Lerke'), town.signed_in('Lys Lerke')
    before, form_before = second.open(log), second.open(at)
    expect(first.send(first.open(at).form('access_ask'), reason='Jeg vil lese den.').status == 303)
    after = second.open(log)
    expect(len(after.links(at)) == len(before.links(at)) == 1, 'the same stub as before', after)
    expect(second.open(at).text == form_before.text, 'and the same form', second.open(at))
    expect(second.send(second.open(at).form('access_ask'), reason='Jeg også.').status == 303, 'they ask themselves')
    for browser in (first, second):
        again = browser.send(browser.open(at).form('access_ask'), reason='En gang til.')
        expect(again.status == 422 and 'ligger allerede hos kommunen' in again.text, again)
    page = made['manager'].open(log)
    expect('Jeg vil lese den.' in page.text and 'Jeg også.' in page.text, 'both stand in the log', page)
    answer = made['manager'].open(f'{log}/handling/access_answer').form('access_answer')
    expect(made['manager'].send(answer, answer='Jeg har ringt begge.').status == 303)
    expect(first.send(first.open(at).form('access_ask'), reason='Og nå?').status == 303, 'answered, they may ask again')


if __name__ == '__main__':
    main(mode='test')
