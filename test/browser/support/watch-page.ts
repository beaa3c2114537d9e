import type { BrowserContext, ConsoleMessage, Page } from 'playwright-core';

/** What no page may do, and what a test has said will happen. */
export interface Watched {
  /** Says that a fault is part of the story: one that matches is no fault. */
  expect(fault: RegExp): void;
  /** Faults nobody expected, in the order they happened. */
  faults(): string[];
}

/**
 * Notes everything that a page should never do: ask anyone but those it may (the hub, and a site of its own), write an error to the console, break its own content
 * policy, or leave an exception or a rejection to nobody.
 */
export function watchContext(context: BrowserContext, ...origins: string[]): Watched {
  const seen: string[] = [];
  const expected: RegExp[] = [];
  const places = origins.map((origin) => `${origin}/|${origin.replace('http', 'ws')}/|blob:${origin}/`);
  const own = new RegExp(`^(${places.join('|')}|data:|about:blank)`);
  const note = (fault: string): void => void seen.push(fault);
  context.on('request', (request) => {
    if (!own.test(request.url())) {
      note(`left its origins: ${request.url()}`);
    }
  });
  context.on('console', (message) => {
    if (message.type() === 'error') {
      note(`console: ${tell(message)}`);
    }
  });
  context.on('weberror', (error) => note(`uncaught: ${String(error.error().stack ?? error.error())}`));
  context.on('page', (page) => watchSockets(page, own, note));
  return {
    expect: (fault) => void expected.push(fault),
    faults: () => seen.filter((fault) => !expected.some((one) => one.test(fault))),
  };
}

function watchSockets(page: Page, own: RegExp, note: (fault: string) => void): void {
  page.on('websocket', (socket) => {
    if (!own.test(socket.url())) {
      note(`left its origins: ${socket.url()}`);
    }
  });
  page.on('crash', () => note('the page crashed'));
}

function tell(message: ConsoleMessage): string {
  return `${message.text()} (${message.location().url})`;
}
