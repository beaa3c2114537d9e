import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { matchKey, type Address } from '#channels';
import { Database, type Transaction } from '../../../database/database.js';
import { Outgoing } from '../../../delivery/outgoing.service.js';
import { LiveFeed } from '../../../live/live-feed.service.js';

interface Place {
  channelId: string;
  conversationId: string;
  from: Address;
}

const words = {
  linked: {
    en: 'Done: this chat is now connected with your conversation. Write to us here whenever you like.',
    fa: 'انجام شد: این گفتگو به گفتگوی شما با ما وصل شد. هر زمان که خواستید همین‌جا بنویسید.',
  },
  refused: {
    en: 'This link has been used or is too old. You can still write to us here, or ask for a new link.',
    fa: 'این پیوند یک بار به کار رفته یا کهنه شده است. باز هم می‌توانید همین‌جا بنویسید یا پیوند تازه بخواهید.',
  },
};

/** Tells how following a link went: a line of the timeline for agents, a few words for whoever followed it. */
@Injectable()
export class StartAnswers {
  constructor(
    private readonly database: Database,
    private readonly outgoing: Outgoing,
    private readonly live: LiveFeed,
  ) {}

  tell(redeemed: 'linked' | 'refused', place: Place): Promise<void> {
    return this.database.transaction(async (tx) => {
      const [talk] = await tx.query<{ id: string; rev: number; locale: string; identity_id: string }>(
        `select c.id, c.rev, k.locale, i.id as identity_id
         from conversation c join customer k on k.id = c.customer_id
         join identity i on i.customer_id = k.id and i.kind = $2 and i.address = $3 and i.retired_at is null
         where c.id = $1 for no key update of c`,
        [place.conversationId, place.from.kind, place.from.address],
      );
      if (!talk) {
        return;
      }
      await tx.query(
        `insert into message (id, conversation_id, identity_id, direction, author, kind, content)
         values ($1, $2, $3, 'internal', 'system', 'event', jsonb_build_object('event', jsonb_build_object('name', $4::text)))`,
        [uuid(), talk.id, talk.identity_id, `start_link.${redeemed}`],
      );
      await this.say(tx, words[redeemed][talk.locale === 'fa' ? 'fa' : 'en'], {
        ...place,
        identityId: talk.identity_id,
      });
      this.live.movedBy(tx, [talk]);
    });
  }

  private async say(
    tx: Transaction,
    text: string,
    { channelId, conversationId, from, identityId }: Place & { identityId: string },
  ): Promise<void> {
    const [said] = await tx.query<{ seq: number }>(
      `insert into message (id, conversation_id, channel_id, identity_id, direction, author, kind, body, search_text, delivery)
       values ($1, $2, $3, $4, 'out', 'system', 'text', $5, $6, 'queued') returning seq`,
      [uuid(), conversationId, channelId, identityId, text, matchKey(text)],
    );
    await this.outgoing.enqueue(tx, {
      conversationId,
      seq: said?.seq ?? 0,
      channelId,
      threadId: null,
      address: from.address,
      mailId: null,
    });
  }
}
