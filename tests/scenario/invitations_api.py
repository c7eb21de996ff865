#!/usr/bin/env python3
"""invitations_api.py - a consent before there is a log, and a guardian who comes later, as a program does it: the same acts and
refusals as on the pages (s12_consent_denied.py, guardian_in_app.py), in documents that are as described."""
from documents import Api, iso
from hand import Hand
from invitations import enrol
from scenario import expect, fact, main

LIST, QUESTIONS = '/api/v1/invitations', '/api/v1/questions'
made = {}


def yes(name, **changes):
    return {'child_name': 'Kvikk Ekorn', 'child_birth_date': '2018-05-14', 'name': name, 'relationship': '1', 'responsibility': '1',
            'valid_to': iso(100), **changes}


@fact
def who_may_not_ask_is_told_there_is_no_such_address(town):
    for name in ('Varm Bjørk', 'Modig Myr'):
        api = Api(town, town.signed_in(name))
        expect(api.get(LIST).status == 404 and api.send('POST', LIST, {'persons': '1'}).status == 404, name)


@fact
def a_family_is_asked_and_each_code_is_told_once(town):
    made['holder'] = Api(town, town.signed_in('Klok Elv'))
    for wrong in ({}, {'persons': '5'}, {'persons': 'to'}, {'persons': '1', 'units': ['77' * 16]}):
        expect(made['holder'].send('POST', LIST, wrong).status == 422, wrong)
    answer = made['holder'].send('POST', LIST, {'persons': '2', 'units': [town.nordvaer.unit('helse')]})
    expect(answer.status == 200 and len(answer.document['codes']) == 2, answer.document)
    made['asked'] = answer.document
    told = made['holder'].open(LIST)['invitations']
    expect(told[0]['id'] == made['asked']['id'] and not told[0]['complete'] and 'codes' not in told[0], told)


@fact
def who_is_asked_says_yes_in_one_document(town):
    made['one'] = Api(town, enrol(town, made['asked']['codes'][0], 'program.en'))
    question = made['one'].open(QUESTIONS)['questions'][0]
    expect(question['persons'] == 2 and not question['said'] and len(question['units']) == 2, question)
    address = f'{QUESTIONS}/{question["id"]}/yes'
    for wrong in ({}, yes('Sval Sky', valid_to=iso(-1)), yes('Sval Sky', relationship='99'), yes('Sval Sky', child_birth_date='1990-01-01')):
        expect(made['one'].send('POST', address, wrong).status == 422, wrong)
    expect(made['one'].send('POST', address, yes('Sval Sky')).status == 200)
    expect(made['one'].open(QUESTIONS)['questions'][0]['said'])
    expect(made['one'].send('POST', address, yes('Sval Sky')).status == 404, 'it stands')


@fact
def the_log_waits_for_all_and_is_made_once(town):
    address = f'{LIST}/{made["asked"]["id"]}/log'
    expect(made['holder'].send('POST', address, {}).status == 404)
    other = Api(town, enrol(town, made['asked']['codes'][1], 'program.to'))
    question = other.open(QUESTIONS)['questions'][0]['id']
    expect(other.send('POST', f'{QUESTIONS}/{question}/yes', yes('Varm Vår', child_name='En Annen')).status == 409)
    expect(other.send('POST', f'{QUESTIONS}/{question}/yes', yes('Varm Vår')).status == 200)
    expect(made['holder'].open(LIST)['invitations'][0]['complete'])
    answer = made['holder'].send('POST', address, {})
    expect(answer.status == 200, answer.document)
    made['log'] = '/api/v1/logs/' + answer.document['id']
    expect(made['holder'].open(made['log'])['child_name'] == 'Kvikk Ekorn' and other.get(made['log']).status == 200)
    expect(made['holder'].send('POST', address, {}).status == 404)


@fact
def another_guardian_is_asked_and_let_in(town):
    code = made['holder'].send('POST', made['log'] + '/invitations', {}).document['codes'][0]
    guardian = Api(town, town.signed_in('Varm Bjørk'))
    expect(guardian.send('POST', QUESTIONS, {'code': 'AAAA-BBBB'}).status == 422)
    answer = guardian.send('POST', QUESTIONS, {'code': code})
    expect(answer.status == 200, answer.document)
    question = f'{QUESTIONS}/{answer.document["id"]}'
    expect(guardian.send('POST', question + '/yes', yes('Varm Bjørk')).status == 200)
    told = made['holder'].open(LIST)['invitations'][0]
    expect(told['complete'] and made['log'].endswith(told['log']), told)
    expect(made['holder'].send('POST', f'{LIST}/{told["id"]}/guardian', {}).status == 200)
    expect(guardian.open(made['log'])['child_name'] == 'Kvikk Ekorn')


@fact
def a_no_and_an_invitation_taken_back_leave_nothing(town):
    hand = Hand(town)
    asked = made['holder'].send('POST', LIST, {'persons': '1'}).document
    guardian = Api(town, enrol(town, asked['codes'][0], 'program.tre'))
    question = guardian.open(QUESTIONS)['questions'][0]['id']
    expect(guardian.send('POST', f'{QUESTIONS}/{question}/no', {}).status == 200 and guardian.get(QUESTIONS).status == 401)
    asked = made['holder'].send('POST', LIST, {'persons': '1'}).document
    expect(made['holder'].send('POST', f'{LIST}/{asked["id"]}/end', {}).status == 200)
    expect(made['holder'].send('POST', f'{LIST}/{asked["id"]}/end', {}).status == 404)
    expect(not hand.rows('invitation') and not hand.rows('invited') and town.verify() == '', town.verify())


if __name__ == '__main__':
    main()
