import { describe, expect, it } from '@jest/globals';
import type { ConversationChanges, MessageView } from '#contract';
import { audienceOf } from './audience.js';

const changes: ConversationChanges = {
  person: 'p',
  conversation: 'c',
  since: 4,
  rev: 6,
  lastSeq: 3,
  holder: 'agent',
  customer: { id: 'k', name: 'Mina' },
  messages: [{ body: 'secret' } as MessageView],
  tickets: [],
};
const workers = { queueIds: ['q1', 'q2'], ownerIds: ['a1'] };

describe('who hears of a change', () => {
  it('tells the queues, the owners, whoever has the person open, and supervisors', () => {
    expect(audienceOf(changes, workers, false)).toEqual([
      { rooms: ['queue:q1', 'queue:q2', 'agent:a1', 'person:p', 'overseers'], except: [], changes },
    ]);
  });

  it('sends the content of a restricted queue to supervisors only, and makes the others ask', () => {
    const [full, hint] = audienceOf(changes, workers, true);
    expect(full).toEqual({ rooms: ['overseers'], except: [], changes });
    expect(hint?.except).toEqual(['overseers']);
    expect(JSON.stringify(hint?.changes)).not.toContain('secret');
    expect(hint?.changes).toMatchObject({ since: 6, rev: 6 });
  });
});
