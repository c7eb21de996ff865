#!/usr/bin/env python3
"""draw_floors.py - draws FLOORS, so that the drawing in ARCHITECTURE.md cannot say anything else.

usage: draw_floors.py [--check]      (from the root of the sources)

Writes docs/floors.svg; with --check it only says whether that is what FLOORS says (exit 1: it is not). A folder with rooms is one
box, its rooms inside, each above those that it may include. A line leads down to what a box may include, unless a folder on the
way may as well. The numbers are the floors of the table in ARCHITECTURE.md. Everything stands on `base`, and main.c includes everything, so these two need no lines.
"""
import pathlib
import random
import sys
from collections import defaultdict
from html import escape
from math import fsum

from check_floors import read_floors

OUT = pathlib.Path('docs/floors.svg')
WIDTH, ROW_GAP, BOX_GAP, MARGIN, TRIES = 1000, 46, 26, 34, 60
CHIP, CHIP_GAP, LETTER, SMALL = 30, 8, 8.1, 6.3
GROUND, ROOF = 'base', '.'

STYLE = '''
  .page { fill: #ffffff } .box { fill: #eef3f8; stroke: #9db4c8 } .room { fill: #ffffff; stroke: #b9c9d8 }
  .slab { fill: #dfe8f0; stroke: #9db4c8 } .way { fill: none; stroke: #7c97ae; stroke-width: 1.4 } .end { fill: #7c97ae }
  text { font: 15px system-ui, "Segoe UI", "DejaVu Sans", sans-serif; fill: #16293a; text-anchor: middle }
  .own { font-size: 11.5px; fill: #4a6378 } .title { font-weight: 600 } .floor { font-size: 11.5px; fill: #6d8296; text-anchor: start }
  @media (prefers-color-scheme: dark) {
    .page { fill: #12181f } .box { fill: #1d2833; stroke: #4c6377 } .room { fill: #263543; stroke: #52697d }
    .slab { fill: #253342; stroke: #4c6377 } .way { stroke: #7d95aa } .end { fill: #7d95aa }
    text { fill: #e6edf4 } .own { fill: #a9bccd } .floor { fill: #8ba0b3 }
  }'''


def levels(may):
    """Each name's floor: one above the highest that it may include."""
    found = {}

    def level(name):
        if name not in found:
            found[name] = max((level(below) + 1 for below in may[name] if below in may), default=0)
        return found[name]

    return {name: level(name) for name in may}


def reach(may, name):
    """All that name may include, on any way."""
    seen, todo = set(), [name]
    while todo:
        for below in may.get(todo.pop(), ()):
            if below not in seen:
                seen.add(below)
                todo.append(below)
    return seen


def houses(may):
    """(what each house may include, rooms of each house): a folder of src/ with all its rooms is one house."""
    between, rooms = defaultdict(set), defaultdict(dict)
    for folder, allowed in may.items():
        house = folder.split('/')[0]
        between[house] |= {name.split('/')[0] for name in allowed} - {house}
        rooms[house][folder] = {name for name in allowed if name.split('/')[0] == house}
    return dict(between), rooms


def direct(may):
    """Only what no other included folder leads to."""
    return {name: {below for below in allowed if not any(below in reach(may, other) for other in allowed - {below})}
            for name, allowed in may.items()}


class Box:
    """A house as it is drawn: rows of rooms, the lowest last."""

    def __init__(self, name, rooms, libraries):
        self.name, self.libraries = name, libraries
        by_level = defaultdict(list)
        if len(rooms) > 1:
            for room, level in levels(rooms).items():
                by_level[level].append(room)
        self.rows = [sorted(by_level[level]) for level in sorted(by_level, reverse=True)]
        own = ' '.join(self.own(name)) if not self.rows else ''
        inside = max((sum(self.chip(room) for room in row) + CHIP_GAP * (len(row) - 1) for row in self.rows), default=0)
        self.w = max(len(name) * LETTER + 44, len(own) * SMALL + 24, inside + 28)
        self.h = 34 + len(self.rows) * (CHIP + CHIP_GAP) + 6 if self.rows else 48
        self.x = self.y = 0

    def own(self, folder):
        return [name.rstrip('/') for name in self.libraries.get(folder, [])]

    def label(self, room):
        return room if room == self.name else room[len(self.name) + 1:]

    def chip(self, room):
        return len(self.label(room) + ''.join(self.own(room))) * LETTER + 30

    def draw(self):
        left, middle = self.x - self.w / 2, self.x
        yield f'<rect class="box" x="{left:.0f}" y="{self.y}" width="{self.w:.0f}" height="{self.h}" rx="7"/>'
        own = ' '.join(self.own(self.name))
        if not self.rows:
            yield f'<text class="title" x="{middle:.0f}" y="{self.y + (21 if own else 29)}">{escape(self.name)}</text>'
            if own:
                yield f'<text class="own" x="{middle:.0f}" y="{self.y + 38}">{escape(own)}</text>'
            return
        yield f'<text class="title" x="{middle:.0f}" y="{self.y + 22}">{escape(self.name)}</text>'
        for number, row in enumerate(self.rows):
            yield from self.draw_row(row, self.y + 34 + number * (CHIP + CHIP_GAP))

    def draw_row(self, row, top):
        at = self.x - (sum(self.chip(room) for room in row) + CHIP_GAP * (len(row) - 1)) / 2
        for room in row:
            own = f' <tspan class="own">{escape(" ".join(self.own(room)))}</tspan>' if self.own(room) else ''
            yield f'<rect class="room" x="{at:.0f}" y="{top}" width="{self.chip(room):.0f}" height="{CHIP}" rx="5"/>'
            yield f'<text x="{at + self.chip(room) / 2:.0f}" y="{top + 20}">{escape(self.label(room))}{own}</text>'
            at += self.chip(room) + CHIP_GAP


class Bend:
    """A line's place on a floor that it only passes."""
    w, h = 10, 0

    def __init__(self):
        self.x = self.y = 0


def lay_lines(boxes, down, level, floors):
    """Adds a bend on each floor between the ends of a line. Each line as its points, upper end first."""
    lines = []
    for name in sorted(down):
        for below in sorted(down[name]):
            bends = [Bend() for _ in range(level[name] - level[below] - 1)]
            for number, bend in enumerate(bends):
                floors[level[name] - 1 - number].append(bend)
            lines.append([boxes[name], *bends, boxes[below]])
    return lines


def settle(floor):
    """Moves the places of one floor apart, as little as will do, and into the page."""
    at = MARGIN
    for place in floor:
        place.x = max(place.x, at + place.w / 2)
        at = place.x + place.w / 2 + BOX_GAP
    at = WIDTH - MARGIN
    for place in reversed(floor):
        place.x = min(place.x, at - place.w / 2)
        at = place.x - place.w / 2 - BOX_GAP


def unrest(lines):
    """How many pairs of lines cross between two floors, how far lines lean, how far all of it leans: the smaller the calmer."""
    parts = [(a, b) for line in lines for a, b in zip(line, line[1:])]
    crossed = sum(1 for number, (a, b) in enumerate(parts) for c, d in parts[:number]
                  if a.floor == c.floor and (a.x - c.x) * (b.x - d.x) < 0)
    middle = fsum(a.x + b.x for a, b in parts) / (2 * len(parts))
    return crossed * 10000 + fsum(abs(a.x - b.x) for a, b in parts) + 10 * abs(middle - WIDTH / 2)


def relax(floors, near, sort):
    """Each place moves under the middle of its neighbours, again and again."""
    for _ in range(40):
        for floor in floors:
            for place in floor:
                if near[place]:
                    place.x = fsum(other.x for other in near[place]) / len(near[place])
            if sort:
                floor.sort(key=lambda place: place.x)
            settle(floor)


def improve(floors, near, lines):
    """Two on a floor change sides where that makes it calmer."""
    best = unrest(lines)
    for floor in floors:
        for first in range(len(floor)):
            for second in range(first + 1, len(floor)):
                kept = {place: place.x for other in floors for place in other}
                floor[first], floor[second] = floor[second], floor[first]
                relax(floors, near, False)
                now = unrest(lines)
                if now < best:
                    best = now
                    continue
                floor[first], floor[second] = floor[second], floor[first]
                for place, x in kept.items():
                    place.x = x


def arrange(floors, lines):
    """Tries some beginnings, always the same ones, and keeps the calmest."""
    near, chance, tries = defaultdict(list), random.Random(1), []
    for line in lines:
        for upper, lower in zip(line, line[1:]):
            near[upper].append(lower)
            near[lower].append(upper)
    for number, floor in enumerate(floors):
        for place in floor:
            place.floor = number
    for _ in range(TRIES):
        for floor in floors:
            chance.shuffle(floor)
            for at, place in enumerate(floor):
                place.x = WIDTH * (at + 1) / (len(floor) + 1)
            settle(floor)
        relax(floors, near, True)
        relax(floors, near, False)
        tries.append((unrest(lines), len(tries), [list(floor) for floor in floors], {place: place.x for floor in floors for place in floor}))
    _, _, orders, xs = min(tries, key=lambda one: one[:2])
    for floor, order in zip(floors, orders):
        floor[:] = order
    for place, x in xs.items():
        place.x = x
    improve(floors, near, lines)


def draw_line(line):
    """Down from the upper box to the lower one, in soft bends; a dot stands at the end."""
    points = [(line[0].x, line[0].y + line[0].h)]
    for bend in line[1:-1]:
        points += [(bend.x, bend.top), (bend.x, bend.bottom)]
    points += [(line[-1].x, line[-1].top), (line[-1].x, line[-1].y)]
    way = f'M{points[0][0]:.0f},{points[0][1]:.0f}'
    for (x, y), (to_x, to_y) in zip(points, points[1:]):
        half = (to_y - y) / 2
        way += f' L{to_x:.0f},{to_y:.0f}' if x == to_x else f' C{x:.0f},{y + half:.0f} {to_x:.0f},{to_y - half:.0f} {to_x:.0f},{to_y:.0f}'
    return f'<path class="way" d="{way}"/><circle class="end" cx="{points[-1][0]:.0f}" cy="{points[-1][1]:.0f}" r="3.2"/>'


def spread_ends(lines):
    """Lines that meet at one box stand side by side there, in the order in which they come."""
    ends = defaultdict(list)
    for line in lines:
        ends[line[0], 'lower'].append((line[1].x, line, 0))
        ends[line[-1], 'upper'].append((line[-2].x, line, -1))
    for (box, _), meeting in ends.items():
        meeting.sort(key=lambda end: end[0])
        step = min(22, (box.w - 24) / max(1, len(meeting) - 1))
        for number, (_, line, which) in enumerate(meeting):
            end = Bend()
            end.x = box.x + (number - (len(meeting) - 1) / 2) * step
            end.y, end.h, end.top = box.y, box.h, box.top
            line[which] = end


def floor_number(number, y):
    return f'<text class="floor" x="{MARGIN / 2 - 5:.0f}" y="{y:.0f}">{number}</text>'


def slab(name, does, number, y):
    middle = WIDTH / 2
    return floor_number(number, y + 21) + (f'<rect class="slab" x="{MARGIN}" y="{y}" width="{WIDTH - 2 * MARGIN}" height="34" rx="7"/>'
            f'<text x="{middle:.0f}" y="{y + 22}"><tspan class="title">{escape(name)}</tspan> <tspan class="own">{escape(does)}</tspan></text>')


def draw():
    may, libraries = read_floors(pathlib.Path('FLOORS'))
    built = {name for name in may if (pathlib.Path('src') / name).is_dir()} - {GROUND, ROOF}
    between, rooms = houses({name: may[name] & built for name in sorted(built)})
    down, level = direct(between), levels(between)
    boxes = {name: Box(name, rooms[name], libraries) for name in between}
    floors = [[boxes[name] for name in sorted(boxes) if level[name] == number] for number in range(max(level.values()) + 1)]
    lines = lay_lines(boxes, down, level, floors)
    arrange(floors, lines)
    y, numbers = MARGIN + 34 + ROW_GAP / 2, []
    for floor in reversed(floors):
        tall = max(place.h for place in floor)
        for place in floor:
            place.y = y + tall - place.h
            place.top, place.bottom = y, y + tall
        numbers.append(floor_number(len(floors) - len(numbers), y + tall - 19))
        y += tall + ROW_GAP
    y += ROW_GAP / 2 - ROW_GAP
    spread_ends(lines)
    height = y + 34 + MARGIN
    parts = [*numbers, slab('main.c', 'chooses and builds', len(floors) + 1, MARGIN), *map(draw_line, lines)]
    parts += [part for floor in reversed(floors) for place in floor if isinstance(place, Box) for part in place.draw()]
    parts.append(slab(GROUND, 'everything stands on it', 0, y))
    return '\n'.join([f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:.0f}" role="img">',
                      '<title>The floors of src/: a line leads down to what a folder may include</title>',
                      f'<style>{STYLE}\n</style>', f'<rect class="page" width="{WIDTH}" height="{height:.0f}" rx="10"/>', *parts, '</svg>', ''])


def main():
    drawing = draw()
    if '--check' not in sys.argv[1:]:
        OUT.write_text(drawing)
    elif not OUT.exists() or OUT.read_text() != drawing:
        print(f'{OUT} is not what FLOORS says: run tools/draw_floors.py')
        return 1
    return 0


if __name__ == '__main__':
    sys.exit(main())
