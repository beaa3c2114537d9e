import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import type { InboundCall, InboundEvent } from '#channels';
import type { HubConfig } from '#config';
import { buildCallEvent } from '../../../../../test/support/build-call.js';
import type { Database } from '../../database/database.js';
import { StorageAway } from '../../database/is-away.js';
import type { InboundSpool } from '../../intake/inbound-spool.service.js';
import type { OpenChannel } from '../../settings/channel-directory.service.js';
import type { ConsentMarks, LeftMessage } from '../recordings/consent-marks.service.js';
import type { CallLines } from '../lines/call-lines.service.js';
import { KeptEvents } from './kept-events.service.js';
import type { LineAnswers } from './line-answers.service.js';

const channel = { id: 'c1', kind: 'phone' } as OpenChannel;
const url = 'https://api.twilio.test/Recordings/RE1';
const recordings = [{ id: 'RE1', url, seconds: 9 }];
const message = buildCallEvent('CA1', { recordingUrl: url, details: { source: 'twilio', recordings } });

let dataDir: string;
let noted: LeftMessage[];
let taken: InboundEvent[];
let heard: string[];
let refuse: (left: LeftMessage) => Error | null;
let open: KeptEvents[];

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'peyk-kept-'));
  [noted, taken, heard, open, refuse] = [[], [], [], [], () => null];
  jest.spyOn(Logger.prototype, 'error').mockReturnValue();
  // Rounds begin late, so that what is noted is noted when a test says so.
  jest.spyOn(Math, 'random').mockReturnValue(0.99);
});

afterEach(async () => {
  await Promise.all(open.map((kept) => kept.onApplicationShutdown()));
  await rm(dataDir, { recursive: true });
  jest.restoreAllMocks();
});

/** The same hub, started anew. */
async function start(): Promise<KeptEvents> {
  const spool = { take: (_channel: unknown, events: InboundEvent[]) => Promise.resolve(void taken.push(...events)) };
  const consents = {
    messageLeft: (_sql: unknown, left: LeftMessage) => {
      const error = refuse(left);
      return error === null ? Promise.resolve(void noted.push(left)) : Promise.reject(error);
    },
  };
  const kept = new KeptEvents(
    spool as unknown as InboundSpool,
    {} as Database,
    consents as unknown as ConsentMarks,
    { dataDir } as HubConfig,
    { met: () => Promise.resolve() } as unknown as LineAnswers,
    {
      next: (_line: unknown, _turn: number, { kind }: { kind: string }) => Promise.resolve(heard.push(kind)),
    } as unknown as CallLines,
  );
  open.push(kept);
  await kept.onModuleInit();
  return kept;
}

const left = (callId: string): LeftMessage => ({ channelId: 'c1', callId, from: '+98912', to: '+9821', locale: 'fa' });
const told = () => taken.map((event) => (event as InboundCall).details?.recordings?.length ?? 0);

describe('a message that was left while nothing could be noted', () => {
  it('is known without its recording, which is told after the consent, though the hub was started anew in between', async () => {
    refuse = () => new StorageAway('gone');
    await (await start()).keepMessage(channel, [message], left('CA1'));
    expect([told(), noted]).toEqual([[0], []]);
    await open.pop()?.onApplicationShutdown();
    refuse = () => null;
    await (await start()).noteAll();
    expect([told(), noted]).toEqual([[0, 1], [left('CA1')]]);
    expect(heard).toEqual(['arrived', 'hung_up', 'recorded']);
  });

  it('holds up no other when it can never be noted', async () => {
    refuse = () => new StorageAway('gone');
    const kept = await start();
    await kept.keepMessage(channel, [message], left('of a channel that is gone'));
    await kept.keepMessage(channel, [message], left('CA2'));
    refuse = ({ callId }) => (callId === 'CA2' ? null : new Error('violates foreign key constraint'));
    await kept.noteAll();
    expect(noted).toEqual([left('CA2')]);
    expect(told()).toEqual([0, 0, 1]);
  });
});
