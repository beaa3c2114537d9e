import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { DraftView } from '#contract';
import type * as DraftsModule from '../../../api/drafts.js';
import type * as KeeperModule from './keep-drafts.js';

const before = Object.getOwnPropertyDescriptors(globalThis);
let modules: typeof DraftsModule & typeof KeeperModule;
/** What the hub was asked and has not answered. */
const asked: ((views: DraftView[]) => void)[] = [];

beforeAll(async () => {
  const storage = Object.defineProperties(
    {},
    { getItem: { value: () => null }, setItem: { value: () => undefined }, removeItem: { value: () => undefined } },
  );
  const hub = () =>
    new Promise((resolve) => {
      asked.push((views) => resolve(new Response(JSON.stringify(views))));
    });
  Object.defineProperty(globalThis, 'localStorage', { value: storage, configurable: true });
  Object.defineProperty(globalThis, 'fetch', { value: hub, configurable: true });
  modules = { ...(await import('../../../api/drafts.js')), ...(await import('./keep-drafts.js')) };
});

afterAll(() => {
  Object.defineProperties(globalThis, {
    fetch: before.fetch,
    ...(before.localStorage && { localStorage: before.localStorage }),
  });
});

it('gives nobody the drafts that the hub was asked for while another wrote here', async () => {
  const { beWriter, DraftKeeper, useDrafts } = modules;
  beWriter('ann');
  const keeper = new DraftKeeper('ann', () => undefined);
  const comparing = keeper.compare();
  while (asked.length === 0) {
    await Promise.resolve();
  }
  beWriter('bob');
  asked.forEach((answer) => answer([{ conversationId: 'x', kind: 'text', content: { body: 'by Ann' } } as never]));
  await comparing;
  expect(useDrafts.getState().drafts).toEqual({});
});
