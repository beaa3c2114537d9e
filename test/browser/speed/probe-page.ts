import type { BrowserContext, Page } from 'playwright-core';

/** What a page noted of a stretch of time. */
export interface Stretch {
  /** Milliseconds of the processor that each task of the page had: what else runs beside it makes a task later, not longer. */
  tasks: number[];
  /** The longest time between two frames, in ms. */
  longestFrame: number;
  frames: number;
  /** How long the reader waited for an answer of the page, by interaction, in ms; only those of 16 ms and more are told of. */
  waits: number[];
}

/** Notes frames and waits from the beginning of every page. */
const probe = `
if (top === window && globalThis.probe === undefined) {
  const seen = { frames: 0, longestFrame: 0, waits: new Map() };
  new PerformanceObserver((list) => list.getEntries().forEach(({ interactionId, duration }) => {
    if (interactionId > 0) seen.waits.set(interactionId, Math.max(duration, seen.waits.get(interactionId) ?? 0));
  })).observe({ type: 'event', durationThreshold: 16, buffered: true });
  let last = performance.now();
  const tick = () => {
    const now = performance.now();
    seen.longestFrame = Math.max(seen.longestFrame, now - last);
    seen.frames += 1;
    last = now;
    requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);
  const pause = (ms) => new Promise((done) => setTimeout(done, ms));
  const frame = () => new Promise((done) => requestAnimationFrame(() => done()));
  const until = async (is) => { for (let n = 0; n < 1200; n++) { const found = is(); if (found) return found; await frame(); } throw new Error('The page did not come to it.'); };
  const painted = () => frame().then(() => new Promise((done) => setTimeout(done, 0)));
  const settled = async (log) => {
    for (let calm = 0, was = ''; calm < 12; ) {
      await frame();
      const is = log.scrollTop + ' ' + log.scrollHeight;
      calm = is === was ? calm + 1 : 0;
      was = is;
    }
  };
  globalThis.probe = {
    begin: () => { seen.frames = 0; seen.longestFrame = 0; last = performance.now(); seen.waits.clear(); },
    end: async () => {
      await pause(60);
      return { longestFrame: seen.longestFrame, frames: seen.frames, waits: [...seen.waits.values()] };
    },
    pause, frame, until, painted, settled,
  };
}
true`;

export async function watchSpeed(context: BrowserContext): Promise<void> {
  await context.addInitScript(probe);
}

/** Notes what a page does while something happens on it. */
export async function note(page: Page, happens: () => Promise<unknown>): Promise<Stretch> {
  await page.evaluate('probe.begin()');
  const tasks = await timeTasks(page, happens);
  return { ...(await page.evaluate<Omit<Stretch, 'tasks'>>('probe.end()')), tasks };
}

interface TraceEvent {
  name: string;
  pid: number;
  tid: number;
  args?: { name?: string };
  /** Time that the thread had, in microseconds. */
  tdur?: number;
}

/** What Chromium itself counts of the page's thread while something happens. */
async function timeTasks(page: Page, happens: () => Promise<unknown>): Promise<number[]> {
  const browser = page.context().browser();
  if (!browser) {
    throw new Error('A page of a browser is wanted.');
  }
  await browser.startTracing(page, { categories: ['toplevel'] });
  try {
    await happens();
  } finally {
    await page.evaluate('probe.painted()');
  }
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
  const threadOf = ({ pid, tid }: TraceEvent): string => `${pid} ${tid}`;
  const pages = new Set(
    traceEvents.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain').map(threadOf),
  );
  return traceEvents
    .filter((event) => event.name === 'ThreadControllerImpl::RunTask' && pages.has(threadOf(event)))
    .map(({ tdur = 0 }) => tdur / 1_000);
}

/** Milliseconds that this work takes in Chromium on the machine for which the limits were written, with nobody beside it. */
const usualWorkMs = 95;

/**
 * How many times slower than that machine this page is at this moment, at least 1: what a limit in milliseconds is to be multiplied
 * with. The work is of the kind that a console does: text that is parsed, elements that are made and laid out.
 */
export async function slowness(page: Page): Promise<number> {
  return Math.max(1, (await work(page)) / usualWorkMs);
}

/** The same of the processor alone, however many share it. */
export async function pace(page: Page): Promise<number> {
  const tasks = await timeTasks(page, () => work(page));
  const rounds = tasks.toSorted((a, b) => b - a).slice(0, 5);
  return Math.max(1, (rounds[2] ?? 0) / usualWorkMs);
}

/** Milliseconds that it takes, the median of five. */
function work(page: Page): Promise<number> {
  return page.evaluate<number>(`(async () => {
    const times = [];
    for (let round = 0; round < 5; round++) {
      await probe.pause(0);
      const startedAt = performance.now();
      const text = JSON.stringify(Array.from({ length: 1500 }, (_, n) => ({ id: 'row ' + n, words: 'one two three '.repeat(8), at: n })));
      const box = document.createElement('div');
      box.style.cssText = 'position:absolute;inset:0;overflow:hidden;visibility:hidden';
      for (const { id, words } of JSON.parse(text)) {
        const line = document.createElement('p');
        line.append(document.createElement('b'), id, ' ', words);
        box.append(line);
      }
      document.body.append(box);
      box.getBoundingClientRect();
      box.lastChild.offsetTop;
      box.remove();
      times.push(performance.now() - startedAt);
      await probe.frame();
    }
    return times.toSorted((a, b) => a - b)[2];
  })()`);
}

/** Opens the address in a new page with nothing kept, and returns after how many ms the timeline could be read and answered. */
export async function openCold(page: Page, url: string): Promise<number> {
  await page.goto(url, { waitUntil: 'commit' });
  return page.evaluate<number>(`(async () => {
    await probe.until(() => document.querySelector('.timeline .message') && document.querySelector('.composer textarea'));
    await probe.painted();
    return performance.now();
  })()`);
}

/** Chooses a line of the list and returns after how many ms that person's messages stood on the screen. */
export async function switchTo(page: Page, conversation: string, name: string): Promise<number> {
  return page.evaluate<number>(`(async () => {
    const line = await probe.until(() => document.querySelector('a.row[href*="${conversation}"]'));
    const startedAt = performance.now();
    line.click();
    await probe.until(() => document.querySelector('.conversation-title h1')?.textContent.includes('${name}') &&
      document.querySelector('.timeline .message') && document.querySelector('.composer textarea'));
    await probe.painted();
    return performance.now() - startedAt;
  })()`);
}

/** Scrolls by so much a frame, so often; the end of what is loaded is waited at for a moment, as a reader would. */
export async function scroll(page: Page, selector: string, stepPx: number, steps: number): Promise<void> {
  await page.evaluate(`(async () => {
    for (let n = 0; n < ${steps}; n++) {
      const list = document.querySelector('${selector}');
      const before = list.scrollTop;
      list.scrollTop += ${stepPx};
      await probe.frame();
      if (list.scrollTop === before) await probe.pause(16);
    }
  })()`);
}

/** Brings the first loaded message near, has older ones come once everything has settled, and returns by how many px what is read has moved. */
export async function readOlder(page: Page): Promise<number> {
  let release = (): void => undefined;
  const isSettled = new Promise<void>((resolve) => (release = resolve));
  await page.route('**/messages?before=*', async (route) => {
    await isSettled;
    await route.continue();
  });
  const asked = page.waitForRequest('**/messages?before=*');
  await page.evaluate(`document.querySelector('.timeline-log').scrollTop = 300`);
  await asked;
  const before = await page.evaluate<{ key: string; top: number; height: number }>(`(async () => {
    const log = document.querySelector('.timeline-log');
    await probe.settled(log);
    const { top } = log.getBoundingClientRect();
    const anchor = [...document.querySelectorAll('.timeline-item')].find((item) => item.getBoundingClientRect().top > top + 40);
    return { key: anchor.dataset.key, top: anchor.getBoundingClientRect().top, height: log.scrollHeight };
  })()`);
  release();
  const after = await page.evaluate<number>(`(async () => {
    const log = document.querySelector('.timeline-log');
    await probe.until(() => log.scrollHeight > ${before.height} + 400);
    await probe.settled(log);
    return document.querySelector('.timeline-item[data-key="${before.key}"]').getBoundingClientRect().top;
  })()`);
  await page.unrouteAll({ behavior: 'wait' });
  return Math.abs(after - before.top);
}

export const countNodes = (page: Page): Promise<number> =>
  page.evaluate<number>(`document.querySelectorAll('*').length`);
