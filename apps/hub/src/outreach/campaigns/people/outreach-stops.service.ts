import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { readConsent, type InboundMessage, type Statement } from '#channels';
import type { OutreachPurpose } from '#contract';
import { Database, type Transaction } from '../../../database/database.js';
import { AnswerArrivals, type AnswerKeeper, type Heard } from '../../../intake/answer-arrivals.service.js';
import { RecentOutreach } from '../../../intake/recent-outreach.service.js';
import { LiveFeed } from '../../../live/live-feed.service.js';
import { readStopChoice, withdrawnWords } from '../deciding/outreach-words.js';
import { lockPerson } from '../deciding/person-facts.query.js';
import { OutreachMessages } from '../sending/outreach-messages.service.js';
import { ContactWishes } from './contact-wishes.service.js';

/** Whoever pressed the button of an outreach. Parameters: outreach, kind of address, address. */
const whoPressed: Statement = {
  name: 'outreach-who-pressed',
  text: `
select coalesce(k.merged_into, k.id) as "personId", o.id as "outreachId", o.purpose
from identity i join customer k on k.id = i.customer_id join outreach o on o.id = $1
where i.kind = $2 and i.address = $3 and i.retired_at is null order by i.last_seen_at desc nulls last limit 1`,
};

/**
 * Whoever was told something on this channel lately, the last of it. Once an agent or a bot wrote after it the word answers them: "cancel"
 * may be about an order. Parameters: channel, kind of address, address.
 */
const whoWasTold: Statement = {
  name: 'outreach-who-was-told',
  text: `
select coalesce(k.merged_into, k.id) as "personId", o.id as "outreachId", o.purpose
from outreach_person p join outreach o on o.id = p.outreach_id
join identity i on i.kind = $2 and i.address = p.address and i.retired_at is null join customer k on k.id = i.customer_id
where p.channel_id = $1 and p.address = $3 and p.sent_at > clock_timestamp() - interval '30 days'
  and not exists (select 1 from message m where m.conversation_id = p.conversation_id and m.seq > p.seq and m.direction = 'out' and m.author in ('agent', 'bot'))
order by p.sent_at desc limit 1`,
};

/** Where to say that it was heard. Parameters: kind of address, address, outreach. */
const talkOf: Statement = {
  name: 'outreach-stop-talk',
  text: `
select i.id as "identityId", c.id as "conversationId", k.locale, o.name, o.purpose, coalesce(k.merged_into, k.id) as "personId"
from identity i join customer k on k.id = i.customer_id join conversation c on c.customer_id = k.id join outreach o on o.id = $3
where i.kind = $1 and i.address = $2 and i.retired_at is null order by i.last_seen_at desc nulls last limit 1`,
};

interface Stopping {
  personId: string;
  outreachId: string;
  purpose: OutreachPurpose;
}

interface Talk extends Stopping {
  identityId: string;
  conversationId: string;
  locale: string;
  name: string;
}

/**
 * Hears who wants no more of what we tell of our own accord: by the button under it, or by a word where buttons are not known. Mails have
 * their link and SMS a word that stops the whole account, which others hear. A wish is nobody's work, and is answered once.
 */
@Injectable()
export class OutreachStops implements AnswerKeeper {
  constructor(
    private readonly database: Database,
    private readonly recent: RecentOutreach,
    private readonly wishes: ContactWishes,
    private readonly messages: OutreachMessages,
    private readonly live: LiveFeed,
    arrivals: AnswerArrivals,
  ) {
    arrivals.attach(this);
  }

  async hear(channelId: string, event: InboundMessage): Promise<Heard | null> {
    const stopping = await this.stoppingOf(channelId, event);
    if (!stopping) {
      return null;
    }
    const isNew = await this.database.transaction(async (tx) => {
      await tx.query(lockPerson, [stopping.personId]);
      return this.wishes.withdraw(tx, stopping.personId, stopping.purpose, stopping.outreachId);
    });
    return { about: isNew ? stopping.outreachId : null };
  }

  /** A line of the timeline says it to agents, and a message to the customer. */
  async tell({ about }: Heard, channelId: string, { from }: InboundMessage): Promise<void> {
    if (about === null) {
      return;
    }
    await this.database.transaction(async (tx) => {
      const [talk] = await tx.query<Talk & Record<string, unknown>>(talkOf, [from.kind, from.address, about]);
      if (!talk) {
        return;
      }
      const talks = await tx.query<{ id: string; rev: number }>(lockPerson, [talk.personId]);
      await this.line(tx, talk, about);
      await this.confirm(tx, talk, { channelId, address: from.address, outreachId: about });
      this.live.movedBy(tx, talks);
    });
  }

  private async stoppingOf(channelId: string, event: InboundMessage): Promise<Stopping | null> {
    const { from, choice } = event;
    const pressed = choice ? readStopChoice(choice.id) : null;
    if (pressed !== null) {
      return this.find(whoPressed, [pressed, from.kind, from.address]);
    }
    const isWord =
      this.recent.any && isSaidInChat(event) && readConsent(event.text, { stop: [], start: [] }) === 'stop';
    return isWord ? this.find(whoWasTold, [channelId, from.kind, from.address]) : null;
  }

  private async find(statement: Statement, values: unknown[]): Promise<Stopping | null> {
    const [row] = await this.database.query<Stopping & Record<string, unknown>>(statement, values);
    return row ?? null;
  }

  private async line(
    tx: Transaction,
    { conversationId, identityId, name, purpose }: Talk,
    outreachId: string,
  ): Promise<void> {
    const event = { name: 'outreach.withdrawn', outreachId, outreach: name, purpose };
    await tx.query(
      `insert into message (id, conversation_id, identity_id, direction, author, kind, content)
       values ($1, $2, $3, 'internal', 'system', 'event', jsonb_build_object('event', $4::jsonb))`,
      [uuid(), conversationId, identityId, JSON.stringify(event)],
    );
  }

  private async confirm(
    tx: Transaction,
    { conversationId, identityId, locale, name }: Talk,
    { channelId, address, outreachId }: { channelId: string; address: string; outreachId: string },
  ): Promise<void> {
    const body = withdrawnWords(locale.startsWith('fa') ? 'fa' : 'en');
    const { id, seq } = await this.messages.write(tx, {
      way: { conversationId, identityId, claimId: null, channelId, address },
      subject: '',
      body,
      choices: [],
      mark: { outreachId, outreach: name, stopAt: null },
    });
    await tx.query(
      `insert into event_log (type, conversation_id, subject_id, payload) values ('message.sent', $1, $2, jsonb_build_object('seq', $3::bigint))`,
      [conversationId, id, seq],
    );
  }
}

/** SMS has its own words for the whole account, and nobody stops anything by a word in a mail. */
function isSaidInChat({ kind, mail, from, sentByUs, attachments }: InboundMessage): boolean {
  return kind === 'text' && mail === null && from.kind !== 'phone' && sentByUs !== true && attachments.length === 0;
}
