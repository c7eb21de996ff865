#!/usr/bin/env python3
"""s08_between.py - a log follows its child to another municipality of the installation: proposed, said yes to, decided, taken, in this order and
no other. Then there are two: one rests where it was made, and one begins where the child is, with what was written before as a part that
nobody changes. On SQLite, and with POSTGRES in the environment on PostgreSQL."""
import os
import re

import scenario
from consent_race import at_once
from documents import Api
from ending import approves, decides, orders, sends
from hand import Hand
from scenario import NORDVAER, SORVAER, day, expect, fact, main, until

NURSERY = 'Regnbuen barnehage'
PASSIVE, MOVED = '2', '4'
LEFT, STAYED, CLOSED = '147', '152', '153'   # acts of lines
made = {}
scenario.facts.clear()   # those of the other files are their own
HASH = re.compile(r'\b[0-9a-f]{64}\b')


def act(name):
    return f'{made["log"]}/handling/{name}'


def sign_in(town):
    for key, name, *role in (('holder', 'Klok Elv'), ('guardian', 'Stram Ørret'), ('actor', 'Rolig Vind'), ('manager', 'Bred Ås'),
                             ('admin', 'Klar Fjord'), ('near', 'Mild Eng', NURSERY)):
        made[key] = town.signed_in(name, *role)
    for key, name, *role in (('other', 'Mild Eng', NURSERY), ('elsewhere', 'Mild Eng', 'PPT'), ('next', 'Trygg Havn'), ('ruler', 'Klar Fjord')):
        made[key] = town.signed_in(name, *role, number=SORVAER)


def passes(town, how_long):
    town.stack.command('clock', *town.stack.place, 'advance', how_long)
    runs(town, 'life')
    goes_on(town)
    sign_in(town)


def runs(town, job):
    """serve runs it too when it is due: whoever comes second tries again."""
    until(lambda: town.stack.command('jobs', *town.stack.place, 'run', job, check=False).returncode == 0, job)


def goes_on(town):
    runs(town, 'crossings')


def labelled(form, field, words):
    return next(value for value, label in form[field].options if words in label)


def chosen(who):
    """The form once the municipality is chosen: then it offers its units."""
    form = made[who].open(act('transfer_send')).form('transfer_send')
    page = made[who].send(form, municipality=SORVAER, on=day(60))
    expect(page.status == 422, page)
    return page.form('transfer_send')


def propose(who='holder', unit=NURSERY, on=60):
    form = chosen(who)
    return made[who].send(form, unit=labelled(form, 'unit', unit), on=day(on))


def say_yes():
    return made['guardian'].send(made['guardian'].open(act('transfer_consent')).form('transfer_consent'))


def record():
    form = made['holder'].open(act('transfer_consent_record')).form('transfer_consent_record')
    giver = next((value for value, label in form['giver'].options if label.startswith('Blank')), form['giver'].value)
    return made['holder'].send(form, giver=giver, given_on=day(), method='3', witness='Bred Ås')


def decide(town):
    answer = made['manager'].send(made['manager'].open(act('transfer_decide')).form('transfer_decide'), grunn='transfer')
    goes_on(town)
    return answer


def up_to_the_decision(town):
    for step in (propose, say_yes, record, lambda: decide(town)):
        answer = step()
        expect(answer.status == 303, step, answer)


def asked(who='other'):
    """The addresses of what waits for this manager's answer."""
    return made[who].open('/overforinger').links('/overforinger/')


def take(address=None, form=None, **changes):
    address = address or asked()[0]
    form = form or made['other'].open(address).form(address)
    return made['other'].send(form, **{'holder': labelled(form, 'holder', 'Trygg Havn'), **changes})


def refuse(address):
    return made['other'].send(made['other'].open(f'{address}/nei').form(f'{address}/nei'))


def row_of(town, number=NORDVAER):
    hand = Hand(town, town.municipalities[number].id)
    rows = hand.run('SELECT step,log,hash,length(sealed) FROM crossing ORDER BY proposed_at DESC,id LIMIT 1')
    return dict(zip(('step', 'log', 'hash', 'sealed'), rows[0])) if rows else None


def log_of(town, number, log):
    hand = Hand(town, town.municipalities[number].id)
    return dict(zip(('state', 'flags', 'reason', 'no', 'holder', 'unit'), hand.run(
        f'SELECT state,flags,closed_reason,no,holder,unit FROM log WHERE id={{{log}}}')[0]))


def consents(town, number, log):
    """The last moments of the consents that stand."""
    hand = Hand(town, town.municipalities[number].id)
    return sorted(row[0] for row in hand.run(f'SELECT max(valid_to) FROM consent WHERE log_no=(SELECT no FROM log WHERE id={{{log}}}) '
                                             'AND withdrawn_at=0 GROUP BY participant'))


@fact
def holder_or_manager_propose_a_unit_of_another_municipality_and_nobody_else(town):
    made['log'] = town.log('kvikk')
    sign_in(town)
    made['before'] = town.write(made['holder'], made['log'], 'note', text='Skrevet i Nordvær.')[1]
    for who in ('guardian', 'actor', 'admin', 'near'):
        expect(made[who].get(act('transfer_send')).status in (403, 404), who)
    for who in ('other', 'next', 'ruler'):
        expect(made[who].get(act('transfer_send')).status == 404, who)
    page = made['holder'].open(act('transfer_send'))
    municipalities = [label for _, label in page.form('transfer_send')['municipality'].options]
    expect('Sørvær' in municipalities and 'Nordvær' not in municipalities, municipalities)
    form = chosen('holder')
    units = [label for _, label in form['unit'].options]
    expect(NURSERY in units, 'their names, and nothing else', units)
    for municipality, unit in ((NORDVAER, town.nordvaer.unit(NURSERY)), (SORVAER, town.nordvaer.unit(NURSERY)), ('9999', '7' * 32)):
        wrong = made['holder'].send(chosen('holder'), municipality=municipality, unit=unit, on=day(60))
        expect(wrong.status == 422, 'neither one\'s own, nor a unit that is not there', municipality, wrong)
    page = made['holder'].follow(propose())
    expect('Overføringen er foreslått kl.' in page.text and f'{NURSERY}, Sørvær' in page.text, page)
    expect(made['holder'].get(act('transfer_send')).status in (403, 404) and made['holder'].get(act('transfer_propose')).status in (403, 404))


@fact
def nobody_there_is_told_anything_before_the_family_has_said_yes_and_it_is_decided(town):
    goes_on(town)
    for who in ('other', 'elsewhere', 'next', 'ruler'):
        expect(not asked(who) and made[who].get(made['log']).status == 404, who)
        expect('venter på svar' not in made[who].open('/varsler').text, who)
    expect(row_of(town, SORVAER) is None, 'no row')
    expect(made['manager'].get(act('transfer_decide')).status in (403, 404), 'out of order')
    page = made['guardian'].open(act('transfer_consent'))
    expect(f'{NURSERY}, Sørvær' in page.text and 'to logger' in page.text, page)
    expect(say_yes().status == 303 and record().status == 303)
    goes_on(town)
    expect(not asked() and row_of(town, SORVAER) is None, 'it is not decided')


@fact
def the_unit_is_asked_and_sees_neither_name_nor_content(town):
    expect(decide(town).status == 303)
    addresses = asked()
    expect(len(addresses) == 1 and not asked('elsewhere') and not asked('next'), addresses)
    page = made['other'].open('/overforinger')
    expect('Bjørkelia skole, Nordvær' in page.text and 'Kvikk' not in page.text, page)
    page = made['other'].open(addresses[0])
    expect('Bjørkelia skole, Nordvær' in page.text and 'Kvikk' not in page.text and not re.search(r'\b[0-9]{8}\b', page.text), page)
    for who in ('elsewhere', 'next', 'ruler', 'holder', 'manager', 'guardian', 'near'):
        expect(made[who].get(addresses[0]).status in (403, 404), who)
        expect(made[who].get(f'{addresses[0]}/nei').status in (403, 404), who)
    expect(made['other'].get(made['log']).status == 404)


@fact
def what_is_written_or_taken_back_after_the_decision_keeps_it_where_it_is(town):
    address = asked()[0]
    form = made['other'].open(address).form(address)
    town.write(made['holder'], made['log'], 'note', text='Skrevet etter avgjørelsen.')
    page = take(address, form)
    expect(page.status == 409 and 'avgjøre det på nytt' in page.text, page)
    expect(log_of(town, NORDVAER, made['log'].split('/')[-1])['state'] == '1')
    expect(decide(town).status == 303, 'a new decision')


@fact
def it_is_called_off_by_either_side_and_begins_anew(town):
    for who in ('guardian', 'holder', 'manager'):
        address = asked()[0]
        form = made['other'].open(address).form(address)
        called = made[who].send(made[who].open(act('transfer_cancel')).form('transfer_cancel'))
        expect(called.status == 303, who, called)
        expect(take(address, form).status in (404, 409), 'what was called off is taken by nobody', who)
        goes_on(town)
        expect(not asked() and made['other'].get(address).status == 404, who)
        up_to_the_decision(town)
    address = asked()[0]
    page = made['other'].follow(refuse(address))
    expect('Dere har sagt nei' in page.text and not asked(), page)
    expect('ble ikke noe av' in made['holder'].open('/varsler').text and made['holder'].open(made['log']).status == 200)
    expect(made['other'].get(f'{address}/nei').status == 404, 'once')
    rows = row_of(town)
    expect(rows['step'] == '7' and rows['sealed'] == '0', 'what was sealed is gone', rows)
    told = [row[0] for row in town.asked('SELECT act FROM audit ORDER BY seq DESC LIMIT 40')]
    expect(STAYED in told and CLOSED in told and LEFT not in told, 'the line says that it stayed', told)
    up_to_the_decision(town)


@fact
def thirty_days_after_the_proposal_it_is_over_on_both_sides(town):
    passes(town, '30d')
    expect(asked(), 'the last day')
    passes(town, '24h')
    expect(not asked(), 'over')
    expect((row_of(town)['step'], row_of(town, SORVAER)['step']) == ('7', '7'), row_of(town), row_of(town, SORVAER))
    for who in ('holder', 'manager', 'guardian'):
        expect('ble ikke noe av' in made[who].open('/varsler').text, who)
    up_to_the_decision(town)


@fact
def of_whoever_takes_it_and_whoever_calls_it_off_one_is_heard(town):
    address = asked()[0]
    taking = made['other'].open(address).form(address)
    calling = made['guardian'].open(act('transfer_cancel')).form('transfer_cancel')
    answers = at_once([lambda: made['guardian'].send(calling), lambda: take(address, taking)])
    expect(sum(answer.status == 303 for answer in answers) == 1, [answer.status for answer in answers])
    goes_on(town)
    if answers[0].status == 303:
        up_to_the_decision(town)
        expect(take().status == 303)
    made['first'], made['second'] = row_of(town), row_of(town, SORVAER)
    expect(made['first']['step'] == made['second']['step'] == '6', made['first'], made['second'])


@fact
def one_rests_where_it_was_made_and_one_begins_where_the_child_is(town):
    left, came = log_of(town, NORDVAER, made['log'].split('/')[-1]), log_of(town, SORVAER, made['second']['log'])
    expect((left['state'], left['reason']) == (PASSIVE, MOVED), left)
    expect(came['state'] == '1' and came['unit'] == town.sorvaer.unit(NURSERY) and came['holder'] == town.sorvaer.person('Trygg Havn'), came)
    made['there'] = f'/logg/{made["second"]["log"]}'
    page = made['next'].open(made['there'])
    expect(page.heading == 'Kvikk Ørret' and 'Skrevet i Nordvær.' not in page.text, 'a log of its own', page)
    expect(f'{made["there"]}/del' in page.links('/del'), 'what was written before is a page', page)
    page = made['next'].open(f'{made["there"]}/samtykke')
    expect(page.text.count(NURSERY) >= 2, 'the consents name the unit that took it', page)
    expect('to logger' in made['guardian'].open('/varsler').text, 'the family is told that there are two')


@fact
def the_hash_is_equal_on_both_sides_and_reckoned_anew_where_it_is_read(town):
    expect(made['first']['hash'] == made['second']['hash'] and made['first']['sealed'] == '0', made['first'], made['second'])
    there = made['next'].open(f'{made["there"]}/del')
    expect('Skrevet i Nordvær.' in there.text and 'Bjørkelia skole, Nordvær' in there.text and 'Klok Elv' in there.text, there)
    expect(HASH.search(there.text).group(0) == made['first']['hash'], 'there')
    for who in ('manager', 'holder', 'guardian'):
        here = made[who].open(f'{made["log"]}/del')
        expect(HASH.search(here.text).group(0) == made['first']['hash'], who, here)
    for who in ('elsewhere', 'near', 'admin'):
        expect(made[who].get(f'{made["there"]}/del').status in (403, 404), who)


@fact
def nothing_ties_the_two_but_what_the_family_knows(town):
    for who in ('holder', 'actor', 'guardian', 'manager', 'near', 'admin'):
        expect(made[who].get(made['there']).status == 404, who)
    for who in ('other', 'next', 'ruler'):
        expect(made[who].get(made['log']).status == 404, who)
    town.write(made['next'], made['there'], 'note', text='Skrevet i Sørvær.')
    expect('Skrevet i Sørvær.' not in scenario.whole(made['manager'], made['log']))


def record_all(on, who=''):
    form = made['holder'].open(act('transfer_consent_record')).form('transfer_consent_record')
    for giver in [value for value, label in form['giver'].options if value and label.startswith(who)] or [form['giver'].value]:
        form = made['holder'].open(act('transfer_consent_record')).form('transfer_consent_record')
        page = made['holder'].send(form, giver=giver, given_on=on, method='3', witness='Bred Ås')
        expect(page.status == 303, page)


@fact
def a_yes_on_a_paper_of_long_ago_lets_it_arrive_and_the_consent_keeps_its_last_day(town):
    made['log'] = town.log('glad')
    expect(propose().status == 303)
    record_all(day(-200))
    expect(decide(town).status == 303)
    made['kept'] = consents(town, NORDVAER, made['log'].split('/')[-1])


@fact
def whoever_consents_after_the_decision_is_asked_too_before_it_goes(town):
    form = made['holder'].open(f'{made["log"]}/deltakere/foresatt').form('/deltakere/foresatt')
    added = made['holder'].send(form, name='Ny Forelder', relationship='9', responsibility='1', given_on=day(-3), method='3', witness='Bred Ås')
    expect(added.status == 303, added)
    page = take()
    expect(page.status == 409 and 'avgjøre det på nytt' in page.text, page)
    expect(log_of(town, NORDVAER, made['log'].split('/')[-1])['state'] == '1', 'it stays')
    record_all(day(), 'Ny Forelder')
    expect(decide(town).status == 303, 'a new decision')
    made['kept'] = consents(town, NORDVAER, made['log'].split('/')[-1])


@fact
def a_program_takes_and_refuses_alike(town):
    api = Api(town, made['other'])
    waits = api.open('/api/v1/transfers')['asked']
    expect(len(waits) == 1 and waits[0]['unit'].endswith(', Nordvær') and 'log' not in waits[0], waits)
    address = f'/api/v1/transfers/{waits[0]["transfer"]}'
    expect(Api(town, made['elsewhere']).send('POST', f'{address}/acceptance', {'role': '7' * 32}).status == 404)
    expect(api.send('POST', f'{address}/acceptance', {'role': '7' * 32}).status == 422, 'no such holder')
    role = labelled(made['other'].open(asked()[0]).form(asked()[0]), 'holder', 'Trygg Havn')
    taken = api.send('POST', f'{address}/acceptance', {'role': role})
    expect(taken.status in (200, 201), taken)
    came = row_of(town, SORVAER)
    expect(came['step'] == '6' and row_of(town)['step'] == '6', 'it has arrived', row_of(town), came)
    expect(consents(town, SORVAER, came['log']) == made['kept'], 'their last days', consents(town, SORVAER, came['log']), made['kept'])
    expect(api.send('POST', f'{address}/refusal', {}).status == 404, 'it is taken')
    made['log'] = town.log('kvikk')


@fact
def the_former_copy_is_read_as_a_part_is_and_changed_by_nobody(town):
    for who in ('holder', 'manager', 'guardian'):
        page = made[who].open(made['log'])
        expect('Skrevet i Nordvær.' in scenario.whole(made[who], made['log']), who, page)
        expect(not page.links('/rett/') and not page.links('/ny/'), who)
    for who in ('holder', 'manager'):
        for path in ('/ny/note', f'/rett/{made["before"]}'):
            expect(made[who].get(made['log'] + path).status in (403, 404), who, path)
    passes(town, '95d')
    expect(made['holder'].get(made['log']).status in (403, 404))
    expect(made['manager'].get(made['log']).status == 200 and made['next'].get(made['there']).status == 200)


@fact
def each_of_the_two_ends_by_itself(town):
    expect(town.verify() == '', town.verify())
    made['log'] = town.log('kvikk')
    expect(decides(made['admin'], made['log']).status == 303)
    expect(orders(made['admin'], made['log']).status == 303)
    expect(approves(made['manager'], made['log']).status == 303)
    passes(town, '25h')
    runs(town, 'deletion')
    hand = Hand(town)
    number = made['log'].split('/')[-1]
    expect(not list(hand.run(f'SELECT id FROM crossing WHERE log={{{number}}}')), 'no row of where it went')
    expect('Skrevet i Nordvær.' in made['next'].open(f'{made["there"]}/del').text, 'the other has its own')
    expect(town.verify() == '', town.verify())


@fact
def old_rows_put_back_make_no_second_log(town):
    made['log'] = town.log('blid')
    for key, name, number, *role in (('holder', 'Klok Elv', NORDVAER), ('manager', 'Bred Ås', NORDVAER), ('other', 'Mild Eng', SORVAER, NURSERY)):
        made[key] = town.signed_in(name, *role, number=number)
    page = propose(on=200)   # the clock has gone far by now
    expect(page.status == 303, page)
    record_all(day())
    expect(decide(town).status == 303)
    here, there = Hand(town, town.nordvaer.id), Hand(town, town.sorvaer.id)
    address = asked()[0]
    crossing = f'id={{{address.split("/")[-1]}}}'
    scope = crossing.replace('id=', 'scope=')
    asked_row, key = there.rows('crossing', crossing)[0], here.rows('scope_key', scope)[0]
    there.run('ALTER TABLE entry RENAME TO held')   # nothing can be written there for a while
    expect(take(address).status == 303 and row_of(town)['step'] == '4', 'given up, and not made yet', row_of(town))
    left = here.rows('crossing', crossing)[0]
    there.run('ALTER TABLE held RENAME TO entry')
    goes_on(town)
    expect(row_of(town)['step'] == row_of(town, SORVAER)['step'] == '6', row_of(town), row_of(town, SORVAER))
    logs = town.count('log', SORVAER)
    for hand, table, row in ((here, 'crossing', left), (there, 'crossing', asked_row), (here, 'scope_key', key)):
        if table == 'crossing':
            hand.run(f'DELETE FROM crossing WHERE {crossing}')
        hand.run(f'INSERT INTO {table} ({",".join(row)}) VALUES ({",".join(row.values())})')
    done = town.stack.command('jobs', *town.stack.place, 'run', 'crossings', check=False)
    expect(done.returncode != 0 and town.count('log', SORVAER) == logs, 'told, and none is made', done.stdout, logs)


@fact
def whoever_asks_for_the_units_of_another_municipality_again_and_again_shuts_nobody_of_it_out(town):
    town.stack.budgets.update({'grant-person-minute': 10, 'grant-municipality-minute': 40})   # 300 as delivered
    town.stack.restart_keyd()
    made['log'] = town.log('modig')
    made['holder'] = town.signed_in('Klok Elv')
    form = made['holder'].open(act('transfer_send')).form('transfer_send')
    answers = [made['holder'].send(form, municipality=SORVAER, on=day(60)).status for _ in range(50)]
    expect(set(answers) == {422, 429} and answers[0] == 422, answers)
    expect(town.signed_in('Trygg Havn', number=SORVAER).open('/mine').status == 200, 'who is at home there signs in')


if __name__ == '__main__':
    main(mode='test', numbers=(NORDVAER, SORVAER), database='postgres' if os.environ.get('POSTGRES') else 'sqlite')
