#!/usr/bin/env python3
"""s13_holder_asks.py - the relay holder asks that the log be deleted: reasons, the manager's word, and no sight of it meanwhile."""
from documents import Api
from ending import approves, decides, may_be_stopped, orders, stops, to_the_end
from scenario import DATABASE, expect, fact, main
from young import passes

made = {}
ASK, SUPPORT = 'Be om at loggen slettes', 'Støtt eller avvis ønsket om sletting'


def act(log, name):
    return f'{log}/handling/{name}'


def texts(page):
    return [words for _, words in page.reader.links]


def people(town):
    for key, name in (('guardian', 'Lys Lerke'), ('holder', 'Klok Elv'), ('manager', 'Bred Ås'), ('admin', 'Klar Fjord')):
        made[key] = town.signed_in(name)


@fact
def only_the_holder_asks_with_reasons_and_the_log_is_passive_at_once(town):
    made['log'] = town.log('modig')
    people(town)
    for name in ('guardian', 'manager', 'admin'):
        expect(made[name].get(act(made['log'], 'deletion_ask')).status == 404, name)
    page = made['holder'].open(made['holder'].open(made['log']).link(ASK))
    expect('Dette kan ikke gjøres om.' in page.text and 'du, de andre som er med og familien kan ikke lenger lese den' in page.text, page)
    wrong = made['holder'].send(page.form('deletion_ask'), closing='1')
    expect(wrong.status == 422 and 'reason' in wrong.errors, wrong)
    made['form'] = wrong.form('deletion_ask')
    saved = made['holder'].send(made['form'], reason='Målet er nådd, og ingen trenger loggen.')
    expect(saved.status == 303 and saved.location == '/mine', 'the holder loses sight of it', saved)
    expect('det er bedt om at den slettes kl.' in made['holder'].follow(saved).text)
    expect(made['holder'].get(made['log']).status == 404 and 'Modig' not in made['guardian'].open(made['log']).text)


@fact
def it_is_asked_once(town):
    before = town.counts()['entry']
    expect(made['holder'].send(made['form'], reason='Målet er nådd, og ingen trenger loggen.').location == '/mine', 'the same form')
    expect(made['holder'].get(act(made['log'], 'deletion_ask')).status == 404, 'what is passive is not closed again')
    expect(town.counts()['entry'] == before)


@fact
def without_the_managers_support_nothing_is_ordered(town):
    expect(decides(made['admin'], made['log']).status == 303)
    expect(orders(made['admin'], made['log']).status == 404)
    page = made['admin'].open(made['log'])
    expect('Loggen kan ikke slettes ennå. Enhetslederen må støtte dette først.' in page.text, page)


@fact
def before_the_manager_has_spoken_no_copy_is_offered(town):
    expect('Ta en kopi' not in made['guardian'].open(made['log']).text)
    expect(made['guardian'].get(f'{made["log"]}/kopi').status == 404)


@fact
def the_manager_alone_supports_it_or_does_not_and_may_think_again(town):
    for name in ('guardian', 'holder', 'admin'):
        expect(made[name].get(act(made['log'], 'deletion_support')).status == 404, name)
    page = made['manager'].open(made['log'])
    expect('Målet er nådd, og ingen trenger loggen.' in page.text, 'the reasons', page)
    for opinion, reason in (('2', 'Skolen er ikke enig.'), ('1', 'Vi er enige likevel.')):
        form = made['manager'].open(made['manager'].open(made['log']).link(SUPPORT)).form('deletion_support')
        expect(made['manager'].send(form, opinion=opinion).status == 422, 'no reason')
        page = made['manager'].follow(made['manager'].send(form, opinion=opinion, reason=reason))
        expect('Uttalelsen er lagret kl.' in page.text and reason in page.text, page)
    said = [page.text.index(words) for words in ('Målet er nådd', 'Skolen er ikke enig.', 'Vi er enige likevel.')]
    expect(said == sorted(said), 'statements in their order')


@fact
def with_the_managers_support_the_family_is_offered_a_copy_and_may_decline_it(town):
    for name in ('holder', 'manager', 'admin'):
        for address in ('kopi', 'handling/copy_waive'):
            expect(made[name].get(f'{made["log"]}/{address}').status == 404, name, address)
    page = made['guardian'].open(made['guardian'].open(made['log']).link('Ta en kopi av loggen'))
    form = made['guardian'].open(page.link('Jeg trenger ingen kopi')).form('copy_waive')
    page = made['guardian'].follow(made['guardian'].send(form))
    expect('Det er registrert at du ikke trenger en kopi kl.' in page.text and 'Modig' not in page.text, page)
    page = made['manager'].open(made['log'])
    expect('Trenger ingen kopi' in page.text and 'Lys Lerke' in page.text, 'who did so, and when', page)
    page = made['guardian'].open(f'{made["log"]}/kopi')
    file = made['guardian'].send(page.forms[-1] if 'format' in page.forms[-1].fields else page.form('/kopi'))
    expect(file.status == 200, 'and may think again while it is offered', file)


@fact
def supported_and_answered_by_the_family_it_is_ordered_and_the_manager_who_supported_may_approve(town):
    expect(orders(made['admin'], made['log']).status == 404, 'the manager has written since the archive was decided about')
    expect(decides(made['admin'], made['log']).status == 303)
    passes(town, 13)
    people(town)
    expect(orders(made['admin'], made['log']).status == 404, 'the day before: the other guardian has not answered')
    passes(town, 1)
    people(town)
    may_be_stopped(made['admin'])
    page = made['admin'].follow(orders(made['admin'], made['log']))
    expect('Stafettholderen har bedt om sletting' in page.text, page)
    expect(approves(made['holder'], made['log']).status == 404, 'who asked for it')
    expect(approves(made['manager'], made['log']).status == 303)
    expect('Loggen slettes innen 24 timer.' in made['guardian'].open(made['log']).text)
    expect(stops(made['admin'], made['log']).status == 303, 'until the purge begins')


@fact
def the_answer_to_the_holder_is_no_opinion_on_a_claim_of_the_family(town):
    form = made['guardian'].open(act(made['log'], 'claim_file')).form('claim_file')
    expect(made['guardian'].send(form, reason='Vi ønsker ikke loggen mer.').status == 303)
    form = made['manager'].open(act(made['log'], 'deletion_support')).form('deletion_support')
    page = made['manager'].follow(made['manager'].send(form, opinion='1', reason='Til stafettholderen.'))
    expect('Uttalelse om ønsket om sletting' in page.text and 'Uttalelse om kravet' not in page.text, 'of what it is', page)
    for decision, status in (('4', 422), ('2', 303)):
        form = made['admin'].open(act(made['log'], 'claim_decide')).form('claim_decide')
        page = made['admin'].send(form, grunn='family_request', decision=decision, reason='Vi har vurdert det.')
        expect(page.status == status, decision, page)


@fact
def where_no_holder_has_asked_there_is_nothing_to_support(town):
    log = town.log('kvikk')
    form = made['holder'].open(act(log, 'log_close')).form('log_close')
    expect(made['holder'].send(form, reason='1').status == 303)
    expect(SUPPORT not in texts(made['manager'].open(log)), 'it is not offered')
    page = made['manager'].send(made['manager'].open(act(log, 'deletion_support')).form('deletion_support'), opinion='1', reason='Nei')
    expect(page.status == 422, page)
    api = Api(town, made['manager'])
    answer = api.send('POST', act(log, 'deletion_support').replace('/logg/', '/api/v1/logs/').replace('/handling/', '/acts/'),
                      {'opinion': '1', 'reason': 'Nei', 'about': '0' * 32})
    expect(answer.status == 422, answer.status)


@fact
def a_log_that_is_opened_again_forgets_the_wish(town):
    page = made['manager'].open(act(made['log'], 'log_reopen'))
    expect(made['manager'].send(page.form('log_reopen')).status == 303)
    form = made['holder'].open(act(made['log'], 'log_close')).form('log_close')
    expect(made['holder'].send(form, reason='1').status == 303)
    expect(SUPPORT not in texts(made['manager'].open(made['log'])), 'the wish was of before')
    expect(town.verify() == '', town.verify())


@fact
def asked_again_by_the_holder_and_supported_it_goes_to_its_end(town):
    log = made['log']
    form = made['manager'].open(act(log, 'log_reopen')).form('log_reopen')
    expect(made['manager'].send(form).status == 303)
    form = made['holder'].open(act(log, 'deletion_ask')).form('deletion_ask')
    expect(made['holder'].send(form, closing='1', reason='Nå er målet nådd.').status == 303)
    form = made['manager'].open(act(log, 'deletion_support')).form('deletion_support')
    expect(made['manager'].send(form, opinion='1', reason='Enig.').status == 303)
    passes(town, 15)
    people(town)
    expect(decides(made['admin'], log).status == 303 and orders(made['admin'], log).status == 303)
    expect(approves(made['manager'], log).status == 303)
    to_the_end(town, log, 13, 'Modig', ('Klok Elv', 'Bred Ås', 'Lys Lerke'))


if __name__ == '__main__':
    main(mode='test', database=DATABASE)
