#!/usr/bin/env python3
"""s08_by_file.py - a log follows its child to a municipality of another installation: cards are compared, and what one has to know of the other
is carried as files; each of them that is not what it should be is refused, and says why."""
from by_file import fingerprint_of, put, transfer
from scenario import NORDVAER, SORVAER, Town, day, expect, fact, main

UNIT, HOLDER, MANAGER, WITNESS = 'Bjørkelia skole', 'Klok Elv', 'Bred Ås', 'Mild Eng'
made = {'files': {}}


class Two(Town):
    """Two installations, a municipality in each; and a third, which is nobody's friend."""

    def __enter__(self):
        super().__enter__()
        self.there = Town(self.program, self.assets, numbers=(SORVAER,), mode=self.kind)
        self.stranger = Town(self.program, self.assets, numbers=(SORVAER,), mode=self.kind)
        self.there.__enter__()
        self.stranger.__enter__()
        return self

    def __init__(self, program, assets, **options):
        self.program, self.assets, self.kind = program, assets, options.get('mode', 'demo')
        super().__init__(program, assets, **options)

    def __exit__(self, *what):
        self.stranger.__exit__(*what)
        self.there.__exit__(*what)
        super().__exit__(*what)


def export(town, transfer_id=None):
    """The file that is due, as bytes."""
    listed = [line.split(' ')[0] for line in transfer(town, 'list').stdout.splitlines()]
    return transfer(town, 'export', transfer_id or listed[0], binary=True).stdout


def take_in(town, content, check=True):
    return transfer(town, 'import', put(town, 'file', content), check=check)


def refused(town, content, words):
    done = take_in(town, content, check=False)
    expect(done.returncode != 0 and words in done.stdout, done.returncode, done.stdout, done.stderr)


def act(name):
    return f'{made["log"]}/handling/{name}'


def labelled(form, field, words):
    return next(value for value, label in form[field].options if words in label)


@fact
def a_card_is_believed_by_its_fingerprint_alone(town):
    here, there = (transfer(one, 'card', binary=True) for one in (town, town.there))
    made['card'] = there.stdout
    card = put(town, 'card', there.stdout)
    wrong = transfer(town, '--fingerprint', fingerprint_of(here), 'trust', card, check=False)
    expect(wrong.returncode == 9, wrong)
    changed = put(town, 'changed', there.stdout[:-70] + bytes([there.stdout[-70] ^ 1]) + there.stdout[-69:])
    expect(transfer(town, '--fingerprint', fingerprint_of(there), 'trust', changed, check=False).returncode == 9)
    known = transfer(town, '--fingerprint', fingerprint_of(there), 'trust', card)
    expect('Sørvær is known' in known.stdout, known.stdout)
    transfer(town.there, '--fingerprint', fingerprint_of(here), 'trust', put(town.there, 'card', here.stdout))
    own = transfer(town, '--fingerprint', fingerprint_of(here), 'trust', put(town, 'own', here.stdout), check=False)
    expect(own.returncode != 0, 'one\'s own')


@fact
def a_unit_there_is_proposed_said_yes_to_decided_and_asked_by_a_file(town):
    made['log'] = town.log('kvikk')
    holder = made['holder'] = town.signed_in(HOLDER)
    town.write(holder, made['log'], 'note', text='Skrevet i Nordvær.')
    form = holder.open(act('transfer_send')).form('transfer_send')
    form = holder.send(form, municipality=SORVAER, on=day(10)).form('transfer_send')
    expect(holder.send(form, unit=labelled(form, 'unit', UNIT), on=day(10)).status == 303)
    expect(transfer(town, 'list').stdout == '', 'nothing is due before it is decided')
    form = holder.open(act('transfer_consent_record')).form('transfer_consent_record')
    for giver in [value for value, label in form['giver'].options if value]:
        form = holder.open(act('transfer_consent_record')).form('transfer_consent_record')
        expect(holder.send(form, giver=giver, given_on=day(), method='3', witness=WITNESS).status == 303)
    manager = made['manager'] = town.signed_in(MANAGER)
    expect(manager.send(manager.open(act('transfer_decide')).form('transfer_decide'), grunn='transfer').status == 303)
    expect('a unit is asked' in transfer(town, 'list').stdout, transfer(town, 'list').stdout)
    asks = made['files']['asks'] = export(town)
    expect(b'Kvikk' not in asks and export(town)[:103] == asks[:103], 'the same may be written again')
    refused(town.stranger, asks, 'whose card was not taken in')
    refused(town, asks, 'whose card was not taken in')
    refused(town.there, asks[:-1] + bytes([asks[-1] ^ 1]), 'it was changed')
    take_in(town.there, asks)
    refused(town.there, asks, 'taken in before')


@fact
def it_is_taken_there_and_given_up_here_when_that_is_told(town):
    there = made['there'] = town.there.signed_in(MANAGER, number=SORVAER)
    address = there.open('/overforinger').links('/overforinger/')[0]
    page = there.open(address)
    expect(f'{UNIT}, Nordvær' in page.text and 'Kvikk' not in page.text, page)
    form = page.form(address)
    expect(there.send(form, holder=labelled(form, 'holder', HOLDER)).status == 303)
    expect(made['manager'].open(act('transfer_cancel')).status == 200, 'it waits here still')
    takes = made['files']['takes'] = export(town.there)
    refused(town, takes[:60] + bytes([takes[60] ^ 1]) + takes[61:], 'refused: ')
    town.write(made['holder'], made['log'], 'note', text='Skrevet etter avgjørelsen.')
    refused(town, takes, 'written since it was decided')
    manager = made['manager']
    expect(manager.send(manager.open(act('transfer_decide')).form('transfer_decide'), grunn='transfer').status == 303)
    take_in(town, takes)
    refused(town, takes, 'taken in before')
    expect(made['holder'].get(act('log_close')).status in (403, 404), 'it rests')


@fact
def the_log_goes_as_a_parcel_and_arrives_once(town):
    expect('the log' in transfer(town, 'list').stdout)
    parcel = made['files']['parcel'] = export(town)
    expect(b'Skrevet' not in parcel and b'Kvikk' not in parcel, 'nothing of it in clear')
    for at in (30, 170, 400, len(parcel) - 1):
        refused(town.there, parcel[:at] + bytes([parcel[at] ^ 1]) + parcel[at + 1:], 'refused: ')
    refused(town.there, made['files']['asks'], 'taken in before')
    take_in(town.there, parcel)
    refused(town.there, parcel, 'taken in before')
    holder = town.there.signed_in(HOLDER, number=SORVAER)
    log = next(link for link in holder.open('/mine').links('/logg/') if holder.open(link).heading == 'Kvikk Ørret' and
               f'{link}/del' in holder.open(link).links('/del'))
    part = holder.open(f'{log}/del')
    expect('Skrevet i Nordvær.' in part.text and f'{UNIT}, Nordvær' in part.text, part)
    own = made['manager'].open(f'{made["log"]}/del')
    digest = next(word for word in own.text.split() if len(word) == 64)
    expect(digest in part.text, 'one hash on both sides')
    take_in(town, export(town.there, transfer_id=transfer(town.there, 'list').stdout.split(' ')[0]))
    expect(transfer(town, 'list').stdout == '', 'nothing is left to carry')
    expect(town.verify() == '' and town.there.verify() == '', town.verify(), town.there.verify())


if __name__ == '__main__':
    main(Two, mode='test')
