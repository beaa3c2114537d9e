import { Injectable } from '@nestjs/common';
import { normaliseEmail, normalisePhone } from '#channels';
import { HubConfig } from '#config';
import type { Actor } from '../../../auth/actor.js';
import { recordAct } from '../../../auth/record-act.js';
import { Database, type Transaction } from '../../../database/database.js';
import { LiveFeed } from '../../../live/live-feed.service.js';
import { conflict, invalid } from '../../../platform/errors/api-error.js';
import { asTest } from '../deciding/outreach-words.js';
import { lockPerson, type KnownWay } from '../deciding/person-facts.query.js';
import { OutreachMessages } from '../sending/outreach-messages.service.js';
import type { RunningOutreach } from '../sending/outreach-rows.query.js';
import { OutreachSender } from '../sending/outreach-sender.service.js';
import { OutreachTexts } from '../sending/outreach-texts.service.js';
import type { TestOutreachDto } from './outreach.dto.js';

/** Whose address it is, by the kind of identity and the address. */
const ownerOf = `
select coalesce(k.merged_into, k.id) as id from identity i join customer k on k.id = i.customer_id
where i.kind = $1 and i.address = $2 and i.retired_at is null order by i.last_seen_at desc nulls last limit 1`;

/** Copies for those who make it. */
@Injectable()
export class OutreachCopies {
  constructor(
    private readonly database: Database,
    private readonly config: HubConfig,
    private readonly sender: OutreachSender,
    private readonly texts: OutreachTexts,
    private readonly messages: OutreachMessages,
    private readonly live: LiveFeed,
  ) {}

  async send(actor: Actor, outreach: RunningOutreach, { channelId, address }: TestOutreachDto): Promise<void> {
    const [usable] = this.sender.usable([channelId]);
    if (!usable) {
      throw invalid('channelId', 'This channel cannot send now.');
    }
    const wanted = normalised(usable.reaches, address.trim(), this.config.defaultCountry);
    await this.database.transaction(async (tx) => {
      const [owner] = await tx.query<{ id: string }>(ownerOf, [usable.reaches, wanted]);
      const talks = owner ? await tx.query<{ id: string; rev: number }>(lockPerson, [owner.id]) : [];
      const person = owner && (await this.sender.read(tx, { ...outreach, channelIds: [channelId] }, owner.id));
      const way = person?.ways.find((one) => one.address === wanted && one.isUsable);
      await this.sendBy(tx, actor, outreach, checked(way));
      this.live.movedBy(tx, talks);
    });
  }

  private async sendBy(tx: Transaction, actor: Actor, outreach: RunningOutreach, way: KnownWay): Promise<void> {
    const text = await this.texts.write(tx, outreach, way);
    if (text.outcome === 'skip') {
      const why = [text.why, ...text.details].join(' ');
      throw invalid('texts', `It cannot be written for this person: ${why}.`, 'outreach_not_written');
    }
    const mark = { outreachId: outreach.id, outreach: outreach.name, stopAt: text.stopAt };
    const written = { ...text, body: asTest(text.language, text.body), subject: asTest(text.language, text.subject) };
    const { id, seq } = await this.messages.write(tx, { way, mark, ...written });
    await tx.query(
      `insert into event_log (type, conversation_id, subject_id, actor_id, payload) values ('message.sent', $1, $2, $3, jsonb_build_object('seq', $4::bigint))`,
      [way.conversationId, id, actor.id, seq],
    );
    await recordAct(tx, { actorId: actor.id, action: 'outreach.tried', subject: outreach.id });
  }
}

function checked(way: KnownWay | undefined): KnownWay {
  if (!way) {
    throw invalid(
      'address',
      'Nobody wrote from this address yet. Write to the channel from it first.',
      'outreach_unknown_address',
    );
  }
  if (way.isOptedOut) {
    throw conflict('opted_out', 'The customer does not accept messages here.', 'address');
  }
  return way;
}

function normalised(kind: string, address: string, country: string): string {
  const phone = kind === 'phone' ? normalisePhone(address, country) : null;
  const known = kind === 'email' ? normaliseEmail(address) : phone?.kind === 'phone' ? phone.e164 : null;
  return known ?? address;
}
