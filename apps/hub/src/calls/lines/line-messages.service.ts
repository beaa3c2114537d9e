import { Injectable } from '@nestjs/common';
import type { LineHappening, LineStep } from '#channels';
import type { LockedTalk } from '../../bots/sessions/lock-talk.js';
import type { Transaction } from '../../database/database.js';
import { PromptLibrary } from '../prompts/prompt-library.service.js';
import { messageNotice } from '../recordings/consent-steps.js';
import { LineGrowth } from './line-growth.service.js';
import { LinePeople } from './line-people.service.js';
import type { LineMoment } from './line-moment.js';
import { placeWithPeople, saveConsent } from './line-reads.query.js';
import type { PhoneCallRow } from './phone-call.query.js';

type Recorded = Extract<LineHappening, { kind: 'recorded' }>;

/** Messages that callers leave. The person is locked. */
@Injectable()
export class LineMessages {
  constructor(
    private readonly people: LinePeople,
    private readonly growth: LineGrowth,
    private readonly prompts: PromptLibrary,
  ) {}

  /** A script makes of what it asked for what it says; any other message is work of its own. */
  async keep({ tx, talk, call, session }: LineMoment, recorded: Recorded): Promise<void> {
    const isOfBot = session !== null && session.status !== 'handed_off' && session.status !== 'failed';
    await (isOfBot ? this.grow(tx, call, recorded) : this.take(tx, talk, call, recorded));
  }

  /** A message that no script asked for, or that came after the end. */
  async take(tx: Transaction, talk: LockedTalk, call: PhoneCallRow, recorded: Recorded): Promise<void> {
    const isNews = await this.grow(tx, call, recorded);
    const ticketId = isNews ? await this.people.takeMessage(tx, talk, call) : null;
    if (ticketId !== null) {
      await tx.query(placeWithPeople, [call.id, ticketId, call.phase]);
    }
  }

  /** Who speaks after a sentence that asks for a message has agreed that it is kept. */
  async noteConsent({ tx, call, locale }: LineMoment, steps: readonly LineStep[]): Promise<void> {
    const told = steps.findLast((step) => 'play' in step || 'say' in step);
    const words = told && 'say' in told ? told.say.slice(0, 200).toWellFormed() : null;
    const name = told && 'play' in told ? told.play : messageNotice(locale);
    await tx.query(saveConsent, [call.id, words ?? this.prompts.versionOf(name, locale) ?? name]);
  }

  private async grow(tx: Transaction, call: PhoneCallRow, { reference, id, seconds }: Recorded): Promise<boolean> {
    if (reference === null) {
      return false;
    }
    const recording = { id: id ?? `${call.callId} ${String(call.turn)}`, url: reference, seconds };
    const key = `recorded ${recording.id}`;
    return this.growth.grow(tx, call, { key, outcome: 'voicemail', details: { recordings: [recording] } });
  }
}
