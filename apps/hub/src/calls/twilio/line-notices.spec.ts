import { afterEach, expect, it } from '@jest/globals';
import type { LineReply } from '#channels';
import type { Database } from '../../database/database.js';
import type { SecretBox } from '../../platform/secret-box.js';
import type { CallLines } from '../lines/call-lines.service.js';
import { LineAnswers } from './line-answers.service.js';
import { LineNotices } from './line-notices.service.js';

const line = { channelId: 'c1', callId: 'CA1' };
const reply: LineReply = { turn: 1, steps: [{ hangup: true }] };

let notices: LineNotices | null = null;
afterEach(() => notices?.onModuleDestroy());

it('a hang-up is told once the call is met, though it comes while the call is being met', async () => {
  const told: string[] = [];
  const met = Promise.withResolvers<LineReply>();
  const lines = {
    next: (_line: unknown, _turn: number, { kind }: { kind: string }) => {
      told.push(kind);
      return kind === 'arrived' ? met.promise.finally(() => told.push('met')) : Promise.resolve(reply);
    },
  } as unknown as CallLines;
  const database = { healthy: () => Promise.resolve(true) } as unknown as Database;
  const answers = new LineAnswers(lines, database, {} as SecretBox);
  notices = new LineNotices(lines, answers);
  const asking = answers.ask(line, 0, { kind: 'arrived', from: '+98912', to: '+9821', name: '' });
  const telling = notices.tell({ line, turn: 0, happening: { kind: 'hung_up' } });
  met.resolve(reply);
  await Promise.all([asking, telling]);
  expect(told).toEqual(['arrived', 'met', 'hung_up']);
});
