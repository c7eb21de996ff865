"""backups.py - what tests of backups share: the register of places, a machine that is lost, and another with nothing on it.

Must not hold facts. Used by backup.py, killed_backup.py."""
import datetime
import pathlib
import re
import shutil
import subprocess
import time

from scenario import OSLO, expect

made = {'written': [], 'places': [], 'lost': 0}


def command(town, *arguments):
    return town.stack.command(*arguments, check=False)


def shares(town, *custodians, folder=None):
    """Arguments that give the shares of these custodians."""
    where = folder or town.stack.data / 'shares'
    return [part for custodian in custodians
            for part in ('--share', where / f'share-{custodian}', '--passphrase-file', where / f'passphrase-{custodian}')]


def owned(path):
    """A path that the user without rights may use, as the stack's own are."""
    if (pathlib.Path(path).parent / '.').exists():
        owner = path.parent.stat()
        shutil.chown(path, owner.st_uid, owner.st_gid)
    return path


def write_places(town, text):
    place = town.stack.data / 'places'
    place.write_text(text)
    owned(place)


def place_of(town, name):
    folder = town.stack.folder / name
    folder.mkdir(mode=0o700, exist_ok=True)
    made['places'].append(owned(folder))
    return folder


def backups(folder):
    return sorted(path for path in folder.iterdir() if path.suffix == '.backup')


def make(town):
    """A backup is made by hand; serve may be making its own just then, and is waited for."""
    for _ in range(200):
        done = command(town, 'backup', *town.stack.place)
        if done.returncode != 8:
            break
        time.sleep(0.1)
    return done


def made_by(done, folder):
    """The file that a command says it has made, in one of its places. serve may have made another by itself."""
    return folder / re.search(r'^backup (\S+)', done.stdout, re.MULTILINE).group(1)


def oslo_now(town):
    return datetime.datetime.fromtimestamp(time.time() + town.stack.moved_s(), OSLO)


def until_oslo(town, when):
    """Moves the time of the installation to this moment."""
    seconds = int((when - oslo_now(town)).total_seconds()) + 1
    expect(seconds > 0, when)
    town.stack.command('clock', *town.stack.place, 'advance', f'{seconds}s')


def lose_the_machine(town):
    """What is left: a mirror of the key file, the shares and the backups. The databases are out of reach from here on."""
    stack = town.stack
    for part in ('serve', 'keyd'):
        stack.end(part)
    made['lost'] += 1
    lost, safe = stack.folder / f'lost-{made["lost"]}', stack.folder / f'safe-{made["lost"]}'
    stack.data.rename(lost)
    safe.mkdir(mode=0o700)
    owned(safe)
    for name in ('key-file', 'key-file.mirror'):
        shutil.copy2(lost / 'keys' / 'key-file.mirror', safe / name)
        owned(safe / name)
    for name in ('key-file.clock', 'key-file.journal'):
        if (lost / 'keys' / name).exists():
            shutil.copy2(lost / 'keys' / name, safe / name)
            owned(safe / name)
    if stack.postgres:
        new_database(stack)
    made['shares'], made['safe'], made['ledger'] = lost / 'shares', safe, lost / 'ledger'


def new_database(stack):
    name = f'restored_{made["lost"]}'
    done = subprocess.run([f'{stack.postgres.programs}/psql', '-h', str(stack.postgres.folder), '-U', 'stafettlogg', '-d', 'postgres', '-c',
                           f'CREATE DATABASE {name}'], capture_output=True, text=True, check=False)
    expect(done.returncode == 0, done)
    stack.postgres.place = f'host={stack.postgres.folder} user=stafettlogg dbname={name} connect_timeout=5'


def restore_arguments(town, file, *custodians, key_file=None):
    stack = town.stack
    ledger = ['--ledger', made['ledger']] if made['ledger'].exists() else ['--ledger-lost']
    database = ['--database', stack.postgres.place] if stack.postgres else []
    return ['restore', file, '--data', stack.data, *database, '--key-file', key_file or made['safe'] / 'key-file', '--mirror',
            made['safe'] / 'key-file.mirror', *ledger, *shares(town, *custodians, folder=made['shares'])]


def start_again(town):
    """The key agent and serve over what was restored."""
    stack = town.stack
    made['safe'].rename(stack.data / 'keys')
    shutil.copytree(made['shares'], stack.data / 'shares')
    for path in [stack.data / 'shares', *(stack.data / 'shares').iterdir()]:
        shutil.chown(path, stack.data.stat().st_uid, stack.data.stat().st_gid)
    stack.start_keyd()
    stack.unseal(1)
    stack.unseal(2)
    stack.start_serve()
