import { describe, expect, it } from '@jest/globals';
import { checkHistory, type Rule } from './checker.js';
import type { ChannelName, History } from './history.js';

/** Two customers, two messages and two replies each; nothing is wrong. */
function healthy(): History {
  const history: History = {
    seed: 1,
    said: [],
    replied: [],
    shown: [],
    arrived: [],
    rows: [],
    deliveries: [],
    doubtful: [],
    taken: [],
  };
  for (const channel of ['sms', 'email'] as const) {
    talk(history, channel);
  }
  return history;
}

function talk(history: History, channel: ChannelName): void {
  const customer = `${channel}-1`;
  const row = (mark: string, direction: string, delivery: string | null): void => {
    const seq = history.rows.filter(({ conversation }) => conversation === customer).length + 1;
    const place = { conversation: customer, seq, id: `id of ${mark}`, mark };
    history.rows.push({ ...place, direction, kind: 'text', delivery, callState: null });
    history.shown.push(place);
  };
  for (const n of [1, 2]) {
    const asked = `in/${customer}/${String(n)}`;
    const answer = `re/${customer}/${String(n)}`;
    history.said.push({ mark: asked, customer, channel, n, outcome: 'ok' });
    row(asked, 'in', null);
    history.replied.push({ mark: answer, customer, channel, n, id: `id of ${answer}`, outcome: 'ok' });
    row(answer, 'out', 'sent');
    history.deliveries.push({ mark: answer, channel, state: 'sent', attempts: 1, reason: null });
    history.arrived.push({ customer, channel, mark: answer, key: `key of ${answer}` });
  }
}

function rulesOf(history: History): Rule[] {
  return [...new Set(checkHistory(history).map(({ rule }) => rule))];
}

function rowOf({ rows }: History, mark: string): History['rows'][number] {
  return rows.find((row) => row.mark === mark) as History['rows'][number];
}

describe('the checker of chaos runs', () => {
  it('finds nothing in a healthy history', () => {
    expect(checkHistory(healthy())).toEqual([]);
  });

  it('lets a message that nobody acknowledged be absent', () => {
    const history = healthy();
    history.said.push({ mark: 'in/sms-1/3', customer: 'sms-1', channel: 'sms', n: 3, outcome: 'unknown' });
    expect(checkHistory(history)).toEqual([]);
  });

  it('lets a mail come twice under one Message-ID', () => {
    const history = healthy();
    history.arrived.push({ customer: 'email-1', channel: 'email', mark: 're/email-1/1', key: 'key of re/email-1/1' });
    expect(checkHistory(history)).toEqual([]);
  });

  it('lets an unconfirmed reply have arrived or not', () => {
    const history = healthy();
    rowOf(history, 're/sms-1/1').delivery = 'unconfirmed';
    rowOf(history, 're/sms-1/2').delivery = 'unconfirmed';
    history.arrived = history.arrived.filter(({ mark }) => mark !== 're/sms-1/2');
    expect(checkHistory(history)).toEqual([]);
  });

  it('lets the books of a provider end a doubt over what it had before the hub died', () => {
    const history = healthy();
    history.doubtful.push('re/sms-1/1');
    history.taken.push('re/sms-1/1');
    Object.assign(history.deliveries[0] as object, { attempts: 2, reason: 'interrupted' });
    expect(checkHistory(history)).toEqual([]);
  });

  const faults: [string, Rule[], (history: History) => void][] = [
    [
      'an acknowledged message that is gone',
      ['lost'],
      (history) => {
        history.said.push({ mark: 'in/sms-1/3', customer: 'sms-1', channel: 'sms', n: 3, outcome: 'ok' });
      },
    ],
    [
      'an acknowledged reply that is gone',
      ['reply lost'],
      (history) => {
        history.replied.push({ mark: 're/sms-1/3', customer: 'sms-1', channel: 'sms', n: 3, id: 'x', outcome: 'ok' });
      },
    ],
    [
      'a message that is stored and shown twice',
      ['stored twice', 'shown twice'],
      (history) => {
        const again = { ...rowOf(history, 'in/sms-1/2'), seq: 5, id: 'another' };
        history.rows.push(again);
        history.shown.push(again);
      },
    ],
    [
      'a message that nobody said',
      ['never said'],
      (history) => {
        history.said = history.said.filter(({ mark }) => mark !== 'in/email-1/2');
      },
    ],
    [
      'a message that the agent never saw',
      ['not shown'],
      (history) => {
        history.shown.pop();
      },
    ],
    [
      'two messages in the wrong order',
      ['out of order'],
      (history) => {
        rowOf(history, 'in/sms-1/1').seq = 3;
        (history.rows.findLast(({ mark }) => mark === 'in/sms-1/2') as { seq: number }).seq = 1;
        history.shown = history.rows;
      },
    ],
    [
      'a hole in the seqs',
      ['seq gap'],
      (history) => {
        rowOf(history, 're/sms-1/2').seq = 5;
        history.shown = history.rows;
      },
    ],
    [
      'a seq that was used twice',
      ['seq reused', 'seq gap'],
      (history) => {
        rowOf(history, 're/sms-1/2').seq = 3;
        rowOf(history, 're/sms-1/1').seq = 2;
        history.shown = history.rows;
        history.rows.push({ ...rowOf(history, 'in/sms-1/1'), seq: 5, id: 'event', mark: null });
        history.shown = history.rows;
      },
    ],
    [
      'a reply that a customer got twice',
      ['duplicate at the customer'],
      (history) => {
        history.arrived.push({ customer: 'sms-1', channel: 'sms', mark: 're/sms-1/2', key: 'second copy' });
      },
    ],
    [
      'replies that overtook each other',
      ['out of order at the customer'],
      (history) => {
        history.arrived.reverse();
      },
    ],
    [
      'a reply that left and was then forgotten',
      ['arrived without a row'],
      (history) => {
        history.arrived.push({ customer: 'sms-1', channel: 'sms', mark: 're/sms-1/9', key: 'ghost' });
      },
    ],
    [
      'a reply that is called sent and never was',
      ['marked but never sent'],
      (history) => {
        history.arrived.pop();
      },
    ],
    [
      'a doubtful send that was tried again',
      ['doubt hidden'],
      (history) => {
        (history.deliveries[0] as { attempts: number }).attempts = 2;
      },
    ],
    [
      'a send that a death interrupted and that counts as sent',
      ['doubt hidden'],
      (history) => {
        history.doubtful.push('re/sms-1/1');
      },
    ],
    [
      'an ended doubt over what no provider had when the hub died',
      ['doubt hidden'],
      (history) => {
        history.doubtful.push('re/sms-1/1');
        Object.assign(history.deliveries[0] as object, { attempts: 2, reason: 'interrupted' });
      },
    ],
    [
      'a reply that is still on its way',
      ['stuck'],
      (history) => {
        (history.deliveries[0] as { state: string }).state = 'sending';
      },
    ],
    [
      'a reply that failed for no reason',
      ['not delivered'],
      (history) => {
        rowOf(history, 're/email-1/2').delivery = 'failed';
      },
    ],
    [
      'a call that never ended',
      ['call unfinished'],
      (history) => {
        rowOf(history, 'in/sms-1/1').callState = 'ringing';
      },
    ],
  ];

  it.each(faults)('finds %s', (_, rules, plant) => {
    const history = healthy();
    plant(history);
    expect(rulesOf(history).toSorted()).toEqual(rules.toSorted());
  });
});
