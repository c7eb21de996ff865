#!/usr/bin/env python3
"""s04_moved.py - a child moves to another municipality: the move is recorded, people keep access, and the other municipality learns nothing."""
from documents import Api
from scenario import NORDVAER, SORVAER, expect, fact, main

made = {}


def act(name):
    return f'{made["log"]}/handling/{name}'


@fact
def a_move_is_recorded_by_holder_or_manager_and_by_nobody_else(town):
    made['log'] = town.log('kvikk')
    for key, name in (('guardian', 'Stram Ørret'), ('holder', 'Klok Elv'), ('manager', 'Bred Ås'), ('admin', 'Klar Fjord'),
                      ('actor', 'Rolig Vind')):
        made[key] = town.signed_in(name)
    for name in ('guardian', 'admin', 'actor'):
        expect(made[name].get(act('moved_record')).status == 404, name)
        answer = Api(town, made[name]).send('POST', act('moved_record').replace('/logg/', '/api/v1/logs/').replace('/handling/', '/acts/'), {})
        expect(answer.status in (403, 404, 422), name, answer.document)
    made['late'] = made['manager'].open(act('moved_record')).form('moved_record')
    page = made['holder'].open(made['holder'].open(made['log']).link('Registrer at barnet har flyttet'))
    expect('Dette kan ikke gjøres om.' in page.text, page)
    made['form'] = page.form('moved_record')
    page = made['holder'].follow(made['holder'].send(made['form']))
    expect('Flyttingen er registrert kl.' in page.text, page)


@fact
def it_is_recorded_once_whoever_comes_second_and_however_often_it_is_sent(town):
    before = town.counts()['entry']
    expect(made['holder'].send(made['form']).status == 303 and town.counts()['entry'] == before, 'the same form gets its first answer')
    page = made['manager'].send(made['late'], grunn='supervision')
    expect(page.status == 422 and 'Loggen tar ikke imot dette' in page.text, page)
    expect('Registrer at barnet har flyttet' not in made['holder'].open(made['log']).text, 'nor is it offered')


@fact
def who_takes_part_keeps_access_and_goes_on_writing(town):
    for name in ('guardian', 'holder', 'actor'):
        expect(made[name].open(made['log']).status == 200, name)
    page = town.write(made['holder'], made['log'], 'note', text='Vi fortsetter til familien har flyttet.')[0]
    expect('Vi fortsetter til familien har flyttet.' in page.text, page)


@fact
def the_other_municipality_sees_nothing_and_not_even_that_there_is_a_log(town):
    absent = made['log'][:-4] + ('0000' if not made['log'].endswith('0000') else '1111')
    for name in ('Klok Elv', 'Bred Ås', 'Klar Fjord'):
        browser = town.signed_in(name, number=SORVAER)
        there, nowhere = browser.get(made['log']), browser.get(absent)
        expect(there.status == nowhere.status == 404 and there.text == nowhere.text, name, there)
        expect('Kvikk' not in browser.open('/mine').text or town.log('kvikk', SORVAER) in ' '.join(browser.open('/mine').links('/logg/')), name)
        expect(made['log'] not in ' '.join(browser.open('/mine').links('/logg/')), name)


@fact
def nothing_of_it_is_told_as_a_log_without_activity_before_its_three_months(town):
    quiet = 'Barnet har flyttet, og loggen er stille'
    town.stack.command('clock', *town.stack.place, 'advance', '85d')
    town.stack.command('jobs', *town.stack.place, 'run', 'life')
    expect(quiet not in town.signed_in('Klok Elv').open('/varsler').text, 'the day before')
    town.stack.command('clock', *town.stack.place, 'advance', '10d')
    town.stack.command('jobs', *town.stack.place, 'run', 'life')
    for name in ('Klok Elv', 'Bred Ås'):
        expect(quiet in town.signed_in(name).open('/varsler').text, name)
    for name in ('Stram Ørret', 'Rolig Vind', 'Klar Fjord'):
        expect(quiet not in town.signed_in(name).open('/varsler').text, name)
    expect(town.verify() == '', town.verify())


if __name__ == '__main__':
    main(mode='test', numbers=(NORDVAER, SORVAER))
