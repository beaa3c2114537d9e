import { beforeEach, describe, expect, it } from '@jest/globals';
import { createLog } from '../platform/operations/log.js';
import { EventBus, type Committing } from './event-bus.js';

let written: string[];
let bus: EventBus;
beforeEach(() => {
  written = [];
  bus = new EventBus(createLog('debug', { write: (line) => void written.push(line) }));
});

describe('an event', () => {
  it('is heard after the commit, not before, and never after a rollback', () => {
    const heard: string[] = [];
    const callbacks: (() => void)[] = [];
    const tx: Committing = { afterCommit: (callback) => void callbacks.push(callback as () => void) };
    bus.on('rights.changed', ({ agentId }) => void heard.push(agentId));
    bus.emitAfterCommit(tx, 'rights.changed', { agentId: 'a' });
    expect(heard).toEqual([]);
    callbacks.forEach((callback) => callback());
    expect(heard).toEqual(['a']);
  });

  it('reaches every listener although one throws and one fails later, and the log says so', async () => {
    const heard: string[] = [];
    bus.on('rights.changed', () => {
      throw new Error('broken at once');
    });
    bus.on('rights.changed', () => Promise.reject(new Error('broken later')));
    bus.on('rights.changed', ({ agentId }) => void heard.push(agentId));
    expect(() => bus.emit('rights.changed', { agentId: 'a' })).not.toThrow();
    await Promise.resolve();
    expect(heard).toEqual(['a']);
    expect(written.join('')).toMatch(/broken at once.*broken later/s);
  });

  it('whose listener blocks the process is named in the log', () => {
    bus.on('rights.changed', () => {
      const until = performance.now() + 120;
      while (performance.now() < until) {
        // Nothing else may run meanwhile.
      }
    });
    bus.emit('rights.changed', { agentId: 'a' });
    expect(written.join('')).toMatch(
      /A listener blocked the process.*rights\.changed|rights\.changed.*A listener blocked/,
    );
  });
});
