import { Injectable } from '@nestjs/common';
import { chosenFrom } from '#channels';
import { Database } from '../database/database.js';
import { Log } from '../platform/operations/log.js';
import { readCallbackChoice, type CallbackChoice } from './callback-choices.js';
import { answersToAsked, followWork, hasLiveCallbacks, markHeard, type AnswerRow } from './callbacks.query.js';
import { Callbacks } from './callbacks.service.js';

/** The number that the owner of an identity is known by for sure. Parameter: a callback, whose identity it is about. */
const phoneOf = `
select case when i.kind = 'phone' then i.address else (
  select p.address from identity p join customer g on g.id = p.customer_id
  where (g.id = coalesce(k.merged_into, k.id) or g.merged_into = coalesce(k.merged_into, k.id))
    and p.kind = 'phone' and p.retired_at is null and not p.shared and p.trust <> 'unauthenticated' and p.reachable = 'yes'
  order by p.last_seen_at desc nulls last, p.id limit 1) end as phone
from callback b join identity i on i.id = b.identity_id join customer k on k.id = i.customer_id where b.id = $1`;

/** Whether callbacks are open, whether somebody was asked and may answer, and whether that was just now. */
interface LiveCallbacks {
  any: boolean;
  asked: boolean;
  isFresh: boolean;
}

const nobody: LiveCallbacks = { any: false, asked: false, isFresh: false };

/**
 * Hears what customers choose of what they were offered, by a button or by a digit. Their answers are messages like any other and stand
 * in the conversation, so one that came while nobody listened is found there by the next look.
 */
@Injectable()
export class CallbackAnswers {
  constructor(
    private readonly database: Database,
    private readonly callbacks: Callbacks,
    private readonly log: Log,
  ) {}

  async look(): Promise<LiveCallbacks> {
    const [live = nobody] = await this.database.query<LiveCallbacks & Record<string, unknown>>(hasLiveCallbacks);
    if (!live.any) {
      return live;
    }
    await this.database.query(followWork);
    for (const row of live.asked
      ? await this.database.query<AnswerRow & Record<string, unknown>>(answersToAsked)
      : []) {
      await this.hear(row).catch((error: unknown) =>
        this.log.warn('An answer about a call back waits.', { reason: String(error), callback: row.id }),
      );
    }
    return live;
  }

  /** What was heard and what follows from it are one; heard again it is nothing new. */
  private async hear(row: AnswerRow): Promise<void> {
    const choice = choiceOf(row);
    const [known] = choice ? await this.database.query<{ phone: string | null }>(phoneOf, [row.id]) : [];
    await this.database.transaction(async (tx) => {
      if (choice) {
        await this.follow(tx, choice, known?.phone ?? null);
      }
      await tx.query(markHeard, [row.id, row.seq]);
    });
  }

  private async follow(
    tx: Parameters<Callbacks['accept']>[0],
    { callbackId, wish }: CallbackChoice,
    phone: string | null,
  ): Promise<void> {
    switch (wish) {
      case 'no':
        await this.callbacks.end(tx, callbackId, { as: 'cancelled', reason: 'declined', by: null, from: ['offered'] });
        return;
      case 'cancel':
        await this.callbacks.end(tx, callbackId, {
          as: 'cancelled',
          reason: 'customer',
          by: null,
          from: ['requested', 'due'],
        });
        return;
      case 'call':
      case 'sms':
      case 'same':
        await this.callbacks.accept(tx, callbackId, wish, phone);
    }
  }
}

/** A button says which it is. On a channel without buttons a digit or the words count, while nobody of us has written since. */
function choiceOf(row: AnswerRow): CallbackChoice | null {
  const choice = readCallbackChoice((row.kind === 'keys' ? row.choiceId : writtenChoice(row)) ?? '');
  return choice?.callbackId === row.id ? choice : null;
}

function writtenChoice({ choices, body, channelKind, wasAnswered }: AnswerRow): string | null {
  const mayCount = channelKind === 'sms' && !wasAnswered;
  return mayCount ? (chosenFrom(body, choices ?? [])?.id ?? null) : null;
}
