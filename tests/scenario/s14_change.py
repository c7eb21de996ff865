#!/usr/bin/env python3
"""s14_change.py - another holder: the baton is offered, taken or declined, and a log is never without somebody who holds it."""
import re

from scenario import expect, fact, main

made = {}


def answer(log, name):
    return f'{log}/handling/{name}'


def offer(holder, log, name):
    """Offers the baton to somebody of the list; the answer of the form."""
    form = holder.open(f'{log}/deltakere').form('/deltakere/stafettpinne')
    chosen = next(value for value, label in form['holder'].options if label.startswith(name))
    return holder.send(form, holder=chosen)


@fact
def the_holder_offers_the_baton_to_another_of_a_unit_that_the_family_has_said_yes_to(town):
    made['holder'], made['log'] = town.signed_in('Klok Elv'), town.log('kvikk')
    form = made['holder'].open(f'{made["log"]}/deltakere').form('/deltakere/stafettpinne')
    expect([label.split(',')[0] for value, label in form['holder'].options if value] == [SECOND], form['holder'].options)
    page = made['holder'].send(form, holder='')
    expect(page.status == 422 and 'Velg hvem som skal overta' in page.errors.get('holder', ''), page)
    page = made['holder'].follow(offer(made['holder'], made['log'], SECOND))
    expect('Stafettpinnen er tilbudt kl.' in page.text and f'Stafettpinnen er tilbudt {SECOND}' in page.text, page)
    expect(made['holder'].open(made['log']).status == 200, 'the baton stays where it is')


@fact
def whoever_is_offered_it_sees_that_it_waits_and_from_whom_and_not_whose_log_it_is(town):
    made['next'] = town.signed_in(SECOND)
    page = made['next'].open('/mine')
    expect('Svar på tilbud om en stafettpinne' in page.text and 'Fra Klok Elv, ' in page.text and 'skole' in page.text, page)
    expect('Kvikk' not in page.text, page)
    page = made['next'].open(answer(made['log'], 'baton_accept'))
    expect('Kvikk' not in page.text and page.links('/handling/baton_decline'), page)
    expect(not re.search(r'[0-9]{8}', page.text) and 'Ta imot stafettpinnen' in page.text, 'nor which log it is', page)
    expect(made['next'].get(made['log']).status == 404 and made['next'].get(f'{made["log"]}/deltakere').status == 404)


@fact
def nobody_else_answers_an_offer(town):
    for name in ('Rolig Vind', 'Stram Ørret', 'Bred Ås', 'Klok Elv'):
        browser = town.signed_in(name)
        for act in ('baton_accept', 'baton_decline'):
            expect(browser.get(answer(made['log'], act)).status in (403, 404), name, act)


@fact
def who_declines_it_leaves_everything_as_it_was(town):
    made['kept'] = made['next'].open(answer(made['log'], 'baton_accept')).form('baton_accept')
    page = made['next'].follow(made['next'].send(made['next'].open(answer(made['log'], 'baton_decline')).form('baton_decline')))
    expect('Du har sagt nei til stafettpinnen kl.' in page.text and 'Svar på tilbud' not in page.text, page)
    expect(made['next'].send(made['kept']).status == 404, 'a page from before gives nothing')
    expect(made['holder'].open(f'{made["log"]}/deltakere').form('/deltakere/stafettpinne'), 'it can be offered again')


@fact
def what_was_taken_back_cannot_be_taken(town):
    made['holder'].follow(offer(made['holder'], made['log'], SECOND))
    kept = made['next'].open(answer(made['log'], 'baton_accept')).form('baton_accept')
    page = made['holder'].open(f'{made["log"]}/deltakere')
    expect(page.links('/handling/baton_withdraw'), page)
    form = made['holder'].open(answer(made['log'], 'baton_withdraw')).form('baton_withdraw')
    expect('Tilbudet er tatt tilbake kl.' in made['holder'].follow(made['holder'].send(form)).text)
    expect(made['next'].send(kept).status == 404)
    expect(made['holder'].open(made['log']).status == 200)


@fact
def who_takes_it_is_the_holder_and_the_former_one_is_out_at_once(town):
    made['holder'].follow(offer(made['holder'], made['log'], SECOND))
    writing = made['holder'].open(f'{made["log"]}/ny/note').form('/ny/note')
    form = made['next'].open(answer(made['log'], 'baton_accept')).form('baton_accept')
    page = made['next'].follow(made['next'].send(form))
    expect('Du er stafettholder fra nå av kl.' in page.text and 'Kvikk' in page.text, page)
    page = made['holder'].get(made['log'])
    expect('Du har ikke tilgang' in page.text, page)
    page = made['holder'].send(writing, text='Skrevet for sent')
    expect(page.status in (403, 404) and 'Skrevet for sent'.encode() in page.body, 'what was typed is given back', page)
    expect('når tjenesten er tilbake' not in page.text, page)
    expect('Skrevet for sent' not in made['next'].open(made['log']).text)


@fact
def the_family_sees_who_holds_it_now_and_what_the_former_one_wrote_stands_with_their_name(town):
    page = town.signed_in('Stram Ørret').open(made['log'])
    expect(SECOND in page.text and 'Klok Elv' in page.text, page)


@fact
def the_form_sent_twice_gets_its_first_answer_and_makes_no_second_holder(town):
    page = made['next'].open(f'{made["log"]}/deltakere')
    expect(page.text.count('Stafettholder') >= 1 and page.form('/deltakere/stafettpinne'), page)
    expect(made['holder'].get(answer(made['log'], 'baton_accept')).status in (403, 404))


SECOND = 'Fersk Snø'

if __name__ == '__main__':
    main()
