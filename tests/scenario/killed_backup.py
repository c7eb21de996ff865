#!/usr/bin/env python3
"""killed_backup.py - a backup and a restore are killed before calls that change a file, each in a run of its own.

A sample of the calls; with KILLS=all (`make soak`) every one. What is there afterwards is whole or nothing, and the next run ends well;
what the ledger says ended since is ended whenever it comes to its end."""
import shutil
import signal

import backups
from ending import sends
from killing import chosen, place_shim, shim
from scenario import expect, fact, main

SAMPLE = 10
made = {}


def under_shim(town, *arguments, **variables):
    """Runs a command with the shim before it; its result."""
    with shim(town, **variables):
        return town.stack.command(*arguments, check=False)


def calls_of(town, *arguments):
    """How many calls the command makes that change a file."""
    count = town.stack.folder / 'count'
    done = under_shim(town, *arguments, KILL_COUNT=count)
    expect(done.returncode == 0, done)
    return int(count.read_text())


@fact
def the_places_are_there(town):
    place_shim(town)
    backups.owned(town.stack.folder / 'shim.so')
    for name in ('first', 'second'):
        backups.place_of(town, name)
    backups.write_places(town, f'NO {town.stack.folder / "first"} Den ene, Oslo\nNO {town.stack.folder / "second"} Den andre, Bergen\n')
    town.stack.end('serve')


@fact
def a_backup_that_is_killed_anywhere_leaves_no_half_file_under_a_name_and_the_next_one_is_made(town):
    stack = town.stack
    order = ['backup', *stack.place]
    calls = calls_of(town, *order)
    print(f'# {calls} calls of a backup, {len(chosen(1, calls, SAMPLE))} of them are killed', flush=True)
    for at in chosen(1, calls, SAMPLE):
        done = under_shim(town, *order, KILL_AT=at)
        expect(done.returncode in (-signal.SIGKILL, 0), at, done)
        for folder in ('first', 'second'):
            for file in backups.backups(stack.folder / folder):
                checked = stack.command('backup', 'verify', file, '--key-file', stack.data / 'keys' / 'key-file', check=False)
                expect(checked.returncode == 0, at, file, checked)
                file.unlink()
        done = stack.command(*order, check=False)
        expect(done.returncode == 0 and 'in 2 of 2 places' in done.stdout, at, done)
        left = [path.name for folder in ('first', 'second') for path in (stack.folder / folder).iterdir() if path.suffix == '.part']
        expect(not left, at, left)
    expect(town.verify() == '', town.verify())
    made['backup'] = backups.backups(stack.folder / 'first')[-1]


@fact
def after_it_a_consent_is_withdrawn_which_only_the_ledger_knows_then(town):
    town.stack.start_serve()
    expect(sends(town.signed_in('Lys Lerke'), town.log('modig'), 'consent_withdraw', of='1').status == 303)
    made['withdrawn'] = town.asked('SELECT id,withdrawn_at FROM consent WHERE withdrawn_at>0')
    expect(made['withdrawn'])
    town.stack.end('serve')


def is_refused(town):
    stack = town.stack
    done = stack.command('serve', *stack.place, '--socket', stack.gateway_socket, '--origin', stack.origin, check=False)
    return done.returncode == 6 and 'restore' in done.stderr


def clear(town):
    shutil.rmtree(town.stack.data, ignore_errors=True)


@fact
def a_restore_that_is_killed_anywhere_is_refused_by_serve_or_whole_and_the_next_one_ends_well(town):
    stack = town.stack
    backups.lose_the_machine(town)
    order = backups.restore_arguments(town, made['backup'], 1, 2)
    calls = calls_of(town, *order)
    print(f'# {calls} calls of a restore, {len(chosen(1, calls, SAMPLE))} of them are killed', flush=True)
    for at in chosen(1, calls, SAMPLE):
        clear(town)
        done = under_shim(town, *order, KILL_AT=at)
        expect(done.returncode in (-signal.SIGKILL, 0), at, done)
        begun = (stack.data / 'unfinished-restore').exists()
        databases = list(stack.data.rglob('*.db')) if stack.data.exists() else []
        expect(begun or not databases or at >= calls - 3, at, databases)
        expect(not begun or is_refused(town), at)
        if begun or not databases:
            done = stack.command(*order, check=False)
            expect(done.returncode == 0, at, done)
        expect(not (stack.data / 'unfinished-restore').exists(), at)


@fact
def what_was_restored_last_is_as_it_was_written(town):
    backups.start_again(town)
    expect(town.verify() == '', town.verify())
    expect(town.asked('SELECT id,withdrawn_at FROM consent WHERE withdrawn_at>0') == made['withdrawn'], 'withdrawn, with the first time')
    expect(town.signed_in('Klok Elv').get(town.log('modig')).status == 404)
    page = town.signed_in('Klok Elv').open(town.log('blid'))
    expect('Blid Bjørk' in page.text, page)


if __name__ == '__main__':
    main(mode='test')
