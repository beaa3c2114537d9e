import type { DialCell, WaitCell } from './experiments.js';

/** Colours that stay apart for colour-blind readers, on paper of our own so that a dark page does not matter. */
const colour = {
  paper: '#ffffff',
  ink: '#1f2933',
  faint: '#616e7c',
  grid: '#e4e7eb',
  events: '#0b7285',
  tick5s: '#e8590c',
  tick30s: '#f2b035',
};
const width = 960;
const height = 470;

interface Panel {
  x: number;
  y: number;
  width: number;
  height: number;
}

const left: Panel = { x: 70, y: 96, width: 500, height: 290 };
const right: Panel = { x: 660, y: 96, width: 270, height: 290 };

/** Waits under three routers beside theory, and what a head start does, as one SVG. */
export function drawWaits(cells: readonly WaitCell[], dial: readonly DialCell[]): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${String(width)} ${String(height)}" font-family="Inter, Helvetica, Arial, sans-serif" role="img" aria-labelledby="title">`,
    '<title id="title">Mean wait against theory under three routers, and what a head start does</title>',
    `<rect width="${String(width)}" height="${String(height)}" rx="10" fill="${colour.paper}"/>`,
    ...drawBars(cells),
    ...drawDial(dial),
    '</svg>\n',
  ].join('\n');
}

const series = [
  { key: 'events', name: 'Peyk: at each event' },
  { key: 'tick5s', name: 'every 5 s, one item' },
  { key: 'tick30s', name: 'every 30 s, all' },
] as const;

/** On a scale of powers, for a wait can be a hundred times what it had to be. */
const most = 200;
const least = 0.7;

function drawBars(cells: readonly WaitCell[]): string[] {
  const yOf = (value: number): number =>
    left.y + left.height * (1 - Math.log(Math.min(value, most) / least) / Math.log(most / least));
  const group = left.width / cells.length;
  const bar = group / 4;
  const grid = [1, 2, 5, 10, 20, 50, 100].flatMap((value) => [
    line(left.x, yOf(value), left.x + left.width, yOf(value), value === 1 ? colour.ink : colour.grid),
    text(left.x - 8, yOf(value) + 4, `${String(value)}×`, { anchor: 'end', fill: colour.faint }),
  ]);
  const bars = cells.flatMap(({ agents, load, ratios }, index) => {
    const x = left.x + group * index + group * 0.14;
    return [
      ...series.flatMap(({ key }, place) => drawBar(x + bar * place, bar * 0.86, ratios[key], { key, yOf })),
      text(x + bar * 1.5, left.y + left.height + 18, `${String(Math.round(load * 100))} %`, { anchor: 'middle' }),
      ...(index % 3 === 1
        ? [
            text(x + bar * 1.5, left.y + left.height + 38, `${String(agents)} agents`, {
              anchor: 'middle',
              fill: colour.faint,
            }),
          ]
        : []),
    ];
  });
  return [
    text(left.x - 40, 34, 'Mean wait over the best that is possible (Erlang-C)', { size: 16, weight: 600 }),
    ...series.flatMap(({ key, name }, index) => [
      `<rect x="${String(left.x - 40 + index * 185)}" y="52" width="12" height="12" rx="2" fill="${colour[key]}"/>`,
      text(left.x - 22 + index * 185, 62, name),
    ]),
    ...grid,
    ...bars,
    text(left.x - 40, height - 22, '∞: the line grows without end.', { fill: colour.faint, size: 11 }),
  ];
}

function drawBar(
  x: number,
  wide: number,
  value: number | null,
  { key, yOf }: { key: (typeof series)[number]['key']; yOf: (value: number) => number },
): string[] {
  const top = yOf(value ?? most);
  const tall = left.y + left.height - top;
  const label = value === null ? '∞' : value > most ? `> ${String(most)}` : value.toFixed(value < 10 ? 2 : 0);
  return [
    `<rect x="${x.toFixed(1)}" y="${top.toFixed(1)}" width="${wide.toFixed(1)}" height="${tall.toFixed(1)}" rx="1.5" fill="${colour[key]}"/>`,
    text(x + wide / 2, top - 4, label, { anchor: 'middle', size: 8.5 }),
  ];
}

function drawDial(dial: readonly DialCell[]): string[] {
  const top = Math.max(...dial.flatMap(({ firstMs, othersMs }) => [firstMs, othersMs])) * 1.1;
  const yOf = (ms: number): number => right.y + right.height * (1 - ms / top);
  const xOf = (index: number): number => right.x + (right.width * index) / (dial.length - 1);
  const path = (of: (cell: DialCell) => number, fill: string): string[] => [
    `<polyline fill="none" stroke="${fill}" stroke-width="2.5" points="${dial.map((cell, index) => `${xOf(index).toFixed(1)},${yOf(of(cell)).toFixed(1)}`).join(' ')}"/>`,
    ...dial.map(
      (cell, index) =>
        `<circle cx="${xOf(index).toFixed(1)}" cy="${yOf(of(cell)).toFixed(1)}" r="3.5" fill="${fill}"/>`,
    ),
  ];
  const { othersMs, allMs, firstMs } = dial[2] as DialCell;
  const step = 30_000;
  const grid = Array.from({ length: Math.floor(top / step) + 1 }, (_, index) => index * step).flatMap((ms) => [
    line(right.x, yOf(ms), right.x + right.width, yOf(ms), colour.grid),
    text(right.x - 8, yOf(ms) + 4, `${String(ms / 1000)} s`, { anchor: 'end', fill: colour.faint }),
  ]);
  return [
    text(right.x - 40, 34, 'What a head start does', { size: 16, weight: 600 }),
    text(right.x - 40, 62, 'one customer in five has it; 20 agents, 92 %', { fill: colour.faint }),
    ...grid,
    ...path((cell) => cell.othersMs, colour.tick5s),
    text(xOf(2), yOf(othersMs) - 12, 'the others', { anchor: 'middle', fill: colour.tick5s }),
    ...path((cell) => cell.allMs, colour.faint),
    text(xOf(2), yOf(allMs) + 18, 'everybody, in the mean', { anchor: 'middle', fill: colour.faint }),
    ...path((cell) => cell.firstMs, colour.events),
    text(xOf(2) + 12, yOf(firstMs) - 2, 'with a head start', { fill: colour.events }),
    ...dial.map(({ boostMs }, index) =>
      text(xOf(index), right.y + right.height + 18, boostMs === Infinity ? '∞' : `${String(boostMs / 60_000)} min`, {
        anchor: 'middle',
      }),
    ),
    text(right.x + right.width / 2, right.y + right.height + 38, 'head start', {
      anchor: 'middle',
      fill: colour.faint,
    }),
  ];
}

function line(x1: number, y1: number, x2: number, y2: number, stroke: string): string {
  return `<line x1="${x1.toFixed(1)}" y1="${y1.toFixed(1)}" x2="${x2.toFixed(1)}" y2="${y2.toFixed(1)}" stroke="${stroke}"/>`;
}

interface TextStyle {
  anchor?: 'middle' | 'end';
  fill?: string;
  size?: number;
  weight?: number;
}

function text(x: number, y: number, words: string, style: TextStyle = {}): string {
  const { anchor = 'start', fill = colour.ink, size = 12, weight = 400 } = style;
  return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${anchor}" font-size="${String(size)}" font-weight="${String(weight)}" fill="${fill}">${words}</text>`;
}
