#!/usr/bin/env python3
"""s09_no_transfer_consent.py - moved, and nobody has consented to a transfer: after three quiet months the log is set passive, and the
municipality that the child moved to gets and sees nothing."""
from documents import Api
from ending import approves, decides, may_be_stopped, orders, to_the_end
from scenario import DATABASE, NORDVAER, SORVAER, day, expect, fact, main

made = {}
ASKED = 'Barnet har flyttet, og loggen er stille'


def act(name):
    return f'{made["log"]}/handling/{name}'


def passes(town, how_long):
    town.stack.command('clock', *town.stack.place, 'advance', how_long)
    town.stack.command('jobs', *town.stack.place, 'run', 'life')
    for key, name in (('guardian', 'Stram Ørret'), ('holder', 'Klok Elv'), ('manager', 'Bred Ås'), ('admin', 'Klar Fjord'),
                      ('actor', 'Rolig Vind')):
        made[key] = town.signed_in(name)


@fact
def proposed_within_the_municipality_and_not_answered_the_other_unit_learns_nothing_and_it_is_over(town):
    made['log'] = town.log('kvikk')
    holder = town.signed_in('Klok Elv')
    form = holder.open(act('transfer_propose')).form('transfer_propose')
    unit = next(value for value, label in form['unit'].options if 'Regnbuen' in label)
    expect(holder.send(form, unit=unit, on=day(20)).status == 303)
    guardian = town.signed_in('Stram Ørret')
    expect(guardian.send(guardian.open(act('transfer_consent')).form('transfer_consent')).status == 303, 'one of two')
    for wait in ('1d', '29d', '24h'):
        passes(town, wait)
        other = town.signed_in('Mild Eng', 'Regnbuen')
        expect(other.get(made['log']).status == 404 and other.get(act('transfer_accept')).status == 404, wait)
        expect(not other.open('/overforinger').links('/logg/') and 'overføring' not in other.open('/varsler').text, wait)
    expect('ble ikke noe av' in made['holder'].open('/varsler').text and made['guardian'].get(act('transfer_consent')).status in (403, 404))


@fact
def of_a_protected_child_a_guardian_is_told_no_unit_not_by_its_id_either(town):
    made['log'] = town.log('blid')
    holder, unit = town.signed_in('Klok Elv'), town.nordvaer.unit('Regnbuen')
    address = f'/api/v1/logs/{made["log"].split("/")[-1]}'
    forms = [form for page in holder.open(made['log']).links('/rett/') for form in holder.open(page).forms]
    expect(holder.save(next(form for form in forms if 'protection' in form.fields), protection='2', address=''))
    form = holder.open(act('transfer_propose')).form('transfer_propose')
    page = holder.send(form, unit=unit, on=day(60))
    expect(page.status == 303, page)
    expect(unit in Api(town, holder).get(address).text, 'the holder sees where it may go')
    guardian = town.signed_in('Varm Bjørk')
    expect(unit not in Api(town, guardian).get(address).text and 'Regnbuen' not in guardian.open(made['log']).text)
    page = guardian.open(act('transfer_consent'))
    expect(unit not in page.text and 'Regnbuen' not in page.text, page)
    expect(guardian.send(page.form('transfer_consent')).status == 303, 'they answer without being told')


@fact
def three_months_after_the_last_activity_holder_and_manager_are_asked_to_set_it_passive_and_not_before(town):
    made['log'] = town.log('kvikk')
    holder = town.signed_in('Klok Elv')
    town.write(holder, made['log'], 'note', text='Det siste før flyttingen.')
    expect(holder.send(holder.open(act('moved_record')).form('moved_record')).status == 303)
    passes(town, '85d')
    for name in ('holder', 'manager'):
        expect(ASKED not in made[name].open('/mine').text, 'the days before', name)
    passes(town, '10d')
    for name in ('holder', 'manager'):
        expect(ASKED in made[name].open('/mine').text, name)
    for name in ('guardian', 'actor', 'admin'):
        expect(ASKED not in made[name].open('/varsler').text, name)


@fact
def nobody_else_sets_it_passive_and_writing_ends_the_task(town):
    for name in ('guardian', 'actor', 'admin'):
        expect(made[name].get(act('log_close')).status == 404, name)
    town.write(made['holder'], made['log'], 'note', text='Familien ringte.')
    expect(ASKED not in made['holder'].open('/mine').text, 'it is active')
    passes(town, '95d')
    expect(ASKED in made['manager'].open('/mine').text, 'and asked about anew')


@fact
def set_passive_with_the_reason_that_the_child_has_moved_manager_and_administrator_alone_read_it(town):
    late = made['manager'].open(act('log_close')).form('log_close')
    form = made['holder'].open(act('log_close')).form('log_close')
    page = made['holder'].follow(made['holder'].send(form, reason='4'))
    expect('Loggen er satt passiv kl.' in page.text and made['holder'].send(form, reason='4').status == 303, page)
    page = made['manager'].send(late, reason='4', grunn='closing')
    expect(page.status in (403, 404, 409, 422), 'once', page)
    for name in ('manager', 'admin'):
        expect(made[name].open(made['log']).heading == 'Kvikk Ørret' and ASKED not in made[name].open('/mine').text, name)
    expect('Kvikk Ørret' in made['manager'].open('/passive').text)
    expect('Det siste før flyttingen.' not in made['guardian'].open(made['log']).text, 'a stub for the family')
    expect(made['actor'].get(made['log']).status == 404 and made['holder'].get(f'{made["log"]}/ny/note').status == 404)


@fact
def the_recipient_gets_nothing_and_sees_nothing(town):
    for name in ('Klok Elv', 'Bred Ås', 'Klar Fjord', 'Stram Ørret'):
        browser = town.signed_in(name, number=SORVAER)
        expect(browser.get(made['log']).status == 404, name)
        expect(made['log'] not in ' '.join(browser.open('/varsler').links('/logg/')), name)
    expect(town.verify() == '', town.verify())


@fact
def what_moved_with_nobody_is_decided_ordered_approved_and_goes_to_its_end(town):
    may_be_stopped(made['admin'])
    expect(decides(made['admin'], made['log']).status == 303 and orders(made['admin'], made['log']).status == 303)
    expect(approves(made['manager'], made['log']).status == 303)
    to_the_end(town, made['log'], 6, 'Kvikk', ('Klok Elv', 'Bred Ås', 'Rolig Vind', 'Stram Ørret', ('Mild Eng', 'Regnbuen')))


if __name__ == '__main__':
    main(mode='test', numbers=(NORDVAER, SORVAER), database=DATABASE)
