#!/usr/bin/env python3
"""s05_no_activity.py - nothing happens any more: holder and manager confirm that the log stays open, twice at most, or close it."""
import sqlite3

from documents import Api
from scenario import expect, fact, main

made = {}
LINK = 'Bekreft at loggen skal stå åpen'


def act(name):
    return f'{made["log"]}/handling/{name}'


def passes(town, how_long='63d'):
    town.stack.command('clock', *town.stack.place, 'advance', how_long)
    for key, name in (('holder', 'Klok Elv'), ('manager', 'Bred Ås'), ('guardian', 'Stram Ørret'), ('actor', 'Rolig Vind'),
                      ('admin', 'Klar Fjord')):
        made[key] = town.signed_in(name)


def night(town, how_long):
    passes(town, how_long)
    town.stack.command('jobs', *town.stack.place, 'run', 'life')


def waiting(town, browser):
    """What waits about this log: its own line among the tasks."""
    return ' '.join(words for address, words in browser.open('/mine').reader.links if made['log'] in address)


def texts(page):
    return [words for _, words in page.reader.links]


def wakes_on(town):
    database = sqlite3.connect(f'file:{town.database()}?mode=ro', uri=True, timeout=10)
    (wake,), = database.execute("SELECT wake_on FROM log WHERE hex(id)=?", (made['log'].split('/')[2].upper(),))
    database.close()
    return wake


@fact
def nobody_is_asked_about_a_log_in_which_somebody_has_written_in_the_last_months(town):
    made['log'] = town.log('kvikk')
    admin = town.signed_in('Klar Fjord')
    saved = admin.send(admin.open('/innstillinger').form('/innstillinger'), inactivity_months='2')
    expect(saved.status == 303, saved)
    passes(town, '40d')
    expect(LINK not in texts(made['holder'].open(made['log'])), 'not asked')
    page = made['holder'].open(act('activity_confirm'))
    page = made['holder'].send(page.form('activity_confirm'), reason='Vi holder på.')
    expect(page.status == 422 and 'eller noen har skrevet i den nylig' in page.text, 'there is nothing to confirm yet', page)


@fact
def after_the_months_of_the_municipality_holder_and_manager_may_confirm_or_close_and_nobody_else_may(town):
    passes(town, '23d')
    for browser in (made['guardian'], made['actor']):
        expect(browser.get(act('activity_confirm')).status == 404, 'not for them')
        expect(LINK not in texts(browser.open(made['log'])), 'nor is it offered')
    expect(made['admin'].get(act('activity_confirm')).status == 404, 'not for the administrator')
    for browser, address in ((made['holder'], made['log']), (made['manager'], made['log'] + '?grunn=supervision')):
        links = texts(browser.open(address))
        expect(LINK in links and 'Sett loggen passiv' in links, links)


@fact
def a_confirmation_says_who_and_why_and_the_family_reads_it(town):
    page = made['holder'].open(made['holder'].open(made['log']).link(LINK))
    expect('to ganger på rad' in page.text, 'said before it is done', page)
    wrong = made['holder'].send(page.form('activity_confirm'), reason=' ')
    expect(wrong.status == 422 and 'reason' in wrong.errors, wrong)
    made['form'] = wrong.form('activity_confirm')
    before = wakes_on(town)
    page = made['holder'].follow(made['holder'].send(made['form'], reason='Vi venter på utredningen.'))
    expect('Det er bekreftet at loggen skal stå åpen kl.' in page.text and LINK not in texts(page), page)
    expect(wakes_on(town) > before, 'the clock starts anew')
    page = made['guardian'].open(made['log'])
    expect('Loggen skal stå åpen' in page.text and 'Vi venter på utredningen.' in page.text and 'Klok Elv' in page.text, page)


@fact
def the_same_form_again_is_no_second_confirmation(town):
    before = town.counts()['entry']
    expect(made['holder'].send(made['form'], reason='Vi venter på utredningen.').status == 303)
    expect(town.counts()['entry'] == before)


@fact
def reading_is_no_activity_and_the_manager_confirms_the_second_time(town):
    passes(town)
    made['guardian'].open(made['log'])
    page = made['manager'].open(act('activity_confirm'))
    wrong = made['manager'].send(page.form('activity_confirm'), reason='Skolen er enig.')
    expect(wrong.status == 422 and 'grunn' in wrong.errors, 'a manager says why they look', wrong)
    page = made['manager'].follow(made['manager'].send(wrong.form('activity_confirm'), reason='Skolen er enig.', grunn='supervision'))
    expect('Det er bekreftet at loggen skal stå åpen kl.' in page.text, page)


@fact
def a_third_confirmation_in_a_row_is_refused_with_words_and_the_clock_does_not_move(town):
    passes(town)
    before, wake = town.counts()['entry'], wakes_on(town)
    for name, fields in (('holder', {}), ('manager', {'grunn': 'supervision'})):
        page = made[name].open(act('activity_confirm'))
        page = made[name].send(page.form('activity_confirm'), reason='Enda en gang.', **fields)
        expect(page.status == 422 and 'allerede bekreftet to ganger på rad' in page.text, page)
        expect(page.form('activity_confirm')['reason'].value == 'Enda en gang.', 'what was typed is given back')
    api = Api(town, made['holder'])
    answer = api.send('POST', act('activity_confirm').replace('/logg/', '/api/v1/logs/').replace('/handling/', '/acts/'), {'reason': 'Nei'})
    expect(answer.status == 422, answer.status)
    expect(town.counts()['entry'] == before and wakes_on(town) == wake, 'nothing changed')


@fact
def what_is_written_makes_it_a_living_log_again(town):
    town.write(made['holder'], made['log'], 'note', text='Utredningen er ferdig.')
    expect(LINK not in texts(made['holder'].open(made['log'])), 'nobody is asked')


@fact
def holder_and_manager_have_it_as_a_task_and_the_administrator_after_twice_the_time_and_not_before(town):
    task, listed = 'Ingen har skrevet i loggen på lenge', 'uten aktivitet dobbelt så lenge som fristen'
    form = made['admin'].open('/innstillinger').form('/innstillinger')
    expect(made['admin'].send(form, inactivity_months='1').status == 303)
    night(town, '25d')
    expect(all(task not in waiting(town, made[name]) for name in ('holder', 'manager')), 'the days before')
    night(town, '8d')
    expect(all(task in waiting(town, made[name]) for name in ('holder', 'manager')))
    expect(all(task not in made[name].open('/varsler').text for name in ('guardian', 'actor')))
    night(town, '20d')
    expect(listed not in waiting(town, made['admin']), 'the days before')
    night(town, '10d')
    expect(listed in waiting(town, made['admin']) and listed not in waiting(town, made['manager']))
    page = made['admin'].open(made['admin'].open('/passive').link('Logger uten aktivitet'))
    expect(made['log'] in [address for address, _ in page.reader.links] and 'Kvikk' not in page.text, 'by its number', page)
    expect('Kvikk Ørret' in made['holder'].open('/stille').text, 'the holder by the name')
    expect(made['log'] in [address for address, _ in made['manager'].open('/stille').reader.links], 'and the manager, who gives a reason first')
    for name in ('guardian', 'actor'):
        expect('Ingen logger venter på deg.' in made[name].open('/stille').text, name)


@fact
def set_passive_with_its_reason_the_log_is_read_by_manager_and_administrator_alone(town):
    page = made['holder'].open(act('log_close'))
    page = made['holder'].follow(made['holder'].send(page.form('log_close'), reason='7'))
    expect('Loggen er satt passiv kl.' in page.text, page)
    expect(made['holder'].get(made['log']).status in (200, 404) and made['holder'].get(act('activity_confirm')).status == 404)
    for name in ('admin', 'manager'):
        expect(made['log'] not in [address for address, _ in made[name].open('/stille').reader.links], 'it is on no list any more')
    for name in ('manager', 'admin'):
        expect(made[name].open(made['log']).heading == 'Kvikk Ørret', name)
    expect(made['manager'].get(act('activity_confirm')).status == 404, 'a passive log has nothing to confirm')
    expect(town.verify() == '', town.verify())


if __name__ == '__main__':
    main(mode='test')
