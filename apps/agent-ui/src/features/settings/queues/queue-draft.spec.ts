import { describe, expect, it } from '@jest/globals';
import { boostExample, newQueue, nextStepAt, stepOf, withStrategy } from './queue-draft.js';

describe('the draft of a queue', () => {
  it('asks for a time to accept as soon as everybody is asked at once, and keeps the one it had', () => {
    expect(withStrategy(newQueue(), 'broadcast').acceptSecs).toBe(30);
    expect(withStrategy({ ...newQueue(), acceptSecs: 45 }, 'broadcast').acceptSecs).toBe(45);
    expect(withStrategy(newQueue(), 'round_robin').acceptSecs).toBeNull();
  });

  it('puts each new step later than those before it', () => {
    expect([nextStepAt([]), nextStepAt([stepOf(60, 'alert', '')]), nextStepAt([stepOf(600, 'boost', '')])]).toEqual([
      60, 120, 1200,
    ]);
  });

  it('gives a step what it needs', () => {
    expect(stepOf(60, 'move_queue', 'q')).toEqual({ afterSecs: 60, do: 'move_queue', queueId: 'q' });
    expect(stepOf(60, 'alert', 'q')).toEqual({ afterSecs: 60, do: 'alert' });
  });
});

describe('the example of a head start', () => {
  it('adds up priority and tier as far as the cap', () => {
    expect(boostExample({ priority: { 4: 60 }, tier: { 2: 10, 5: 30 }, cap: 120 })).toEqual({ minutes: 90, tier: '5' });
    expect(boostExample({ priority: { 4: 60 }, tier: { 5: 300 }, cap: 120 })).toEqual({ minutes: 120, tier: '5' });
  });

  it('leaves tiers out where none has one', () => {
    expect(boostExample({ priority: { 4: 60 }, tier: { 5: 0 }, cap: 120 })).toEqual({ minutes: 60, tier: null });
  });
});
