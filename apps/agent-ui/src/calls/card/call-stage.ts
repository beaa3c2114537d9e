import type { CallLegView, CallView } from '#contract';

type Outcome = NonNullable<CallView['outcome']>;

/** Where a call stands, as an agent needs to know it. `since`: from when its clock runs; null: nobody said. */
export type CallStage =
  | { kind: 'menu' | 'rings' | 'talks'; since: string | null; leg: CallLegView | null }
  | { kind: 'over'; outcome: Outcome };

/** A call has a script, a waiting room and several agents behind it; its own state says only whether somebody answered. */
export function stageOf(call: CallView): CallStage {
  if (call.state === 'ended') {
    return { kind: 'over', outcome: call.outcome ?? 'answered' };
  }
  const open = call.legs.filter(({ endedAt }) => endedAt === null);
  const talking = open.findLast(({ outcome, answeredAt }) => outcome === 'answered' || answeredAt !== null);
  if (talking) {
    return { kind: 'talks', since: talking.answeredAt, leg: talking };
  }
  const rung = open.findLast(({ outcome }) => outcome === 'ringing');
  if (rung) {
    return { kind: 'rings', since: rung.startedAt, leg: rung };
  }
  return stageWithoutLegs(call);
}

/** While a script speaks or music plays, nobody of ours is rung. */
function stageWithoutLegs({ path, state, legs, startedAt, answeredAt }: CallView): CallStage {
  if (path.length > 0 || legs.length > 0) {
    return { kind: 'menu', since: startedAt, leg: null };
  }
  return state === 'answered'
    ? { kind: 'talks', since: answeredAt, leg: null }
    : { kind: 'rings', since: startedAt, leg: null };
}

/** Whether the caller got nobody and waits to be called back. */
export function isMissed({ direction, state, outcome }: CallView): boolean {
  return (
    direction === 'in' &&
    state === 'ended' &&
    (outcome === 'missed' || outcome === 'abandoned' || outcome === 'busy' || outcome === 'voicemail')
  );
}

/** How long they talked, in whole seconds: as the source says, else as long as those talked who answered. 0: not at all, or not known. */
export function talkSeconds({ durationSeconds, legs }: Pick<CallView, 'durationSeconds' | 'legs'>): number {
  return durationSeconds ?? legs.reduce((sum, leg) => sum + legSeconds(leg), 0);
}

/** How long one of ours talked, in whole seconds; 0 where they did not, or still do. */
export function legSeconds({ answeredAt, endedAt }: Pick<CallLegView, 'answeredAt' | 'endedAt'>): number {
  return answeredAt === null || endedAt === null
    ? 0
    : Math.max(0, Math.round((new Date(endedAt).getTime() - new Date(answeredAt).getTime()) / 1_000));
}

/** How a stage is coloured. Nothing is told by colour alone. */
export function toneOf(stage: CallStage): 'good' | 'warn' | 'bad' {
  if (stage.kind !== 'over') {
    return 'good';
  }
  if (stage.outcome === 'voicemail' || stage.outcome === 'cancelled') {
    return 'warn';
  }
  return stage.outcome === 'answered' ? 'good' : 'bad';
}

const causes = {
  normal: ['16', 'normalclearing', 'normal_clearing', 'completed', 'normal', '31', 'answered'],
  busy: ['17', 'userbusy', 'user_busy', 'busy', '486'],
  noAnswer: [
    '18',
    '19',
    'noanswer',
    'no-answer',
    'no_answer',
    'no answer',
    'nouserresponse',
    'no_user_response',
    '480',
  ],
  rejected: ['21', 'callrejected', 'call_rejected', 'rejected', '603', 'declined'],
  unknownNumber: ['1', '28', 'unallocatednumber', 'unallocated_number', 'invalid_number_format', '404'],
  unreachable: ['20', '27', 'subscriberabsent', 'destination_out_of_order', 'chanunavail', 'unreachable'],
  cancelled: ['26', 'canceled', 'cancelled', 'cancel', 'originator_cancel', '487'],
  trouble: ['34', '38', '41', '42', '44', '47', '127', 'congestion', 'failed', 'failure', 'interworking', '503', '500'],
} as const;
export type CauseWord = keyof typeof causes;

/** What a cause means in words, whoever names it: exchanges say it by Q.850 numbers, by SIP codes or by names of their own. */
export function causeWord(cause: string): CauseWord | null {
  const said = cause.trim().toLowerCase();
  const named = (Object.keys(causes) as CauseWord[]).find((word) => (causes[word] as readonly string[]).includes(said));
  return named ?? null;
}

/** Whether a caller told it in confidence: what is kept of it is a mask. */
export function isMasked(heard: string): boolean {
  return /^[•*●·]{2,}$/u.test(heard);
}

/** Whether it was pressed rather than said. */
export function isKeys(heard: string): boolean {
  return /^[0-9*#]+$/u.test(heard);
}
