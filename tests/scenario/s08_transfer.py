#!/usr/bin/env python3
"""s08_transfer.py - a log follows its child to another unit of the municipality: proposed, said yes to, decided, taken, in this order and no
other; the former unit reads what it wrote and nothing else, for three months. On SQLite, and with POSTGRES in the environment on PostgreSQL."""
import contextlib
import os
import re

import scenario
from consent_race import at_once
from documents import Api
from ending import approves, decides, may_be_stopped, orders, sends, to_the_end
from scenario import DATABASE, day, expect, fact, main
from stranger import Hand

SCHOOL, NURSERY = 'Bjørkelia skole', 'Regnbuen barnehage'
made = {}
scenario.facts.clear()   # those of the other files are their own
HASH = re.compile(r'\b[0-9a-f]{64}\b')


def act(name):
    return f'{made["log"]}/handling/{name}'


@contextlib.contextmanager
def about(town, name):
    """Another log of the town meanwhile."""
    kept, made['log'] = made['log'], town.log(name)
    try:
        yield
    finally:
        made['log'] = kept


def sign_in(town):
    for key, name, *role in (('holder', 'Klok Elv'), ('guardian', 'Stram Ørret'), ('actor', 'Rolig Vind'), ('manager', 'Bred Ås'),
                             ('admin', 'Klar Fjord'), ('next', 'Trygg Havn'), ('other', 'Mild Eng', NURSERY), ('elsewhere', 'Mild Eng', 'PPT')):
        made[key] = town.signed_in(name, *role)


def passes(town, how_long):
    town.stack.command('clock', *town.stack.place, 'advance', how_long)
    town.stack.command('jobs', *town.stack.place, 'run', 'life')
    sign_in(town)


def unit_of(form, field, name):
    return next(value for value, label in form[field].options if name in label)


def propose(who, unit=NURSERY):
    form = made[who].open(act('transfer_propose')).form('transfer_propose')
    return made[who].send(form, unit=unit_of(form, 'unit', unit), on=day(60))


def say_yes():
    return made['guardian'].send(made['guardian'].open(act('transfer_consent')).form('transfer_consent'))


def record():
    form = made['holder'].open(act('transfer_consent_record')).form('transfer_consent_record')
    giver = next((value for value, label in form['giver'].options if label.startswith('Blank')), form['giver'].value)
    return made['holder'].send(form, giver=giver, given_on=day(), method='3', witness='Bred Ås')


def proposed_and_agreed():
    """By everybody who must, one after the other."""
    expect(propose('holder').status == 303)
    form = made['holder'].open(act('transfer_consent_record')).form('transfer_consent_record')
    for giver in [value for value, label in form['giver'].options if value] or [form['giver'].value]:
        form = made['holder'].open(act('transfer_consent_record')).form('transfer_consent_record')
        expect(made['holder'].send(form, giver=giver, given_on=day(), method='3', witness='Bred Ås').status == 303)


def decide():
    return made['manager'].send(made['manager'].open(act('transfer_decide')).form('transfer_decide'), grunn='transfer')


def take(form=None, **changes):
    form = form or made['other'].open(act('transfer_accept')).form('transfer_accept')
    return made['other'].send(form, **{'holder': unit_of(form, 'holder', 'Trygg Havn'), **changes})


def cancel(who):
    return made[who].send(made[who].open(act('transfer_cancel')).form('transfer_cancel'))


def waits_at(who):
    """What the unit is asked to take; its manager has it among what waits as long as that, and no longer."""
    links = made[who].open('/overforinger').links('/handling/transfer_accept')
    expect(who != 'other' or bool(links) == ('En overføring av en logg venter på svar' in made[who].open('/mine').text), who, links)
    return links


@fact
def holder_or_manager_propose_and_nobody_else(town):
    made['log'] = town.log('kvikk')
    sign_in(town)
    made['before'] = town.write(made['holder'], made['log'], 'note', text='Skrevet på skolen.')[1]
    for who in ('guardian', 'actor', 'admin', 'next', 'other'):
        expect(made[who].get(act('transfer_propose')).status in (403, 404), who)
    form = made['holder'].open(act('transfer_propose')).form('transfer_propose')
    expect(SCHOOL not in [label for _, label in form['unit'].options], 'not to where it is', form['unit'].options)
    wrong = made['holder'].send(form, unit='', on=day(-1))
    expect(wrong.status == 422 and 'unit' in wrong.errors and 'on' in wrong.errors, wrong)
    for step in ('transfer_consent', 'transfer_consent_record', 'transfer_decide', 'transfer_accept', 'transfer_cancel'):
        for who in ('holder', 'manager', 'guardian', 'other'):
            expect(made[who].get(act(step)).status in (403, 404) or made[who].get(act(step)).location, 'nothing waits', step, who)
    page = made['holder'].follow(propose('holder'))
    expect('Overføringen er foreslått kl.' in page.text and 'Overføring foreslått' in page.text and NURSERY in page.text, page)
    expect(made['holder'].get(act('transfer_propose')).status in (403, 404), 'one at a time')


@fact
def what_a_manager_decides_for_a_transfer_is_no_decision_about_a_deletion(town):
    sign_in(town)
    with about(town, 'glad'):
        proposed_and_agreed()
        expect(sends(made['holder'], made['log'], 'log_close', reason='1').status == 303)
        expect(decides(made['manager'], made['log']).status == 303, 'of the transfer')
        expect(cancel('manager').status == 303)
        expect(orders(made['admin'], made['log']).status != 303, 'no order rests on it')
        expect(decides(made['admin'], made['log']).status == 303 and orders(made['admin'], made['log']).status == 303)


@fact
def the_unit_that_is_asked_learns_nothing_before_the_family_has_said_yes_and_it_is_decided(town):
    for who in ('other', 'next', 'elsewhere'):
        expect(not waits_at(who) and 'venter på svar' not in made[who].open('/varsler').text, who)
        for path in (made['log'], act('transfer_accept'), act('transfer_cancel'), f'{made["log"]}/sett'):
            expect(made[who].get(path).status == 404, who, path)
    expect('venter på svar' in made['guardian'].open('/varsler').text and 'venter på svar' in made['manager'].open('/varsler').text)


@fact
def out_of_order_is_refused(town):
    expect(made['manager'].get(act('transfer_decide')).status in (403, 404), 'nobody has said yes')
    page = made['guardian'].open(act('transfer_consent'))
    expect(NURSERY in page.text and SCHOOL in page.text, 'what it names', page)
    for who in ('holder', 'actor', 'admin', 'other'):
        expect(made[who].get(act('transfer_consent')).status in (403, 404), who)
    made['twice'] = page.form('transfer_consent')
    page = made['guardian'].follow(made['guardian'].send(made['twice']))
    expect('Du har sagt ja til overføringen kl.' in page.text, page)
    expect(made['guardian'].send(made['twice']).status == 303, 'twice is once')
    again = made['guardian'].get(act('transfer_consent'))
    if again.status == 200:
        again = made['guardian'].send(again.form('transfer_consent'))
        expect(again.status == 422 and 'Du har sagt ja allerede' in again.text, again)
    expect(made['manager'].get(act('transfer_decide')).status in (403, 404), 'one of two')
    form = made['holder'].open(act('transfer_consent_record')).form('transfer_consent_record')
    blank = next(value for value, label in form['giver'].options if label.startswith('Blank'))
    stram = next(value for value, label in form['giver'].options if label.startswith('Stram'))
    wrong = made['holder'].send(form, giver=blank, given_on=day(), method='3', witness='')
    expect(wrong.status == 422 and 'witness' in wrong.errors, wrong)
    wrong = made['holder'].send(wrong.form('transfer_consent_record'), giver=stram, given_on=day(), method='3', witness='Bred Ås')
    expect(wrong.status == 422 and 'har sagt ja allerede' in wrong.text, wrong)
    wrong = made['holder'].send(wrong.form('transfer_consent_record'), giver=blank, given_on=day(), method='1')
    expect(wrong.status == 422 and 'document' in wrong.errors, 'what was signed comes with it', wrong)
    page = made['holder'].follow(record())
    expect('Samtykket til overføringen er registrert kl.' in page.text, page)
    expect(not waits_at('other') and made['other'].get(act('transfer_accept')).status == 404, 'it is not decided')


@fact
def the_manager_decides_and_the_unit_is_asked_and_sees_neither_name_nor_content(town):
    for who in ('holder', 'guardian', 'actor', 'other', 'admin'):
        expect(made[who].get(act('transfer_decide')).status in (403, 404), who)
    decided = decide()
    expect(decided.status == 303, decided)
    expect(waits_at('other') and not waits_at('elsewhere'), made['other'].open('/overforinger'))
    expect('venter på svar' in made['other'].open('/varsler').text)
    page = made['other'].open(act('transfer_accept'))
    expect(SCHOOL in page.text and 'Kvikk' not in page.text and not re.search(r'\b[0-9]{8}\b', page.text), 'nor which log it is', page)
    expect([label for _, label in page.form('transfer_accept')['holder'].options if 'Havn' in label], page)
    for path in (made['log'], f'{made["log"]}/sett', f'{made["log"]}/samtykke'):
        expect(made['other'].get(path).status == 404, path)
    for who in ('elsewhere', 'next', 'manager', 'holder', 'admin', 'guardian'):
        expect(made[who].get(act('transfer_accept')).status in (403, 404), who)


@fact
def what_is_written_after_the_decision_asks_for_a_new_one(town):
    made['form'] = made['other'].open(act('transfer_accept')).form('transfer_accept')
    town.write(made['holder'], made['log'], 'note', text='Skrevet etter avgjørelsen.')
    page = take(made['form'])
    expect(page.status == 422 and 'avgjøre det på nytt' in page.text and 'Skrevet' not in page.text, page)
    decided = decide()
    expect(decided.status == 303, decided)


@fact
def it_is_called_off_by_any_of_them_and_begins_anew(town):
    for who in ('other', 'guardian', 'holder', 'manager'):
        stale = made['other'].open(act('transfer_accept')).form('transfer_accept')
        expect(cancel(who).status == 303, who)
        expect(take(stale).status in (404, 409, 422), 'what was called off is taken by nobody', who)
        expect(made['other'].get(act('transfer_accept')).status == 404 and not waits_at('other'), who)
        expect(made['holder'].open(made['log']).status == 200, who)
        for step in (lambda: propose('holder'), say_yes, record, decide):
            expect(step().status == 303, who)


@fact
def when_one_of_those_who_said_yes_leaves_the_unit_is_asked_no_more_and_it_is_called_off(town):
    sign_in(town)
    with about(town, 'blid'):
        proposed_and_agreed()
        expect(decide().status == 303 and any(made['log'] in link for link in waits_at('other')))
        leave = made['holder'].open(made['holder'].open(f'{made["log"]}/deltakere').links('/deltakere/slutt/')[0])
        expect(made['holder'].send(leave.form(leave.path)).status == 303)
        expect(not any(made['log'] in link for link in made['other'].open('/overforinger').links('/handling/transfer_accept')))
        expect(made['other'].get(act('transfer_accept')).status == 404, 'the unit that was asked')
        for step in ('transfer_decide', 'archive_decide'):
            expect(made['manager'].get(act(step)).status in (403, 404), step)
        expect(cancel('manager').status == 303)


@fact
def thirty_days_after_the_proposal_it_is_over_at_midnight(town):
    passes(town, '30d')
    expect(waits_at('other'), 'the last day')
    passes(town, '24h')
    expect(not waits_at('other') and made['other'].get(act('transfer_accept')).status == 404)
    for who in ('holder', 'manager', 'guardian'):
        expect('ble ikke noe av' in made[who].open('/varsler').text, who)
    expect(made['holder'].get(act('transfer_cancel')).status in (403, 404))
    for step in (lambda: propose('holder'), say_yes, record, decide):
        expect(step().status == 303)


@fact
def of_accept_and_cancel_at_once_one_holds(town):
    taking = made['other'].open(act('transfer_accept')).form('transfer_accept')
    calling = made['guardian'].open(act('transfer_cancel')).form('transfer_cancel')
    for _ in range(int(os.environ.get('ROUNDS', '1'))):
        answers = at_once([lambda: made['guardian'].send(calling), lambda: take(taking)])
        expect(sum(answer.status == 303 for answer in answers) == 1, [answer.status for answer in answers])
    if answers[0].status == 303:
        for step in (lambda: propose('holder'), say_yes, record, decide):
            expect(step().status == 303)
        taking = made['other'].open(act('transfer_accept')).form('transfer_accept')
        answers = at_once([lambda: take(taking), lambda: take(taking)])
        expect(all(answer.status in (303, 404, 409, 422) for answer in answers) and 303 in [a.status for a in answers], answers)


@fact
def it_is_taken_by_one_act_the_holder_is_out_and_the_new_one_has_it(town):
    hand, number = Hand(town), made['log'].split('/')[-1]
    log = hand.run(f'SELECT unit,holder FROM log WHERE id={{{number}}}')[0]
    expect(log == (town.nordvaer.unit(NURSERY), town.nordvaer.person('Trygg Havn')) or list(log) == [town.nordvaer.unit(NURSERY), town.nordvaer.person('Trygg Havn')], log)
    page = made['next'].open(made['log'])
    expect(page.heading == 'Kvikk Ørret' and 'Skrevet på skolen.' in scenario.whole(made['next'], made['log']), page)
    made['hash'] = HASH.search(page.text)
    expect(made['hash'] and 'Overført' in page.text, page)
    expect(made['guardian'].open(made['log']).heading and made['actor'].get(made['log']).status in (403, 404), 'who is not named any more is out')
    page = made['next'].open(f'{made["log"]}/samtykke')
    expect(page.text.count(NURSERY) >= 2, 'the consents name the new unit', page)


@fact
def the_former_unit_reads_its_part_and_does_nothing_to_it(town):
    town.write(made['next'], made['log'], 'note', text='Skrevet i barnehagen.')
    for who in ('holder', 'manager'):
        expect(made[who].open('/overforinger').links(made['log']), who)
        page = made[who].open(made['log'])
        expect('Skrevet på skolen.' in scenario.whole(made[who], made['log']) and 'den delen dere skrev' in page.text, who, page)
        expect('Skrevet i barnehagen.' not in scenario.whole(made[who], made['log']), who)
        expect(HASH.search(page.text).group(0) == made['hash'].group(0), 'the same hash on both sides')
        expect(not page.links('/handling/') and not page.links('/ny/') and not page.links('/rett/'), who, page.links('/handling/'))
        for path in ('/sett', '/samtykke', '/ny/note', '/handling/log_close', '/handling/transfer_propose',
                     '/handling/withdrawal_record', f'/rett/{made["before"]}'):
            expect(made[who].get(made['log'] + path).status in (403, 404), who, path)
    for who in ('other', 'elsewhere'):
        expect(not made[who].open('/overforinger').links('/logg/'), who)
    told = Api(town, made['holder']).get(made['log'].replace('/logg/', '/api/v1/logs/'))
    expect(told.status == 200 and 'Skrevet på skolen.' in str(told.document) and 'Skrevet i barnehagen.' not in str(told.document), told)
    expect('Trygg Havn' not in str(told.document) and 'Blank' in str(told.document), 'who took part until then', told.document)


@fact
def what_was_written_before_is_changed_by_nobody(town):
    for who in ('next', 'guardian'):
        page = made[who].get(f'{made["log"]}/rett/{made["before"]}')
        expect(page.status in (403, 404), who, page)
    address = f'{made["log"].replace("/logg/", "/api/v1/logs/")}/entries/{made["before"]}'
    answer = Api(town, made['next']).send('PUT', f'{address}/note', {'note_kind': '1', 'text': 'Endret.'}, version=1)
    expect(answer.status in (403, 404), answer.status)
    answer = Api(town, made['next']).send('POST', f'{address}/removal', {'reason': 'Feil.'}, version=1)
    expect(answer.status in (403, 404), answer.status)
    expect('Endret.' not in scenario.whole(made['next'], made['log']))


@fact
def a_program_sees_what_waits_and_what_was_given_away(town):
    left = Api(town, made['holder']).open('/api/v1/transfers')
    expect([one['unit'] for one in left['left']] == [NURSERY] and left['asked'] == [], left)
    expect(Api(town, made['next']).open('/api/v1/transfers')['left'] == [])


@fact
def after_three_months_it_reads_it_no_more(town):
    passes(town, '85d')
    expect(made['holder'].get(made['log']).status == 200)
    passes(town, '10d')
    for who in ('holder', 'manager'):
        expect(made[who].get(made['log']).status in (403, 404) and not made[who].open('/overforinger').links('/logg/'), who)
    expect(made['next'].get(made['log']).status == 200)
    expect(town.verify() == '', town.verify())


@fact
def it_is_purged_whole_and_nothing_of_the_way_that_it_went_stays(town):
    may_be_stopped(made['admin'])
    expect(sends(made['next'], made['log'], 'log_close', reason='1').status == 303)
    expect(decides(made['admin'], made['log']).status == 303 and orders(made['admin'], made['log']).status == 303)
    expect(approves(made['other'], made['log']).status == 303, 'by the manager of the unit that has it')
    to_the_end(town, made['log'], 6, 'Kvikk', ('Klok Elv', 'Bred Ås', 'Trygg Havn', 'Stram Ørret', ('Mild Eng', NURSERY)))
    hand, number = Hand(town), made['log'].split('/')[-1]
    expect(not list(hand.run(f'SELECT id FROM transfer WHERE log={{{number}}}')), 'no row of a transfer')
    for name, *role in (('Klok Elv',), ('Bred Ås',), ('Trygg Havn',), ('Mild Eng', NURSERY)):
        expect(not town.signed_in(name, *role).open('/overforinger').links('/logg/'), name)


if __name__ == '__main__':
    main(mode='test', database=DATABASE)
