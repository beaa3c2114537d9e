import type { Strategy } from '../../libs/tickets/src/routing/policy.js';
import { playCentre, targetMs, type CentrePlan, type CentreReport } from './call-centre.js';
import { attainment, cobham, erlangA, meanWait, type Centre } from './queueing-theory.js';

/** How much is played. */
export interface Sizes {
  /** Customers of each cell that is held against Erlang-C or Cobham, and half as many of every other. */
  least: number;
  /** Where the mean wait is not known to 2 % by then, the cell goes on up to here. */
  most: number;
  seed: number;
  agents: number[];
  loads: number[];
}

/** What a measurement must be within, and whether it is. */
export interface Check {
  name: string;
  value: number;
  budget: string;
  isKept: boolean;
}

export interface Finding {
  head: string[];
  rows: string[][];
  checks: Check[];
}

/** As work is routed here, and routers that only look now and then. */
export const routers = {
  events: null,
  tick5s: { everyMs: 5_000, most: 1 },
  tick30s: { everyMs: 30_000, most: Infinity },
  tick5min: { everyMs: 300_000, most: Infinity },
} as const;

export type Router = keyof typeof routers;

/** What a picture or a reader of numbers needs. */
export interface WaitCell {
  agents: number;
  load: number;
  /** Mean wait over Erlang-C: as it is routed, and under routers that only look now and then. null: the line grows without end. */
  ratios: Record<Router, number | null>;
}

export interface DialCell {
  boostMs: number;
  firstMs: number;
  othersMs: number;
  allMs: number;
}

export const handlingMs = 300_000;
const precision = 0.02;
const perfect = { strategy: 'longest_idle', handlingMs } as const;

function within(name: string, value: number, middle: number, slack: number): Check {
  return {
    name,
    value,
    budget: `${String(middle)} ± ${String(Number(slack.toFixed(3)))}`,
    isKept: Math.abs(value - middle) <= slack,
  };
}

/** In a run too short for the budget, what chance alone may do. */
function slackOf(budget: number, halfWidth: number): number {
  return Math.max(budget, 1.5 * halfWidth);
}

function atLeast(name: string, value: number, least: number): Check {
  return { name, value, budget: `≥ ${String(least)}`, isKept: value >= least };
}

function centreOf({ agents, load }: Pick<CentrePlan, 'agents' | 'load'>): Centre {
  return { agents, load, handling: handlingMs };
}

const seconds = (ms: number, digits = 1): string => (ms / 1000).toFixed(digits);
const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
const millions = (count: number): string => `${(count / 1e6).toFixed(1)} M`;
const ratio = (value: number): string => value.toFixed(3);

export interface Experiments {
  waits: () => { finding: Finding; ticks: Finding; cells: WaitCell[] };
  classes: () => { finding: Finding; dial: DialCell[] };
  evenness: () => Finding;
  patience: () => Finding;
  skills: () => Finding;
}

/** `say` hears how it goes. */
export function experimentsOf(sizes: Sizes, say: (line: string) => void): Experiments {
  const play: Play = (plan, isShort = false) => {
    const began = performance.now();
    const half = sizes.least / 2;
    const arrivals = isShort
      ? { least: half, most: half, precision }
      : { least: sizes.least, most: sizes.most, precision };
    const report = playCentre({ ...plan, seed: sizes.seed, arrivals });
    const took = ((performance.now() - began) / 1000).toFixed(1);
    say(`${String(plan.agents)} agents at ${percent(plan.load)}: ${millions(report.arrivals)} arrivals in ${took} s`);
    return report;
  };
  return {
    waits: () => playWaits(sizes, play),
    classes: () => playClasses(play),
    evenness: () => playEvenness(play),
    patience: () => playPatience(play),
    skills: () => playSkills(play),
  };
}

type Play = (plan: Omit<CentrePlan, 'seed' | 'arrivals'>, isShort?: boolean) => CentreReport;

/** First come, first served, beside Erlang-C, and beside routers that look at a line only now and then. */
function playWaits({ agents, loads }: Sizes, play: Play): { finding: Finding; ticks: Finding; cells: WaitCell[] } {
  const grid = agents.flatMap((count) => loads.map((load) => ({ ...perfect, agents: count, load })));
  const results = grid.map((plan) => ({ plan, report: play(plan), theory: meanWait(centreOf(plan)) }));
  const rows = results.map(({ plan, report, theory }) => [
    String(plan.agents),
    percent(plan.load),
    millions(report.arrivals),
    seconds(report.wait.mean, 2),
    seconds(theory, 2),
    ratio(report.wait.mean / theory),
    `± ${ratio(report.wait.halfWidth / theory)}`,
    percent(report.withinTarget.mean),
    percent(attainment(centreOf(plan), targetMs)),
  ]);
  const checks = results.flatMap(({ plan, report, theory }) => {
    const cell = `${String(plan.agents)} agents, ${percent(plan.load)}`;
    const points = (report.withinTarget.mean - attainment(centreOf(plan), targetMs)) * 100;
    return [
      within(
        `${cell}: mean wait / Erlang-C`,
        report.wait.mean / theory,
        1,
        slackOf(0.03, report.wait.halfWidth / theory),
      ),
      atLeast(`${cell}: points above theory within 60 s`, points, -1),
    ];
  });
  const cells = results.map(({ plan, report, theory }) => ({
    agents: plan.agents,
    load: plan.load,
    ratios: {
      events: report.wait.mean / theory,
      tick5s: tickRatio(play({ ...plan, tick: routers.tick5s }, true), theory),
      tick30s: tickRatio(play({ ...plan, tick: routers.tick30s }, true), theory),
      tick5min: tickRatio(play({ ...plan, tick: routers.tick5min }, true), theory),
    },
  }));
  const head = ['agents', 'load', 'arrivals', 'mean wait, s', 'Erlang-C, s', 'ratio', '95 %', 'within 60 s', 'theory'];
  return { finding: { head, rows, checks }, ticks: showTicks(cells), cells };
}

/** null where so many are left at the end that the line has no length of its own. */
function tickRatio({ wait, left, arrivals }: CentreReport, theory: number): number | null {
  return left > arrivals / 100 ? null : wait.mean / theory;
}

function showTicks(cells: WaitCell[]): Finding {
  const show = (value: number | null): string =>
    value === null ? 'grows without end' : value > 1_000 ? 'over 1,000×' : `${value.toFixed(2)}×`;
  return {
    head: ['agents', 'load', 'by events', 'every 5 s, one item', 'every 30 s, all', 'every 5 min, all'],
    rows: cells.map(({ agents, load, ratios }) => [
      String(agents),
      percent(load),
      show(ratios.events),
      show(ratios.tick5s),
      show(ratios.tick30s),
      show(ratios.tick5min),
    ]),
    checks: [],
  };
}

/** A fifth of the customers with a head start, from none to one that is never caught up with. */
function playClasses(play: Play): { finding: Finding; dial: DialCell[] } {
  const shares = [0.2, 0.8];
  const base = { ...perfect, agents: 20, load: 0.92 };
  const endless = 1e14;
  const dial = [0, 60_000, 180_000, 600_000, endless].map((boostMs) => {
    const classes = [
      { share: 0.2, boostMs },
      { share: 0.8, boostMs: 0 },
    ];
    const { wait, waits } = play({ ...base, classes });
    const [first, others] = waits.map(({ mean }) => mean) as [number, number];
    const widths = waits.map(({ mean, halfWidth }) => halfWidth / mean);
    const cell = { boostMs: boostMs === endless ? Infinity : boostMs, firstMs: first, othersMs: others };
    return { ...cell, allMs: wait.mean, widths };
  });
  const theory = cobham(centreOf(base), shares) as [number, number];
  const [fair, absolute] = [dial[0], dial.at(-1)] as [(typeof dial)[number], (typeof dial)[number]];
  const rows = dial.map(({ boostMs, firstMs, othersMs, allMs }) => [
    boostMs === Infinity ? '∞' : `${seconds(boostMs, 0)} s`,
    seconds(firstMs),
    seconds(othersMs),
    seconds(allMs),
  ]);
  return {
    finding: {
      head: ['head start of one in five', 'their mean wait, s', 'that of the others, s', 'of all, s'],
      rows: [...rows, ['∞, by Cobham', ...theory.map((ms) => seconds(ms)), seconds(0.2 * theory[0] + 0.8 * theory[1])]],
      checks: [
        within('first class / Cobham', absolute.firstMs / theory[0], 1, slackOf(0.05, absolute.widths[0] ?? 0)),
        within('second class / Cobham', absolute.othersMs / theory[1], 1, slackOf(0.05, absolute.widths[1] ?? 0)),
        ...dial.map(({ boostMs, allMs }) =>
          within(`all, head start ${String(boostMs / 1000)} s / first come first served`, allMs / fair.allMs, 1, 0.02),
        ),
      ],
    },
    dial,
  };
}

function playEvenness(play: Play): Finding {
  const strategies: Strategy[] = ['longest_idle', 'least_loaded', 'round_robin'];
  const cases = [1, 3].flatMap((places) => [
    ...strategies.map((strategy) => ({ name: strategy, strategy, places, isFixedOrder: false })),
    { name: 'always the first by name', strategy: 'longest_idle' as const, places, isFixedOrder: true },
  ]);
  const results = cases.map(({ name, ...wish }) => ({
    name,
    ...wish,
    report: play({ handlingMs, agents: 20, load: 0.7, ...wish }, true),
  }));
  return {
    head: ['strategy', 'at once', 'Jain index of 8 hours', 'busy time, most over least'],
    rows: results.map(({ name, places, report }) => [
      name,
      places === 1 ? '1 call' : `${String(places)} chats`,
      report.jain.toFixed(4),
      percent(report.busySpread),
    ]),
    checks: results
      .filter(({ isFixedOrder }) => !isFixedOrder)
      .flatMap(({ name, places, report }) => [
        atLeast(`${name}, ${String(places)} at once: Jain index`, report.jain, 0.98),
        within(`${name}, ${String(places)} at once: spread of busy time`, report.busySpread, 0, 0.05),
      ]),
  };
}

function playPatience(play: Play): Finding {
  const cases = [0.92, 1, 1.1].flatMap((load) => [120_000, 300_000].map((patienceMs) => ({ load, patienceMs })));
  const results = cases.map(({ load, patienceMs }) => {
    const plan = { ...perfect, agents: 20, load, patienceMs };
    return { load, patienceMs, theory: erlangA(centreOf(plan), patienceMs), ...play(plan, true) };
  });
  return {
    head: ['load', 'mean patience, s', 'gave up', 'Erlang-A'],
    rows: results.map(({ load, patienceMs, gaveUp, theory }) => [
      percent(load),
      seconds(patienceMs, 0),
      percent(gaveUp),
      percent(theory),
    ]),
    checks: results.map(({ load, patienceMs, gaveUp, theory }) =>
      within(
        `load ${percent(load)}, patience ${seconds(patienceMs, 0)} s: points above Erlang-A`,
        (gaveUp - theory) * 100,
        0,
        1,
      ),
    ),
  };
}

/** Five skills over twenty agents, who know from one of them to all; those who know some know neighbours, in a ring. */
function playSkills(play: Play): Finding {
  const asked = 5;
  const known = [5, 3, 2, 1];
  const loads = [0.7, 0.85, 0.92, 0.97];
  const results = loads.map((load) => ({
    load,
    waits: known.map((count) => {
      const of = (agent: number): number[] => Array.from({ length: count }, (_, step) => (agent + step) % asked);
      return play({ ...perfect, agents: 20, load, skills: { asked, of } }, true).wait.mean;
    }),
  }));
  return {
    head: ['load', 'all five, s', 'three each, s', 'two each, s', 'one each, s', 'two / all'],
    rows: results.map(({ load, waits }) => [
      percent(load),
      ...waits.map((ms) => seconds(ms)),
      `${ringOverAll(waits).toFixed(2)}×`,
    ]),
    checks: results
      .filter(({ load }) => load === 0.97)
      .map(({ load, waits }) => ({
        name: `two skills each / everybody knows all, ${percent(load)}`,
        value: ringOverAll(waits),
        budget: '≤ 1.15',
        isKept: ringOverAll(waits) <= 1.15,
      })),
  };
}

function ringOverAll([all = 0, , ring = 0]: readonly number[]): number {
  return ring / all;
}
