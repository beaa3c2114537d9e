import { describe, expect, it } from '@jest/globals';
import type { CallContent } from '#channels';
import { presentCall } from './call.presenter.js';

const call: CallContent = {
  callId: 'CA1',
  order: 3,
  direction: 'in',
  state: 'ended',
  outcome: 'answered',
  startedAt: '2026-11-22T10:00:00.000Z',
  answeredAt: '2026-11-22T10:00:20.000Z',
  endedAt: '2026-11-22T10:02:20.000Z',
  durationSeconds: 120,
  recordingUrl: 'https://provider.example/secret.mp3',
  details: {
    source: 'twilio',
    waitSeconds: 20,
    recordings: [{ id: 'RE1', url: 'https://provider.example/RE1', seconds: 118 }],
    path: [{ node: 'menu', at: '2026-11-22T10:00:01.000Z' }],
  },
};

describe('a call as its reader gets it', () => {
  it('never says where its provider keeps what was recorded', () => {
    const shown = presentCall(call);
    expect(shown.recordings).toEqual([{ id: 'RE1', seconds: 118 }]);
    expect(JSON.stringify(shown)).not.toContain('provider.example');
  });

  it('says nothing where no source told: null, and empty lists', () => {
    const { details: _, ...bare } = call;
    expect(presentCall(bare)).toMatchObject({ line: null, source: null, waitSeconds: null, legs: [], path: [] });
    expect(presentCall(call)).toMatchObject({
      source: 'twilio',
      waitSeconds: 20,
      path: [{ node: 'menu', heard: null }],
    });
  });
});
