import type { VoiceStep } from '#bots';
import type { LineHappening } from '#channels';
import type { LockedTalk } from '../../bots/sessions/lock-talk.js';
import type { Transaction } from '../../database/database.js';
import type { AboutCall, SessionOfCall } from './line-reads.query.js';
import type { PhoneCallRow } from './phone-call.query.js';

/** A call under the lock of its person, with all that decides what comes next. */
export interface LineMoment {
  tx: Transaction;
  talk: LockedTalk;
  call: PhoneCallRow;
  session: SessionOfCall | null;
  /** What the session said, turn by turn. */
  said: { turn: number; steps: VoiceStep[] }[];
  about: AboutCall;
  happening: LineHappening;
  /** The language that the caller is spoken to in. */
  locale: string;
}

/** A script speaks with the caller, or is about to: nobody else has them. */
export function isBots({ session }: Pick<LineMoment, 'session'>): boolean {
  return session?.status === 'active' || session?.status === 'waiting';
}
