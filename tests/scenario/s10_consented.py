#!/usr/bin/env python3
"""s10_consented.py - a unit asks for a log that it does not know of, or a guardian asks from the stub: where the family says yes the passive
log goes to it and stays passive, and where it does not nothing goes back."""
from ending import approves, decides, may_be_stopped, orders, to_the_end
from scenario import DATABASE, day, expect, fact, main, whole

KNOWN, NURSERY = '03821452170', 'Regnbuen barnehage'
made = {}


def act(name):
    return f'{made["log"]}/handling/{name}'


def sign_in(town):
    for key, name, *role in (('holder', 'Klok Elv'), ('guardian', 'Stram Ørret'), ('manager', 'Bred Ås'), ('admin', 'Klar Fjord'),
                             ('next', 'Trygg Havn'), ('other', 'Mild Eng', NURSERY)):
        made[key] = town.signed_in(name, *role)


def runs(town, job):
    return town.stack.command('jobs', *town.stack.place, 'run', job)


def unit_of(form, field, name):
    return next(value for value, label in form[field].options if name in label)


def send(who, name, **changes):
    return made[who].send(made[who].open(act(name)).form(name), **changes)


def propose():
    form = made['manager'].open(act('transfer_propose')).form('transfer_propose')
    return made['manager'].send(form, unit=unit_of(form, 'unit', NURSERY), on=day(20))


def record(who='manager'):
    form = made[who].open(act('transfer_consent_record')).form('transfer_consent_record')
    answers = []
    for value in [value for value, _ in form['giver'].options if value]:
        form = made[who].get(act('transfer_consent_record'))
        if form.status == 200:
            form = form.form('transfer_consent_record')
            answers.append(made[who].send(form, giver=value, given_on=day(), method='3', witness='Klok Elv').status)
    return answers


@fact
def the_manager_of_the_passive_log_that_was_asked_for_proposes_it_to_the_unit_that_asked(town):
    made['log'] = town.log('kvikk')
    sign_in(town)
    made['note'] = town.write(made['holder'], made['log'], 'note', text='Skrevet på skolen.')[1]
    expect(send('holder', 'log_close', reason='4').status == 303)
    asking = made['next'].open('/foresporsler').form('/foresporsler')
    expect(made['next'].send(asking, national_id=KNOWN, reason='1').status == 303)
    runs(town, 'asked')
    page = made['manager'].open('/foresporsler')
    expect(page.links(made['log']) and NURSERY in page.text, page)
    expect(propose().status == 303)
    for who in ('next', 'other'):
        expect(made[who].get(made['log']).status == 404 and not made[who].open('/overforinger').links('/logg/'), who)


@fact
def without_a_yes_it_stays_passive_and_no_answer_goes_back(town):
    before = made['next'].open('/foresporsler').text
    page = made['guardian'].open(made['log'])
    expect('Passiv' in page.text and page.links('/handling/transfer_cancel') and page.links('/handling/transfer_consent'), page)
    expect(send('guardian', 'transfer_cancel').status == 303)
    expect(made['manager'].open(made['log']).heading == 'Kvikk Ørret', 'passive, with its manager')
    expect('venter på svar' not in made['other'].open('/varsler').text)
    expect(made['next'].open('/foresporsler').text.count('Forespørselen er sendt') == before.count('Forespørselen er sendt'))


@fact
def a_guardian_asks_from_the_stub_that_it_goes_to_a_unit_and_its_manager_is_told(town):
    for who in ('holder', 'manager', 'admin', 'other'):
        expect(made[who].get(act('blind_request')).status in (403, 404), who)
    page = made['guardian'].open(act('blind_request'))
    form = page.form('blind_request')
    expect('skole' not in ' '.join(label for _, label in form['unit'].options if 'Bjørkelia' in label), 'not to where it is', page)
    wrong = made['guardian'].send(form, unit='')
    expect(wrong.status == 422 and 'unit' in wrong.errors, wrong)
    page = made['guardian'].follow(made['guardian'].send(form, unit=unit_of(form, 'unit', NURSERY)))
    expect('Forespørselen er sendt kl.' in page.text, page)
    expect(f'følger med til {NURSERY}' in made['manager'].open('/foresporsler').text, 'a guardian, without a name')
    expect('følger med' not in made['other'].open('/foresporsler').text, 'the unit is told nothing')
    runs(town, 'asked')
    expect('spør etter en logg hos dere' in made['manager'].open('/varsler').text)
    for _ in range(4):
        expect(made['guardian'].send(made['guardian'].open(act('blind_request')).form('blind_request'),
                                     unit=unit_of(form, 'unit', NURSERY)).status == 303)
    again = made['guardian'].send(made['guardian'].open(act('blind_request')).form('blind_request'), unit=unit_of(form, 'unit', NURSERY))
    expect(again.status == 422 and 'så mange forespørsler' in again.text, again)


@fact
def the_family_says_yes_from_the_stub_and_as_it_is_recorded(town):
    expect(propose().status == 303)
    page = made['guardian'].open(act('transfer_consent'))
    expect(NURSERY in page.text and 'Kvikk' not in page.text and 'Skrevet' not in page.text, 'what it names, and nothing of the log', page)
    expect(made['guardian'].send(page.form('transfer_consent')).status == 303)
    answers = record()
    expect(answers.count(303) == 1 and set(answers) <= {303, 422}, 'whoever has not', answers)


@fact
def the_other_unit_takes_it_passive_and_opens_it_again(town):
    expect(send('manager', 'transfer_decide').status == 303)
    form = made['other'].open(act('transfer_accept')).form('transfer_accept')
    expect(made['other'].send(form, holder=unit_of(form, 'holder', 'Trygg Havn')).status == 303)
    expect(made['other'].open(made['log']).heading == 'Kvikk Ørret' and made['next'].get(made['log']).status in (403, 404), 'it is passive')
    expect(made['guardian'].open(made['log']).status == 200 and 'Skrevet' not in made['guardian'].open(made['log']).text)
    expect('Skrevet på skolen.' in whole(made['manager'], made['log']), 'the former manager reads the part')
    expect(made['holder'].get(made['log']).status in (403, 404), 'its holder did not read it any more, and does not now')
    expect(send('other', 'log_reopen').status == 303)
    expect('Skrevet på skolen.' in whole(made['next'], made['log']))
    town.write(made['next'], made['log'], 'note', text='Skrevet i barnehagen.')
    expect('Skrevet i barnehagen.' not in whole(made['manager'], made['log']))


@fact
def closed_while_a_transfer_is_open_it_goes_on_from_passive(town):
    form = made['next'].open(act('transfer_propose')).form('transfer_propose')
    expect(made['next'].send(form, unit=unit_of(form, 'unit', 'Bjørkelia skole'), on=day(20)).status == 303)
    expect(send('guardian', 'transfer_consent').status == 303)
    expect(send('next', 'log_close', reason='1').status == 303)
    expect(made['next'].get(act('transfer_cancel')).status in (403, 404), 'its holder has no part in it any more')
    expect(record('other').count(303) == 1)
    expect(send('other', 'transfer_decide').status == 303)
    form = made['manager'].open(act('transfer_accept')).form('transfer_accept')
    expect(made['manager'].send(form, holder=unit_of(form, 'holder', 'Klok Elv')).status == 303)
    expect('Skrevet i barnehagen.' in whole(made['manager'], made['log']), 'back, and whole')
    expect(made['next'].get(made['log']).status in (403, 404) and made['other'].open(made['log']).status == 200)
    expect(send('manager', 'log_reopen').status == 303 and made['holder'].open(made['log']).heading == 'Kvikk Ørret')
    expect(made['holder'].get(f'{made["log"]}/rett/{made["note"]}').status in (403, 404), 'what stood there before the first stays as it is')
    expect(town.verify() == '', town.verify())


@fact
def closed_at_last_it_goes_to_its_end_for_both_units(town):
    may_be_stopped(made['admin'])
    expect(send('holder', 'log_close', reason='1').status == 303)
    expect(decides(made['admin'], made['log']).status == 303 and orders(made['admin'], made['log']).status == 303)
    expect(approves(made['manager'], made['log']).status == 303)
    to_the_end(town, made['log'], 6, 'Kvikk', ('Klok Elv', 'Bred Ås', 'Trygg Havn', 'Stram Ørret', ('Mild Eng', NURSERY)))
    expect('Kvikk' not in town.signed_in('Trygg Havn').open('/foresporsler').text)


if __name__ == '__main__':
    main(mode='test', database=DATABASE)
