"""searching.py - every byte that an installation leaves: databases, their logs, the logs of processes, nginx, open files without a name.

    found(town, words)      (word, where) for each planted word, however it may be spelt there
    places(town)            (name, content) of each place
"""
import base64
import os
import pathlib
import resource
import urllib.parse

from scenario import expect


def spellings(word):
    """A word as it may lie somewhere: as typed, as a form sends it, in two encodings, and as base64 at each offset."""
    raw = word.encode()
    told = [raw, urllib.parse.quote_plus(word).encode(), word.encode('latin-1', 'ignore'), word.encode('utf-16-le'), raw.hex().encode()]
    for offset in range(3):
        padded = b'\0' * offset + raw
        text = base64.b64encode(padded + b'\0' * (-len(padded) % 3))
        told.append(text[-(-offset * 4 // 3) + 1:-4])
        told.append(told[-1].replace(b'+', b'-').replace(b'/', b'_'))
    return set(told)


def open_files(town):
    """Files that a process still holds though they have no name any more."""
    for name in ('serve', 'keyd', 'front'):
        process = town.stack.pid(name)
        yield from held_by(process)
        for child in pathlib.Path(f'/proc/{process}/task/{process}/children').read_text().split():
            yield from held_by(child)


def held_by(process):
    for handle in pathlib.Path(f'/proc/{process}/fd').iterdir():
        try:
            target = os.readlink(handle)
            if target.startswith('/') and target.endswith(' (deleted)'):
                yield target, handle.read_bytes()
        except OSError:
            continue


def places(town):
    for path in [*town.stack.folder.rglob('*'), *town.stack.transit.rglob('*')]:
        if path.is_file() and path != town.stack.program and 'assets' not in path.parts:
            yield str(path), path.read_bytes()
    yield from open_files(town)


def found(town, words, spell=spellings):
    """(word, where) for each planted word in each place."""
    wanted = [(word, spelling) for word in words for spelling in spell(word)]
    return sorted({(word, place) for place, content in places(town) for word, spelling in wanted if spelling in content})


def let_cores_be():
    """Before anything is started: whoever leaves no core afterwards does so of themselves, and not because the machine forbids it."""
    most = resource.getrlimit(resource.RLIMIT_CORE)[1]
    resource.setrlimit(resource.RLIMIT_CORE, (most, most))
    os.environ['ASAN_OPTIONS'] = ':'.join(filter(None, (os.environ.get('ASAN_OPTIONS'), 'disable_coredump=0')))


def no_cores(town):
    """serve, the key agent and the workers of the front leave no core, whatever they were started with."""
    expect(resource.getrlimit(resource.RLIMIT_CORE)[0] != 0, 'let_cores_be was called')
    for name in ('serve', 'keyd', 'front'):
        process = town.stack.pid(name)
        workers = pathlib.Path(f'/proc/{process}/task/{process}/children').read_text().split()
        for each in workers if name == 'front' else [process]:
            limits = pathlib.Path(f'/proc/{each}/limits').read_text()
            line = next(line for line in limits.splitlines() if line.startswith('Max core file size')).split()
            expect(line[4] == '0', name, each, line)
