import { callParty, type AsteriskSettings, type InboundCall, type LineHappening, type LineStep } from '#channels';
import { linePrompt } from '../prompts/line-sentences.js';

const longestMessageMs = 180_000;
const ringSecs = 30;
const awayLeg = 'away';

/** What a caller hears while nobody can be asked what comes next: an apology, then somebody's phone or a message. */
export function outageSteps({ outage }: AsteriskSettings): { first: LineStep[]; last: LineStep[] } {
  const { locale, then, extension } = outage;
  const say = (name: Parameters<typeof linePrompt>[0]): LineStep => ({ play: linePrompt(name, locale), locale });
  const last: LineStep[] = [{ hangup: true }];
  if (then === 'extension') {
    const to = { kind: 'extension', address: extension } as const;
    const dial = { leg: awayLeg, to, timeoutSecs: ringSecs, callerId: null, record: false };
    return { first: [say('sorry'), { dial }], last };
  }
  if (then === 'voicemail') {
    const record = { maxMs: longestMessageMs, finishOnKey: '#' };
    return { first: [say('sorry'), say('leave-a-message'), { record }], last: [say('goodbye'), ...last] };
  }
  return { first: [say('sorry'), ...last], last: [] };
}

/** A call as it was while the database was away. */
export interface AwayCall {
  callId: string;
  from: string;
  to: string;
  name: string;
  startedAt: Date;
  endedAt: Date;
  /** What came of the steps; null where the caller left before. */
  happened: LineHappening | null;
}

/** The call as it is handed in: it goes through the spool, so that it is on disk before the caller is forgotten. */
export function awayCall(call: AwayCall, { defaultCountry, outage }: AsteriskSettings): InboundCall {
  const { callId, happened, startedAt, endedAt } = call;
  return {
    type: 'call',
    externalId: `agi ${callId} away`,
    raw: Buffer.from(JSON.stringify({ callId, from: call.from, to: call.to })),
    callId,
    order: 0,
    party: callParty(call.from, callId, { defaultCountry, name: call.name }),
    direction: 'in',
    state: 'ended',
    outcome: outcomeOf(happened),
    startedAt,
    answeredAt: null,
    endedAt,
    durationSeconds: null,
    recordingUrl: null,
    note: '',
    details: {
      source: 'agi',
      ...(call.to === '' ? {} : { line: call.to }),
      ...detailsOf(happened, call, outage.extension),
    },
  };
}

function outcomeOf(happened: LineHappening | null): InboundCall['outcome'] {
  if (happened?.kind === 'recorded' && happened.reference !== null) {
    return 'voicemail';
  }
  return happened?.kind === 'dialled' && happened.result === 'answered' ? 'answered' : 'missed';
}

function detailsOf(
  happened: LineHappening | null,
  { startedAt, endedAt }: AwayCall,
  extension: string,
): NonNullable<InboundCall['details']> {
  if (happened?.kind === 'recorded' && happened.reference !== null && happened.id !== null) {
    return { recordings: [{ id: happened.id, url: happened.reference, seconds: happened.seconds }] };
  }
  if (happened?.kind !== 'dialled') {
    return {};
  }
  const isAnswered = happened.result === 'answered';
  const leg = {
    id: awayLeg,
    to: extension,
    agentId: null,
    startedAt: startedAt.toISOString(),
    answeredAt: isAnswered ? new Date(endedAt.getTime() - (happened.seconds ?? 0) * 1000).toISOString() : null,
    endedAt: endedAt.toISOString(),
    outcome: happened.result,
  };
  return { legs: [leg] };
}
