import { Injectable } from '@nestjs/common';
import { capabilitiesFor, type ChannelKind, type IdentityKind, type Sql } from '#channels';
import type { OutreachWhy } from '#contract';
import { failpoint } from '#failpoint';
import { Database, type Transaction } from '../../../database/database.js';
import { SendPermits } from '../../../delivery/send-permits.service.js';
import { LiveFeed } from '../../../live/live-feed.service.js';
import { ApiError } from '../../../platform/errors/api-error.js';
import { ChannelDirectory, type OpenChannel } from '../../../settings/channel-directory.service.js';
import { decidePerson, type OutreachRules } from '../deciding/decide-person.js';
import { lockPerson, readPerson, type KnownPerson, type KnownWay } from '../deciding/person-facts.query.js';
import { OutreachMessages } from './outreach-messages.service.js';
import type { RunningOutreach } from './outreach-rows.query.js';
import { OutreachTexts, type PersonText } from './outreach-texts.service.js';
import { claimPerson, goOnAsRoot, markSent, postponePerson, skipPerson, wasTold } from './write-outreach.query.js';

/** What became of somebody. `full`: their channel takes no more at the moment; they come again. */
export type Handled = { outcome: 'sent'; channelId: string } | { outcome: 'full' | 'skipped' | 'waits' | 'taken' };

/** What is sent and by which rules. */
export interface Feeding {
  outreach: RunningOutreach;
  rules: OutreachRules;
}

/** How soon somebody comes again whose channel is full, in milliseconds. */
const againMs = 2_000;

/** What one person gets and by which way, or why nothing. */
export type PersonPlan =
  | { outcome: 'send'; way: KnownWay; text: Extract<PersonText, { outcome: 'written' }> }
  | { outcome: 'skip'; why: OutreachWhy; details: string[] }
  | { outcome: 'wait'; why: OutreachWhy; until: number };

/**
 * Decides on one person and writes what they get: the decision, the message and its place in the outbox are one transaction, under the lock
 * of the person's conversations. Whoever dies in the middle has done nothing; whoever comes later finds it done.
 */
@Injectable()
export class OutreachSender {
  constructor(
    private readonly database: Database,
    private readonly channels: ChannelDirectory,
    private readonly permits: SendPermits,
    private readonly texts: OutreachTexts,
    private readonly messages: OutreachMessages,
    private readonly live: LiveFeed,
  ) {}

  /** `hasRoom`: whether a channel takes one more now. */
  async send(feeding: Feeding, personId: string, hasRoom: (channelId: string) => boolean): Promise<Handled> {
    const handled = await this.database.transaction((tx) => this.handle(tx, feeding, personId, hasRoom));
    failpoint('outreach.after-person-commit');
    return handled;
  }

  private async handle(
    tx: Transaction,
    { outreach, rules }: Feeding,
    personId: string,
    hasRoom: (channelId: string) => boolean,
  ): Promise<Handled> {
    const talks = await tx.query<{ id: string; rev: number }>(lockPerson, [personId]);
    const key = [outreach.id, outreach.round, personId];
    const [claimed] = await tx.query(claimPerson, key);
    if (!claimed) {
      return { outcome: 'taken' };
    }
    const person = await this.read(tx, outreach, personId);
    const plan = person && (await this.plan(tx, outreach, rules, await this.asTold(tx, person, key)));
    if (!plan || plan.outcome === 'skip') {
      await this.skip(tx, key, plan);
      return { outcome: 'skipped' };
    }
    if (plan.outcome === 'wait') {
      await tx.query(postponePerson, [...key, plan.why, plan.until - Date.now()]);
      return { outcome: 'waits' };
    }
    if (!hasRoom(plan.way.channelId)) {
      await tx.query(postponePerson, [...key, '', againMs]);
      return { outcome: 'full' };
    }
    await this.write(tx, outreach, key, plan);
    this.live.movedBy(tx, talks);
    failpoint('outreach.before-person-commit');
    return { outcome: 'sent', channelId: plan.way.channelId };
  }

  /** What would become of a person now; changes nothing. */
  async plan(sql: Sql, outreach: RunningOutreach, rules: OutreachRules, person: KnownPerson): Promise<PersonPlan> {
    const now = Date.now();
    const fit = person.ways.filter((way) => this.texts.canLeave(outreach, way));
    const decided = decidePerson({ ...person, ways: fit }, rules, now);
    if (decided.outcome === 'skip') {
      return { ...decided, details: [] };
    }
    if (decided.outcome === 'wait') {
      return decided;
    }
    return this.firstFitting(sql, outreach, decided.ways);
  }

  read(
    sql: Sql,
    outreach: Pick<RunningOutreach, 'id' | 'round' | 'purpose' | 'channelIds'>,
    personId: string,
  ): Promise<KnownPerson | null> {
    const { id: outreachId, round, purpose } = outreach;
    return readPerson(sql, {
      personId,
      purpose,
      channels: this.usable(outreach.channelIds),
      sent: { outreachId, round },
    });
  }

  /** Channels of these that can send now. */
  usable(channelIds: readonly string[]): { id: string; kind: ChannelKind; reaches: IdentityKind }[] {
    return channelIds.flatMap((id) => {
      const channel = this.channels.find(id);
      const [reaches] = channel && isOpen(channel) ? capabilitiesFor(channel.adapter, channel.account).reaches : [];
      return channel && reaches ? [{ id, kind: channel.kind, reaches }] : [];
    });
  }

  private async asTold(tx: Transaction, person: KnownPerson, key: unknown[]): Promise<KnownPerson> {
    const told = await tx.query(wasTold, key);
    return told.length > 0 ? { ...person, isMerged: true } : person;
  }

  private async skip(tx: Transaction, key: unknown[], plan: PersonPlan | null): Promise<void> {
    const { why, details } = plan?.outcome === 'skip' ? plan : { why: 'no_way', details: [] };
    if (why === 'merged') {
      await tx.query(goOnAsRoot, key);
    }
    await tx.query(skipPerson, [...key, why, details]);
  }

  /** A text may fit one way and not another: a long one is no SMS, a mail needs a subject. */
  private async firstFitting(sql: Sql, outreach: RunningOutreach, ways: KnownWay[]): Promise<PersonPlan> {
    let refused: PersonPlan = { outcome: 'skip', why: 'no_way', details: [] };
    for (const way of ways) {
      if (!(await this.mayWrite(sql, way))) {
        continue;
      }
      const text = await this.texts.write(sql, outreach, way);
      if (text.outcome === 'written' && this.fits(way, text.body)) {
        return { outcome: 'send', way, text };
      }
      refused = text.outcome === 'skip' ? text : refused;
    }
    return refused;
  }

  private async mayWrite(sql: Sql, { channelId, address }: KnownWay): Promise<boolean> {
    const channel = this.channels.find(channelId) as OpenChannel;
    try {
      await this.permits.refuseWriting(sql, channel, address);
      return true;
    } catch (error) {
      if (error instanceof ApiError) {
        return false;
      }
      throw error;
    }
  }

  private fits({ channelId }: KnownWay, body: string): boolean {
    const limit = this.channels.find(channelId)?.adapter.capabilities.textLimit ?? null;
    return limit === null || body.length <= limit;
  }

  private async write(
    tx: Transaction,
    outreach: RunningOutreach,
    key: unknown[],
    { way, text }: Extract<PersonPlan, { outcome: 'send' }>,
  ): Promise<void> {
    const { subject, body, choices, stopAt } = text;
    const mark = { outreachId: outreach.id, outreach: outreach.name, stopAt };
    const written = await this.messages.write(tx, { way, subject, body, choices, mark });
    await tx.query(markSent, [
      ...key,
      written.isThere ? 'sent' : 'sending',
      way.conversationId,
      written.seq,
      way.channelId,
      way.address,
      written.id,
    ]);
  }
}

function isOpen({ enabled, problem, adapter, kind }: OpenChannel): boolean {
  return enabled && problem === null && (adapter.send !== undefined || kind === 'web');
}
