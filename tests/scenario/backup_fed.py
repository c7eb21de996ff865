#!/usr/bin/env python3
"""backup_fed.py - a place of backups that is a command: it is given the newest one by the operator's timer, must give it back byte for
byte, and serve tells when it was given none for a day. Here the commands are shell scripts."""
import datetime
import shutil
import signal
import time

from backups import backups as files, command, made_by, make, oslo_now, owned, place_of, until_oslo, write_places
from scenario import expect, fact, main, until

made = {}
# put reads a backup and get gives it back; what is wrong with a place is a line of its own.
SCRIPT = '''#!/bin/sh
set -eu
cd {folder}
echo "$1" >>asked
case "$1" in
put) {put} ;;
get) {get} ;;
esac
'''
WHOLE = {'put': 'cat >"$2.part" && mv "$2.part" "$2"', 'get': 'cat "$2"'}


def program(town, name, **ways):
    folder = town.stack.folder / f'{name}-store'
    folder.mkdir(mode=0o700, exist_ok=True)
    owned(folder)
    path = town.stack.folder / name
    path.write_text(SCRIPT.format(folder=folder, **{**WHOLE, **ways}))
    path.chmod(0o755)
    return owned(path)


def register(town, *programs):
    write_places(town, f'NO {town.stack.folder / "first"} Den ene, Oslo\n' +
                 ''.join(f'NO command:{path} Den andre, Bergen\n' for path in programs))


def feed(town):
    return command(town, 'backup', *town.stack.place, 'feed')


def store_of(path):
    return path.parent / f'{path.name}-store'


def asked(path):
    told = store_of(path) / 'asked'
    return told.read_text().split() if told.exists() else []


def alarms(town):
    return town.stack.log('serve').count('event=backup-not-fed')


@fact
def without_a_command_or_without_a_backup_there_is_nothing_to_take_away(town):
    place_of(town, 'first')
    write_places(town, f'NO {town.stack.folder / "first"} Den ene, Oslo\n')
    done = feed(town)
    expect(done.returncode == 6 and 'command:' in done.stderr, done)
    write_places(town, 'NO command:relative Den andre\n')
    expect(feed(town).returncode == 3)
    write_places(town, f'SE command:{program(town, "away")} Someone\n')
    expect(feed(town).returncode == 6)


@fact
def what_lies_in_the_first_folder_is_given_to_the_command_which_gives_it_back_byte_for_byte(town):
    away = made['away'] = program(town, 'away')
    register(town, away)
    done = make(town)
    expect(done.returncode == 0 and 'in 1 of 1 places' in done.stdout, done)
    made['backup'] = made_by(done, town.stack.folder / 'first')
    newest = files(town.stack.folder / 'first')[-1]
    done = feed(town)
    expect(done.returncode == 0 and f'was given {newest.name}' in done.stdout and asked(away) == ['put', 'get'], done, asked(away))
    expect((store_of(away) / newest.name).read_bytes() == newest.read_bytes())
    told = command(town, 'backup', *town.stack.place, 'list').stdout
    expect(f'NO command:{away} Den andre, Bergen' in told and f'{newest.name} was there ' in told, told)
    checked = command(town, 'backup', 'verify', store_of(away) / newest.name, *town.stack.place[2:4])
    expect(checked.returncode == 0, checked)


@fact
def what_it_has_it_is_not_given_again(town):
    done = feed(town)
    expect(done.returncode == 0 and ' has ' in done.stdout and asked(made['away']) == ['put', 'get'], done)


def refused(town, name, status, words, **ways):
    """A new backup, which this command does not take as it should."""
    path = program(town, name, **ways)
    register(town, path)
    done = feed(town)
    expect(done.returncode == status and words in done.stderr and str(path) in done.stderr, done)
    told = command(town, 'backup', *town.stack.place, 'list').stdout
    expect('was never given one' in told, told)
    return done


@fact
def a_command_that_fails_midway_has_it_not_and_says_its_status(town):
    refused(town, 'midway', 4, 'put: it ended with status 3', put='head -c 100 >"$2"; exit 3')
    refused(town, 'killed', 4, 'put: it ended with status 137', put='head -c 100 >"$2"; kill -9 $$')
    refused(town, 'mute', 4, 'get: it ended with status 1', get='cat nothing-there')


@fact
def a_command_that_keeps_half_and_says_that_all_is_well_has_it_not(town):
    size = files(town.stack.folder / 'first')[-1].stat().st_size
    refused(town, 'half', 9, 'not what it was given', put=f'head -c {size // 2} >"$2"; cat >/dev/null')
    refused(town, 'other', 9, 'not what it was given', get='tr "\\001" "\\002" <"$2"')
    refused(town, 'more', 9, 'not what it was given', get='cat "$2"; echo more')
    refused(town, 'empty', 9, 'not what it was given', put='cat >/dev/null', get='true')


@fact
def a_program_that_is_not_there_is_told_and_the_others_are_given_it_all_the_same(town):
    good = program(town, 'good')
    register(town, town.stack.folder / 'nowhere', good)
    done = feed(town)
    expect(done.returncode == 6 and 'nowhere' in done.stderr and f'{good} was given' in done.stdout, done)
    expect(asked(good) == ['put', 'get'])
    plain = town.stack.folder / 'plain'
    shutil.copy(good, plain)
    owned(plain).chmod(0o600)
    register(town, plain)
    expect(feed(town).returncode == 6)


@fact
def serve_says_when_a_place_was_given_none_for_a_day_and_is_quiet_when_it_was(town):
    register(town, made['away'])
    town.stack.restart_serve()
    expect(feed(town).returncode == 0)   # of now, or as it has it
    before, before_asked = alarms(town), asked(made['away'])
    until_oslo(town, oslo_now(town) + datetime.timedelta(hours=27))
    town.stack.restart_serve()
    until(lambda: alarms(town) > before, 'an alarm')
    expect(asked(made['away']) == before_asked, 'serve runs no program')
    line = [text for text in town.stack.log('serve').splitlines() if 'backup-not-fed' in text][-1]
    expect(line.startswith('<1>') and 'places=1' in line, line)
    until(lambda: files(town.stack.folder / 'first')[-1].name != files(store_of(made['away']))[-1].name, 'the backup of the day')
    done = feed(town)
    expect(done.returncode == 0 and 'was given' in done.stdout, done)
    before = alarms(town)
    town.stack.restart_serve()
    time.sleep(2)
    expect(alarms(town) == before, 'quiet')
    expect(town.verify() == '', town.verify())


@fact
def the_newest_of_all_folders_is_given_and_that_none_was_made_for_a_day_is_told(town):
    first, second, spare = (place_of(town, name) for name in ('first', 'second', 'spare'))
    away = program(town, 'further')
    town.stack.end('serve', signal.SIGTERM)
    write_places(town, f'NO {first} Den ene, Oslo\nNO {second} Den tredje, Oslo\nNO command:{away} Den andre, Bergen\n')
    oldest, *later = files(first)
    newest = later[-1]
    shutil.move(newest, second / newest.name)
    done = feed(town)
    expect(done.returncode == 0 and f'was given {newest.name}' in done.stdout, done)
    for path in (*later[:-1], second / newest.name):
        shutil.move(path, spare / path.name)
    for words in ('was given', ' has '):
        done = feed(town)
        expect(done.returncode == 6 and f'{words} {oldest.name}'.replace('  ', ' ') in done.stdout, done)
        expect('none was made for more than a day' in done.stderr, done)
    for path in later:
        shutil.move(spare / path.name, path)
    town.stack.start_serve()
    expect(feed(town).returncode == 0)


if __name__ == '__main__':
    main(mode='test')
