import { describe, expect, it } from '@jest/globals';
import { readActions } from '../actions/ticket-action.js';
import { conditionLimits, readCondition, testsOf, type RuleCondition } from './condition.js';
import { readRuleEvent } from './rule-event.js';
import { referencesOf } from './rule-references.js';

const faultOf = (work: () => unknown): string => {
  try {
    work();
    return '';
  } catch (error) {
    return (error as { field?: string }).field ?? String(error);
  }
};
const tier = { field: 'customer.tier', op: 'is', value: 3 };
const id = '01a2031d-70e7-70d7-bf9c-122cf0f92841';

describe('conditions', () => {
  it('are read as they were written', () => {
    const written = {
      all: [tier, { any: [{ field: 'ticket.owner', op: 'is', value: [null, id] }, { not: tier }] }],
    };
    expect(readCondition(written)).toEqual(written);
    expect(testsOf(written as RuleCondition)).toHaveLength(3);
  });

  it.each([
    [{ field: 'nothing', op: 'is' }, 'conditions.field'],
    [{ all: {} }, 'conditions.all'],
    [{ all: [tier, { ...tier, more: 1 }] }, 'conditions.all.1.more'],
    [{ any: [{ not: { ...tier, value: 'x' } }] }, 'conditions.any.0.not.value'],
    [{ all: [], any: [] }, 'conditions.any'],
    [[], 'conditions'],
    [null, 'conditions'],
    [{ unknown: 1 }, 'conditions.unknown'],
    [{ field: 'message.text', op: 'matches', value: '(a' }, 'conditions.value'],
    [{ field: 'message.text', op: 'has_any', value: ['a', ''] }, 'conditions.value.1'],
    [{ field: 'constructor', op: 'is' }, 'conditions.field'],
  ])('that cannot be read are refused by the path of what is wrong: %j', (written, path) => {
    expect(faultOf(() => readCondition(written))).toBe(path);
  });

  it('end somewhere', () => {
    let deep: object = tier;
    for (let depth = 0; depth < conditionLimits.depth; depth++) {
      deep = { not: deep };
    }
    expect(faultOf(() => readCondition(deep))).toBe(`conditions${'.not'.repeat(conditionLimits.depth)}`);
    expect(faultOf(() => readCondition({ all: Array.from({ length: 101 }, () => tier) }))).toBe('conditions.all.100');
  });
});

describe('actions', () => {
  it.each([
    [[], 'actions'],
    [[{ do: 'dance' }], 'actions.0.do'],
    [[{ do: 'set_priority', priority: 9 }], 'actions.0.priority'],
    [
      [
        { do: 'note', text: 'x' },
        { do: 'add_tags', tags: ['a'], also: 1 },
      ],
      'actions.1.also',
    ],
    [[{ do: 'reply', text: {} }], 'actions.0.text'],
    [[{ do: 'snooze', until: { workDays: 0 } }], 'actions.0.until.workDays'],
  ])('that cannot be read are refused by the path of what is wrong: %j', (written, path) => {
    expect(faultOf(() => readActions(written))).toBe(path);
  });
});

it('an idle ticket names its state and hours, and other events nothing', () => {
  expect(readRuleEvent({ on: 'idle', state: 'pending', hours: 48 })).toEqual({
    on: 'idle',
    state: 'pending',
    hours: 48,
  });
  expect(faultOf(() => readRuleEvent({ on: 'idle', state: 'closed', hours: 48 }))).toBe('event.state');
  expect(faultOf(() => readRuleEvent({ on: 'assigned', hours: 48 }))).toBe('event.hours');
});

it('whatever a rule names is among its references', () => {
  const references = referencesOf(
    {
      all: [
        { field: 'channel', op: 'is', value: [id] },
        { field: 'ticket.field', key: 'city', op: 'is_empty' },
      ],
    },
    [
      { do: 'assign', agentId: 'actor' },
      { do: 'move_to_queue', queueId: id },
    ],
  );
  expect(references).toEqual([
    { kind: 'channel', id, at: 'conditions' },
    { kind: 'field', id: 'city', at: 'conditions' },
    { kind: 'queue', id, at: 'actions.1' },
  ]);
});
