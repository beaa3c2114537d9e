import { v7 as uuid } from 'uuid';
import type { InboundCall } from '#channels';
import { Receiving } from '../../apps/hub/src/intake/receiving.service.js';
import type { TestHub } from './start-hub.js';

/** What an exchange tells of a call that Peyk does not answer: a missed one that came in just now, unless said otherwise. */
export async function reportCall(
  hub: TestHub,
  channelId: string,
  { from, ...more }: Partial<InboundCall> & { from: string },
): Promise<InboundCall> {
  const callId = more.callId ?? uuid();
  const event: InboundCall = {
    type: 'call',
    externalId: `${callId} ${uuid()}`,
    raw: new Uint8Array(),
    callId,
    order: 0,
    party: { kind: 'phone', address: from, trust: 'channel_given', name: '' },
    direction: 'in',
    state: 'ended',
    outcome: 'missed',
    startedAt: new Date(),
    answeredAt: null,
    endedAt: new Date(),
    durationSeconds: null,
    recordingUrl: null,
    note: '',
    ...more,
  };
  await hub.app.get(Receiving).take({ id: channelId, kind: 'phone' }, [event]);
  return event;
}
