#!/usr/bin/env python3
"""draw_plot.py - a plot as SVG, readable on light and dark paper, out of series of points.

usage: draw_plot.py OUT.svg < PLOT.json

PLOT.json: {"title", "x", "y": texts, "log": true|false, "series": [{"name", "points": [[x, y], ...], "line": true|false}]}.
With "log" both axes count in powers of ten. Where "line" is false each point stands alone, under the series' name.
"""
import json
import math
import pathlib
import sys

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 760, 420, 80, 210, 50, 60
COLOURS = ['#1b5faa', '#b3541e', '#2b7a4b', '#7a3e9d', '#666666', '#a81c4d']
MARKS = ['M-4-4H4V4H-4Z', 'M0-5L5 4H-5Z', 'M-5 0A5 5 0 1 0 5 0A5 5 0 1 0-5 0Z', 'M0-6L6 0L0 6L-6 0Z', 'M-5-2H5V2H-5Z', 'M-2-5H2V5H-2Z']


def escape(text):
    return str(text).replace('&', '&amp;').replace('<', '&lt;')


class Axis:
    """From numbers to places between two ends."""

    def __init__(self, numbers, log, begin, end):
        self.log, self.begin, self.end = log, begin, end
        if log:
            self.low, self.high = math.floor(math.log10(min(numbers))), math.ceil(math.log10(max(numbers)))
        else:
            self.low, self.high = 0, max(numbers) * 1.05 or 1
        self.high = max(self.high, self.low + 1e-9)

    def place(self, number):
        value = math.log10(number) if self.log else number
        return self.begin + (value - self.low) / (self.high - self.low) * (self.end - self.begin)

    def ticks(self):
        if self.log:
            return [10.0 ** power for power in range(self.low, self.high + 1)]
        step = 10 ** math.floor(math.log10(self.high))
        step = step / 5 if self.high / step < 2 else step
        return [step * i for i in range(int(self.high / step) + 1)]


def label(number):
    return f'{number:,.0f}' if number >= 1 or number == 0 else f'{number:g}'


def draw_axes(plot, across, up):
    for tick in across.ticks():
        x = across.place(tick)
        yield f'<path d="M{x:.1f} {TOP}V{HEIGHT - BOTTOM}" stroke="#888" stroke-opacity=".3"/>'
        yield f'<text x="{x:.1f}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle">{label(tick)}</text>'
    for tick in up.ticks():
        y = up.place(tick)
        yield f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" stroke="#888" stroke-opacity=".3"/>'
        yield f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{label(tick)}</text>'
    yield f'<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 14}" text-anchor="middle">{escape(plot["x"])}</text>'
    yield f'<text x="14" y="{TOP - 12}">{escape(plot["y"])}</text>'


def draw_series(series, number, across, up):
    colour, mark = COLOURS[number % len(COLOURS)], MARKS[number % len(MARKS)]
    places = [(across.place(x), up.place(y)) for x, y in series['points']]
    if series.get('line', True):
        yield f'<polyline points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in places)}" fill="none" stroke="{colour}" stroke-width="2"/>'
    for x, y in places:
        yield f'<path d="{mark}" transform="translate({x:.1f} {y:.1f})" fill="{colour}"/>'
    yield f'<path d="{mark}" transform="translate({WIDTH - RIGHT + 20} {TOP + 10 + 24 * number})" fill="{colour}"/>'
    yield f'<text x="{WIDTH - RIGHT + 32}" y="{TOP + 14 + 24 * number}">{escape(series["name"])}</text>'


def main():
    plot = json.load(sys.stdin)
    points = [point for series in plot['series'] for point in series['points']]
    across = Axis([x for x, _ in points], plot['log'], LEFT, WIDTH - RIGHT)
    up = Axis([y for _, y in points], plot['log'], HEIGHT - BOTTOM, TOP)
    lines = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" font-family="sans-serif" font-size="13">',
             f'<title>{escape(plot["title"])}</title>', f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
             f'<text x="{LEFT}" y="20" font-weight="bold">{escape(plot["title"])}</text>', *draw_axes(plot, across, up)]
    for number, series in enumerate(plot['series']):
        lines += draw_series(series, number, across, up)
    pathlib.Path(sys.argv[1]).write_text('\n'.join([*lines, '</svg>']) + '\n')


if __name__ == '__main__':
    sys.exit(main())
