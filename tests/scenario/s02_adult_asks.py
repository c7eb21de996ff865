#!/usr/bin/env python3
"""s02_adult_asks.py - the adult asks that their log be deleted: filed by them alone, answered within a month that is counted down, refused
on the grounds of the law alone, and then the content rests and they are told how to complain; granted, it goes on to its end."""
from documents import Api
from ending import DATE, approves, may_be_stopped, orders, stops, to_the_end
from ending import decides as archives
from scenario import DATABASE, expect, fact, main
from young import begin, birthday, lets_in, links, passes, someone

made = {}
ASK, DECIDE = 'Be om at loggen slettes', 'Avgjør kravet om sletting'
CLAIM_OPEN, RESTRICTED, SUPPORTED, COPY_AWAITED, ASKED = 1 << 7, 1 << 6, 1 << 13, 1 << 30, 1 << 31   # domain/states.h


def act(log, name):
    return f'{log}/handling/{name}'


def flags(town, log):
    return int(town.asked(f"SELECT flags FROM log WHERE id={{{log.split('/')[-1]}}}")[0][0])


def people(town):
    for key, name in (('holder', 'Klok Elv'), ('manager', 'Bred Ås'), ('admin', 'Klar Fjord')):
        made[key] = town.signed_in(name)


def asks(adult, log, reason='Jeg vil ikke ha den.'):
    form = adult.open(adult.open(log).link(ASK)).form('claim_file')
    return adult.send(form, reason=reason)


def decides(log, decision, reason='Vi har vurdert det.', **fields):
    form = made['admin'].open(act(log, 'claim_decide')).form('claim_decide')
    return made['admin'].send(form, decision=decision, reason=reason, **fields)


@fact
def the_adult_alone_asks_from_the_stub_of_their_log(town):
    people(town)
    made['log'], made['other'] = (begin(town, made['holder'], name, birthday(town, 18, in_days=2)) for name in ('Rask Kanari', 'Stille Kanari'))
    for log in (made['log'], made['other']):
        lets_in(made['holder'], log)
    passes(town, 2)
    people(town)
    for browser in (made['holder'], made['manager'], made['admin'], someone(town, 'Gul Rasksen'), someone(town, 'Stille Kanari')):
        expect(browser.get(act(made['log'], 'claim_file')).status == 404, 'nobody asks for them')
    adult = someone(town, 'Rask Kanari')
    page = adult.open(adult.open(made['log']).link(ASK))
    expect('Ingenting slettes nå' in page.text and 'withdrawn' in page.form('claim_file').fields, 'what they said at the beginning is theirs to withdraw', page)
    made['form'] = page.form('claim_file')
    page = adult.follow(adult.send(made['form'], reason='Jeg vil ikke ha den.'))
    expect('Kommunen har fått kravet om sletting kl.' in page.text and 'Kommunen svarer senest' in page.text, page)
    expect('Jeg vil ikke ha den' not in page.text, 'a stub has no content')
    expect(flags(town, made['log']) & CLAIM_OPEN)


@fact
def asked_twice_it_is_one_claim_and_the_month_is_counted_down(town):
    adult = someone(town, 'Rask Kanari')
    before = town.counts()['entry']
    expect(adult.send(made['form'], reason='Jeg vil ikke ha den.').status in (303, 400, 403), 'the same form')
    page = adult.send(adult.open(act(made['log'], 'claim_file')).form('claim_file'), reason='Igjen')
    expect(page.status == 422 and 'Noen har allerede bedt om at loggen slettes' in page.text, page)
    expect(town.counts()['entry'] == before, 'nothing is written')
    passes(town, 10)
    people(town)
    for browser in (someone(town, 'Rask Kanari'), made['manager'], made['admin']):
        page = browser.open(made['log'])
        expect('Kommunen svarer senest' in page.text and ('om 20 dager' in page.text or 'om 21 dager' in page.text), page)
    passes(town, 25)
    people(town)
    expect('Kommunen skulle ha svart senest' in someone(town, 'Rask Kanari').open(made['log']).text, 'it is late')


@fact
def only_the_administrator_decides_and_needs_no_support_of_the_manager(town):
    adult = someone(town, 'Rask Kanari')
    for browser in (made['holder'], made['manager'], adult, someone(town, 'Gul Rasksen')):
        expect(browser.get(act(made['log'], 'claim_decide')).status == 404)
    expect(adult.get(act(made['log'], 'claim_opinion')).status == 404)
    expect(made['manager'].get(act(made['other'], 'claim_opinion')).status == 404, 'where nobody asked there is nothing to say')
    expect(DECIDE in links(made['admin'].open(made['log'])))


@fact
def a_refusal_names_a_ground_of_the_law_and_no_other_and_then_the_content_rests(town):
    expect(decides(made['log'], '1').status == 422, 'no ground')
    page = decides(made['log'], '1', ground='5')
    expect(page.status == 422 and 'bare få avslag på en av de fire første grunnene' in page.text, 'what is best for a child is none', page)
    api = Api(town, made['admin'])
    path = made['log'].replace('/logg/', '/api/v1/logs/')
    about = next(e['id'] for e in reversed(api.open(path)['entries']) if e['kind'] == 'claim')
    answer = api.send('POST', path + '/acts/claim_decide', {'decision': '1', 'ground': '5', 'reason': 'Nei', 'about': about})
    expect(answer.status == 422, answer.status)
    expect(flags(town, made['log']) & CLAIM_OPEN and not flags(town, made['log']) & RESTRICTED, 'nothing is decided yet')
    expect(decides(made['log'], '1', 'Loggen skal tas vare på.', ground='3').status == 303)
    expect(flags(town, made['log']) & RESTRICTED and not flags(town, made['log']) & (CLAIM_OPEN | SUPPORTED | ASKED), flags(town, made['log']))
    page = someone(town, 'Rask Kanari').open(made['log'])
    expect('Kravet om sletting er avslått' in page.text and 'Datatilsynet' in page.text, 'the way to complain', page)
    expect(made['admin'].get(act(made['log'], 'claim_decide')).status == 404, 'it is decided once')


@fact
def granted_it_waits_for_no_copy_and_nothing_is_deleted_by_the_decision_alone(town):
    adult = someone(town, 'Stille Kanari')
    expect(asks(adult, made['other']).status == 303)
    before = town.counts()
    expect(decides(made['other'], '4', 'Den skal slettes.').status == 303, 'without an opinion of the manager')
    stored = flags(town, made['other'])
    expect(stored & SUPPORTED and stored & ASKED and not stored & (COPY_AWAITED | CLAIM_OPEN), stored)
    expect(town.counts()['log'] == before['log'], 'the log is there')
    page = adult.open(made['other'])
    expect('Loggen skal slettes' in page.text, page)


@fact
def the_adults_own_request_is_ordered_without_waiting_and_never_approved_by_whoever_ordered(town):
    log = made['other']
    may_be_stopped(made['admin'])
    expect(orders(made['admin'], log).status == 404, 'nothing is decided about the archive')
    expect(archives(made['admin'], log, ground='4').status == 303)
    page = made['admin'].follow(orders(made['admin'], log))
    expect('Den loggen handler om, har bedt om sletting' in page.text, page)
    expect(approves(made['admin'], log).status == 404 and approves(someone(town, 'Stille Kanari'), log).status == 404)
    expect(approves(made['manager'], log).status == 303)
    page = someone(town, 'Stille Kanari').open(log)
    expect(DATE in page.text and 'timer igjen' in page.text.replace('\xa0', ' '), 'the countdown', page)
    expect(stops(made['admin'], log).status == 303)
    expect(town.verify() == '', town.verify())


@fact
def ordered_again_it_goes_to_its_end_and_the_adult_finds_nothing(town):
    log = made['other']
    expect(orders(made['admin'], log).status == 303 and approves(made['manager'], log).status == 303)
    to_the_end(town, log, 2, 'Stille Kanari', ('Klok Elv', 'Bred Ås', 'Stille Kanari', 'Gul Stillesen'))


if __name__ == '__main__':
    main(mode='test', database=DATABASE)
