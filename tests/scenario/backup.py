#!/usr/bin/env python3
"""backup.py - a backup is made while people write, and becomes an installation again on a machine with nothing on it.

It opens for thirty days, and from the day after them for nobody, with all custodians together."""
import datetime
import re
import shutil
import sqlite3
import subprocess
import threading
import time

from backups import (backups, command, lose_the_machine, made, made_by, make, oslo_now, owned, place_of, restore_arguments, shares,
                     start_again, until_oslo, write_places)
from hand import Hand
from scenario import NORDVAER, OSLO, expect, fact, main, until, whole
from stack import drop_rights


@fact
def without_a_place_in_the_register_there_is_no_backup(town):
    done = make(town)
    expect(done.returncode == 6 and 'places' in done.stderr, done)


@fact
def a_place_outside_norway_is_refused_by_its_line(town):
    write_places(town, f'# where backups lie\nSE {place_of(town, "abroad")} Someone\n')
    done = make(town)
    expect(done.returncode == 6 and done.stdout == '', done)
    expect(backups(town.stack.folder / 'abroad') == [])
    write_places(town, 'NO relative Someone\n')
    expect(command(town, 'backup', *town.stack.place).returncode == 3)


def write_until(town, stop):
    """A holder writes one note after the other; each is remembered when it was answered."""
    holder = town.signed_in('Klok Elv')
    form = holder.open(town.log('blid')).form('/ny/note')
    while not stop.is_set():
        text = f'Skrevet mens det kopieres, nummer {len(made["written"]) + 1}.'
        page = holder.save(form, text=text)
        expect(text in page.text, page)
        made['written'].append(text)
        form = page.form('/ny/note')


@fact
def a_backup_is_made_while_people_write_and_lies_in_both_places_byte_for_byte(town):
    one, two = place_of(town, 'first'), place_of(town, 'second')
    write_places(town, f'NO {one} Den ene, Oslo\nNO {two} Den andre, Bergen\n')
    stop = threading.Event()
    writer = threading.Thread(target=write_until, args=(town, stop))
    writer.start()
    try:
        until(lambda: len(made['written']) >= 3 or not writer.is_alive())
        before = list(made['written'])
        done = make(town)
    finally:
        stop.set()
        writer.join()
    expect(done.returncode == 0 and '2 databases' in done.stdout and 'in 2 of 2 places' in done.stdout, done)
    made['before'] = before
    made['backup'] = made_by(done, one)
    expect(len(before) >= 3 and made['backup'].read_bytes() == (two / made['backup'].name).read_bytes())


@fact
def a_place_that_is_away_is_told_and_the_backup_lies_in_the_other(town):
    write_places(town, f'NO {town.stack.folder / "first"} Den ene, Oslo\nNO {town.stack.folder / "away"} Den borte, Bergen\n')
    done = make(town)
    expect(done.returncode == 6 and 'in 1 of 2 places' in done.stdout, done)
    expect(made_by(done, town.stack.folder / 'first').exists(), done)
    write_places(town, f'NO {town.stack.folder / "first"} Den ene, Oslo\nNO {town.stack.folder / "second"} Den andre, Bergen\n')


BACKUP, HEAD_ACCEPTED = '10', '10'   # domain/evidence.h, wire/wire.h


def act(town, name):
    """Its number, as it stands in lines."""
    told = town.stack.command('policy', 'numbers').stdout
    return re.search(rf'^ +(\d+) {name}$', told, re.MULTILINE).group(1)


def withdraw(browser, log, **fields):
    page = browser.open(f'{log}/handling/consent_withdraw')
    form = page.form('consent_withdraw')
    if 'unit' in fields:
        fields['unit'] = form.option('unit', fields['unit'])
    saved = browser.send(form, **fields)
    expect(saved.status == 303, saved)


def withdrawn(town):
    """Every consent that is withdrawn and when, and every log that is passive and since when (SQLite only)."""
    if town.stack.postgres:
        return []
    database = sqlite3.connect(f'file:{town.database()}?mode=ro', uri=True, timeout=10)
    try:
        return [database.execute('SELECT id,withdrawn_at FROM consent WHERE withdrawn_at>0 ORDER BY id').fetchall(),
                database.execute('SELECT id,state,closed_reason,passive_at FROM log ORDER BY id').fetchall(),
                database.execute('SELECT id,to_at FROM participant WHERE to_at>0 ORDER BY id').fetchall()]
    finally:
        database.close()


@fact
def after_the_backup_a_consent_is_withdrawn_whole_and_another_for_one_service(town):
    withdraw(town.signed_in('Lys Lerke'), town.log('modig'), of='1')
    withdraw(town.signed_in('Varm Bjørk'), town.log('blid'), of='2', unit='Nordvær PPT')
    expect(town.signed_in('Klok Elv').get(town.log('modig')).status == 404)
    expect(town.signed_in('Våken Sjø').get(town.log('blid')).status == 404)
    made['withdrawn'] = withdrawn(town)


@fact
def the_epochs_of_both_turn_after_the_backup_was_made(town):
    for which in ('host', NORDVAER):
        done = command(town, 'epoch', *town.stack.place, 'turn', which)
        expect(done.returncode == 0, which, done)


@fact
def nothing_of_what_people_wrote_and_no_key_stands_in_it(town):
    content = made['backup'].read_bytes()
    for word in ('Skrevet mens det', 'Blid', 'Nordvær', 'INSERT', 'audit', 'SLKEYS'):
        expect(word.encode() not in content, word)
    key_file = (town.stack.data / 'keys' / 'key-file').read_bytes()
    expect(all(key_file[at:at + 24] not in content for at in range(0, len(key_file) - 24, 24) if any(key_file[at:at + 24])))


@fact
def whoever_lists_them_hears_until_when_each_opens(town):
    done = command(town, 'backup', *town.stack.place, 'list')
    last = (oslo_now(town).date() + datetime.timedelta(days=31)).isoformat()
    files = sum(len(backups(town.stack.folder / name)) for name in ('first', 'second'))
    expect(done.returncode == 0 and files >= 3 and done.stdout.count(f'opens until {last}T00:00') == files, last, files, done)


@fact
def without_any_key_a_file_is_found_to_be_what_was_signed(town):
    done = command(town, 'backup', 'verify', made['backup'], '--key-file', town.stack.data / 'keys' / 'key-file.mirror')
    expect(done.returncode == 0 and 'every byte is as it was signed' in done.stdout, done)


@fact
def a_flipped_bit_a_cut_and_a_file_of_somebody_else_are_told_without_any_key(town):
    content = made['backup'].read_bytes()
    spoilt = town.stack.folder / 'spoilt.backup'
    for wrong, code in [(content[:70000] + bytes([content[70000] ^ 1]) + content[70001:], 9), (content[:-1], 3), (content[:200], 3),
                        (content[:-200] + content[-145:], 9), (content[:-1] + bytes([content[-1] ^ 1]), 9)]:
        spoilt.write_bytes(wrong)
        owned(spoilt)
        done = command(town, 'backup', 'verify', spoilt, '--keyd', town.stack.keyd_socket)
        expect(done.returncode == code, code, done)


@fact
def two_custodians_open_every_chunk_and_one_alone_opens_nothing(town):
    keys = ('--key-file', town.stack.data / 'keys' / 'key-file.mirror')
    done = command(town, 'backup', 'verify', made['backup'], *keys, *shares(town, 1, 3))
    expect(done.returncode == 0 and 'every chunk opens' in done.stdout, done)
    for given in ((1,), (2, 2)):
        done = command(town, 'backup', 'verify', made['backup'], *keys, *shares(town, *given))
        expect(done.returncode not in (0, 100) and 'every chunk' not in done.stdout, given, done)


# ---- a machine with nothing on it ----

@fact
def a_restore_asks_for_enough_custodians_and_says_what_it_misses(town):
    made['holder'] = town.signed_in('Klok Elv')
    lose_the_machine(town)
    for given in ((1,), (3, 3)):
        done = command(town, *restore_arguments(town, made['backup'], *given))
        expect(done.returncode not in (0, 100) and not (town.stack.data / 'host.db').exists(), given, done)


@fact
def a_folder_that_holds_something_is_left_as_it_is(town):
    town.stack.data.mkdir(mode=0o700)
    (town.stack.data / 'note').write_text('somebody else\'s')
    owned(town.stack.data)
    done = command(town, *restore_arguments(town, made['backup'], 1, 2))
    expect(done.returncode == 5 and [path.name for path in town.stack.data.iterdir()] == ['note'], done)
    shutil.rmtree(town.stack.data)


def popen(town, *arguments):
    stack = town.stack
    return subprocess.Popen([str(stack.program), *map(str, arguments)], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                            stderr=subprocess.DEVNULL, cwd='/', env=stack.environment, umask=0o077, **drop_rights())


@fact
def a_restore_that_is_killed_leaves_a_folder_that_serve_refuses(town):
    restoring = popen(town, *restore_arguments(town, made['backup'], 1, 2))
    until(lambda: (town.stack.data / 'unfinished-restore').exists() or restoring.poll() is not None)
    restoring.kill()
    restoring.wait()
    done = town.stack.command('serve', *town.stack.place, '--socket', town.stack.gateway_socket, '--origin', town.stack.origin, check=False)
    expect(done.returncode == 6 and 'restore' in done.stderr, done)


@fact
def it_is_begun_again_and_comes_to_its_end(town):
    done = command(town, *restore_arguments(town, made['backup'], 1, 2))
    expect(done.returncode == 0 and 'Restored 2 databases' in done.stdout, done)
    expect(not made['ledger'].exists() or 'and 0 things' not in done.stdout, done)
    expect(not (town.stack.data / 'unfinished-restore').exists())
    start_again(town)


@fact
def every_note_that_was_answered_before_the_backup_is_readable_and_none_is_half(town):
    holder = town.signed_in('Klok Elv')
    words = whole(holder, town.log('blid'))
    missing = [text for text in made['before'] if text not in words]
    expect(not missing, missing)
    there = [text in words for text in made['written']]
    expect(there == sorted(there, reverse=True), 'a later note without an earlier one', there)
    for key in town.nordvaer.logs:
        town.signed_in('Klok Elv').get(town.log(key))


@fact
def what_was_withdrawn_after_the_backup_is_withdrawn_again_with_the_time_of_the_first_time(town):
    expect(town.signed_in('Klok Elv').get(town.log('modig')).status == 404)
    expect(town.signed_in('Våken Sjø').get(town.log('blid')).status == 404)
    page = town.signed_in('Lys Lerke').open(town.log('modig'))
    expect('Modig' not in page.heading and 'passiv' in page.text.lower(), page)
    expect(withdrawn(town) == made['withdrawn'], withdrawn(town), made['withdrawn'])


@fact
def the_audit_tells_of_the_restore_and_of_the_heads_that_custodians_accepted(town):
    acts = {'restore': 0, 'accepted': 0}

    def told():
        hand = Hand(town, '')
        lines = hand.rows('audit')
        hand.close()
        acts['restore'] = sum(1 for line in lines if line['act'] == act(town, 'RESTORE') and line['object_kind'] == BACKUP)
        acts['accepted'] = sum(1 for line in lines if line['act'] == act(town, 'KEY_ACT') and line['reason'] == HEAD_ACCEPTED)
        return acts['restore'] == 1 and acts['accepted'] == 2
    until(told, acts)


@fact
def every_row_and_line_is_as_it_was_written(town):
    expect(town.verify() == '', town.verify())


@fact
def sessions_of_before_open_nothing(town):
    page = made['holder'].get(town.log('blid'))
    expect(page.status in (303, 403) and 'Blid' not in page.text, page)


@fact
def people_go_on_writing(town):
    holder = town.signed_in('Klok Elv')
    page = holder.open(town.log('blid'))
    page = holder.save(page.form('/ny/note'), text='Skrevet etter at alt var gjenopprettet.')
    expect('Skrevet etter at alt var gjenopprettet.' in page.text, page)
    expect(town.verify() == '', town.verify())


# ---- thirty days ----

def made_on(town):
    """The day in Norway on which the backup was made, by its name, which is in UTC."""
    stamp = datetime.datetime.strptime(made['backup'].name[:14], '%Y%m%dT%H%MZ').replace(tzinfo=datetime.timezone.utc)
    return stamp.astimezone(OSLO).date()


def midnight(day):
    return datetime.datetime.combine(day, datetime.time(), OSLO)


@fact
def on_the_last_minute_of_the_thirtieth_day_it_opens(town):
    until_oslo(town, midnight(made_on(town) + datetime.timedelta(days=31)) - datetime.timedelta(minutes=2))
    done = command(town, 'backup', 'verify', made['backup'], '--key-file', town.stack.data / 'keys' / 'key-file', *shares(town, 1, 2))
    expect(done.returncode == 0 and 'every chunk opens' in done.stdout, done)


@fact
def on_the_thirty_first_it_opens_for_nobody_with_all_custodians_together(town):
    until_oslo(town, midnight(made_on(town) + datetime.timedelta(days=31)) + datetime.timedelta(minutes=2))
    made['old'] = town.stack.folder / 'kept-away.backup'
    shutil.copy2(made['backup'], made['old'])
    owned(made['old'])
    keys = ('--key-file', town.stack.data / 'keys' / 'key-file', '--mirror', town.stack.data / 'keys' / 'key-file.mirror')
    for given in ((1, 2), (1, 3), (2, 3)):
        done = command(town, 'backup', 'verify', made['old'], *keys, *shares(town, *given))
        expect(done.returncode == 6 and 'destroyed' in done.stderr and 'now by nobody' in done.stderr, done)
    made['dead'] = True


@fact
def the_agent_has_destroyed_the_key_in_every_copy_of_the_key_file(town):
    expect('dead' in made)
    identity = bytes.fromhex(made['backup'].name.split('-')[1].split('.')[0])
    until(lambda: all(identity not in (town.stack.data / 'keys' / name).read_bytes() for name in ('key-file', 'key-file.mirror')))


@fact
def the_next_backup_removes_the_file(town):
    expect('dead' in made)
    write_places(town, f'NO {town.stack.folder / "first"} Den ene, Oslo\n')
    done = make(town)
    expect(done.returncode == 0 and 'removed' in done.stdout, done)
    expect(not made['backup'].exists() and made_by(done, town.stack.folder / 'first').exists())


@fact
def serve_makes_one_by_itself_each_day(town):
    expect('dead' in made)
    folder = town.stack.folder / 'first'
    before = len(backups(folder))
    town.stack.command('clock', *town.stack.place, 'advance', '1d')
    town.stack.restart_serve()
    until(lambda: len(backups(folder)) == before + 1)
    town.stack.restart_serve()
    time.sleep(2)
    expect(len(backups(folder)) == before + 1, 'one a day')


if __name__ == '__main__':
    main(mode='test')
