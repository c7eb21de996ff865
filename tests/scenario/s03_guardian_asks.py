#!/usr/bin/env python3
"""s03_guardian_asks.py - a guardian asks that the log be deleted: an opinion, a decision within a month, and nothing lost by asking."""
from documents import Api
from scenario import day, expect, fact, main

made = {}
ASK, SPEAK, DECIDE = 'Be om at loggen slettes', 'Uttal deg om kravet om sletting', 'Avgjør kravet om sletting'


def act(log, name):
    return f'{log}/handling/{name}'


def texts(page):
    return [words for _, words in page.reader.links]


def asks(log, guardian, reason='Vi ønsker ikke loggen mer.'):
    page = guardian.open(guardian.open(log).link(ASK))
    return guardian.follow(guardian.send(page.form('claim_file'), reason=reason))


def newest(api, kind):
    """The id of the newest entry of a kind, for an act that says what it is about."""
    path = made['log'].replace('/logg/', '/api/v1/logs/') + '?reason=family_request'
    return next(e['id'] for e in reversed(api.get(path).document['entries']) if e['values']['kind'] == kind)


def speaks(log, opinion, reason):
    form = made['manager'].open(act(log, 'claim_opinion')).form('claim_opinion')
    return made['manager'].send(form, grunn='family_request', opinion=opinion, reason=reason)


def decides(log, decision, reason='Vi har vurdert det.', **fields):
    form = made['admin'].open(act(log, 'claim_decide')).form('claim_decide')
    return made['admin'].send(form, grunn='family_request', decision=decision, reason=reason, **fields)


@fact
def a_guardian_asks_and_nobody_loses_access_by_it(town):
    made['log'] = town.log('modig')
    for key, name in (('guardian', 'Lys Lerke'), ('holder', 'Klok Elv'), ('manager', 'Bred Ås'), ('admin', 'Klar Fjord')):
        made[key] = town.signed_in(name)
    for name in ('holder', 'manager', 'admin'):
        expect(made[name].get(act(made['log'], 'claim_file')).status == 404, name)
    page = made['guardian'].open(made['guardian'].open(made['log']).link(ASK))
    expect('Ingenting slettes nå, og ingen mister tilgang.' in page.text and 'Dette kan ikke gjøres om.' in page.text, page)
    made['form'] = page.form('claim_file')
    before = town.counts()
    page = made['guardian'].follow(made['guardian'].send(made['form'], reason='Vi ønsker ikke loggen mer.'))
    expect('Kommunen har fått kravet om sletting kl.' in page.text and 'Vi ønsker ikke loggen mer.' in page.text, page)
    after = town.counts()
    expect(after['entry'] == before['entry'] + 1 and after['consent'] == before['consent'], 'one statement, and nothing gone')
    for browser, rest in ((made['holder'], ''), (made['guardian'], ''), (made['manager'], '?grunn=family_request')):
        page = browser.open(made['log'] + rest)
        expect('Noen har bedt om at loggen slettes. Kommunen svarer senest' in page.text and 'Modig' in page.text, page)


@fact
def it_is_asked_once_and_a_second_time_is_refused_with_words(town):
    before = town.counts()['entry']
    expect(made['guardian'].send(made['form'], reason='Vi ønsker ikke loggen mer.').status == 303, 'the same form')
    expect(ASK not in texts(made['guardian'].open(made['log'])), 'it is not offered again')
    page = made['guardian'].send(made['guardian'].open(act(made['log'], 'claim_file')).form('claim_file'), reason='Igjen')
    expect(page.status == 422 and 'Noen har alt bedt om at loggen slettes' in page.text, page)
    expect(town.counts()['entry'] == before, 'nothing is written')


@fact
def only_the_manager_gives_an_opinion_and_only_the_administrator_decides(town):
    for name in ('guardian', 'holder', 'admin'):
        expect(made[name].get(act(made['log'], 'claim_opinion')).status == 404, name)
    for name in ('guardian', 'holder', 'manager'):
        expect(made[name].get(act(made['log'], 'claim_decide')).status == 404, name)
    expect(SPEAK in texts(made['manager'].open(made['log'] + '?grunn=family_request')))
    expect(DECIDE in texts(made['admin'].open(made['log'] + '?grunn=family_request')))
    other = town.log('kvikk')
    expect(made['admin'].get(act(other, 'claim_decide')).status == 404, 'where nobody has asked there is nothing to decide')


@fact
def without_the_opinion_of_the_manager_it_does_not_go_on_to_deletion(town):
    page = decides(made['log'], '4')
    expect(page.status == 422 and 'må enhetslederen først ha uttalt seg for det' in page.text, page)
    saved = speaks(made['log'], '2', 'Skolen trenger planen ut året.')
    expect('Uttalelsen er lagret kl.' in made['manager'].follow(saved).text)
    expect(decides(made['log'], '4').status == 422, 'nor against it')
    api = Api(town, made['admin'])
    answer = api.send('POST', act(made['log'], 'claim_decide').replace('/logg/', '/api/v1/logs/').replace('/handling/', '/acts/') +
                      '?reason=family_request', {'decision': '4', 'reason': 'Nei', 'about': newest(api, 'claim')})
    expect(answer.status == 422, answer.status)


@fact
def a_refusal_names_its_ground_and_the_family_reads_it_and_how_to_complain(town):
    expect(decides(made['log'], '1').status == 422, 'no ground')
    expect(decides(made['log'], '2', ground='1').status == 422, 'a ground of nothing')
    page = made['admin'].follow(decides(made['log'], '1', 'Planen brukes fortsatt.', ground='5'))
    expect('Kravet om sletting er avgjort kl.' in page.text, page)
    page = made['guardian'].open(made['log'])
    expect('Kravet om sletting er avslått' in page.text and 'Datatilsynet' in page.text, page)
    said = [page.text.index(words) for words in ('Vi ønsker ikke loggen mer.', 'Skolen trenger planen ut året.', 'Planen brukes fortsatt.')]
    expect(said == sorted(said) and 'Grunn for avslag: Det er best for barnet' in page.text, 'in their order', page)
    expect(made['admin'].get(act(made['log'], 'claim_decide')).status == 404, 'it is decided')
    expect('svarer senest' not in page.text and ASK in texts(page), 'and it may be asked anew')


@fact
def a_form_about_a_claim_that_is_decided_meanwhile_decides_no_other(town):
    asks(made['log'], made['guardian'], 'Først dette.')
    old = {'admin': made['admin'].open(act(made['log'], 'claim_decide')).form('claim_decide'),
           'manager': made['manager'].open(act(made['log'], 'claim_opinion')).form('claim_opinion')}
    expect(decides(made['log'], '1', 'Planen brukes.', ground='5').status == 303)
    asks(made['log'], made['guardian'], 'Så noe annet.')
    before = town.counts()['entry']
    for name, said in (('admin', {'decision': '1', 'ground': '5'}), ('manager', {'opinion': '1'})):
        page = made[name].send(old[name], grunn='family_request', reason='Om det første.', **said)
        expect(page.status == 409 and 'gjelder nå noe nyere' in page.text, 'told', page.status, page)
        old[name] = page.form(old[name].action)
        expect(old[name]['reason'].value == 'Om det første.', 'what was typed is kept')
    expect(town.counts()['entry'] == before, 'nothing is decided about what nobody was shown')
    api = Api(town, made['admin'])
    path = act(made['log'], 'claim_decide').replace('/logg/', '/api/v1/logs/').replace('/handling/', '/acts/') + '?reason=family_request'
    document = {'decision': '1', 'ground': '5', 'reason': 'Om det første.'}
    expect(api.send('POST', path, document).status == 422, 'it must say what it is about')
    expect(api.send('POST', path, document | {'about': '0' * 32}).status == 409, 'and that is the newest')
    wrong = made['admin'].send(old['admin'], decision='2', ground='5')
    expect(wrong.status == 422 and wrong.form('claim_decide')['about'].value == old['admin']['about'].value, wrong)
    expect(made['admin'].send(old['admin'], decision='1', ground='5').status == 303, 'about the one that is there')


@fact
def while_a_claim_is_open_a_passive_log_is_not_opened_again_and_its_stub_tells_until_when_it_is_answered(town):
    asks(made['log'], made['guardian'])
    form = made['holder'].open(act(made['log'], 'log_close')).form('log_close')
    expect(made['holder'].send(form, reason='2').status == 303)
    expect(made['manager'].get(act(made['log'], 'log_reopen')).status == 404, 'not while it is open')
    page = made['guardian'].open(made['log'])
    expect('Kommunen svarer senest' in page.text and 'Modig' not in page.text, page)


@fact
def with_both_agreed_it_goes_on_and_nothing_is_deleted_by_the_decision_alone(town):
    before = town.counts()
    speaks(made['log'], '1', 'Vi er enige.')
    page = made['admin'].follow(decides(made['log'], '4', 'Vi er enige.'))
    expect('Kravet om sletting er avgjort kl.' in page.text, page)
    after = town.counts()
    expect(after['entry'] == before['entry'] + 2 and after['log'] == before['log'], 'two statements more')
    page = made['guardian'].open(made['log'])
    expect('Loggen skal slettes' in page.text and 'Modig' not in page.text, page)
    expect(town.verify() == '', town.verify())


@fact
def a_claim_is_filed_from_the_stub_too_and_may_end_with_a_log_that_rests(town):
    log = town.log('kvikk')
    guardian = town.signed_in('Stram Ørret')
    expect(made['holder'].send(made['holder'].open(act(log, 'log_close')).form('log_close'), reason='1').status == 303)
    page = asks(log, guardian, 'Det som står der er ikke sant.')
    expect('Kommunen har fått kravet om sletting kl.' in page.text and 'Kommunen svarer senest' in page.text, page)
    expect('ikke sant' not in page.text, 'a stub has no content')
    page = made['admin'].follow(decides(log, '3', 'Vi undersøker det.'))
    expect('Behandlingen er begrenset' in page.text and 'Hvem ba om det? En foresatt' in page.text, page)
    page = guardian.open(log)
    expect('Behandlingen av loggen begrenses' in page.text, page)
    page = made['admin'].send(made['admin'].open(act(log, 'restrict_lift')).form('restrict_lift'), reason='Rettet.', told_on=day(0))
    expect(page.status == 303, page)
    expect(town.verify() == '', town.verify())


if __name__ == '__main__':
    main()
