import { v7 as uuid } from 'uuid';
import type { InboundCall } from '#channels';

/** One state of a call that came in, as an adapter hands it over; a caller without a number unless `wish` says otherwise. */
export function buildCallEvent(callId: string, wish: Partial<InboundCall> = {}): InboundCall {
  return {
    type: 'call',
    externalId: uuid(),
    raw: new Uint8Array(),
    callId,
    order: 0,
    party: { kind: 'external', address: `call:${callId}`, trust: 'channel_given', name: 'Mina' },
    direction: 'in',
    state: 'ringing',
    outcome: null,
    startedAt: new Date(),
    answeredAt: null,
    endedAt: null,
    durationSeconds: null,
    recordingUrl: null,
    note: '',
    ...wish,
  };
}
