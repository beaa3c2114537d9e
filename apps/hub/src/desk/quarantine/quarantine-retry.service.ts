import { Injectable } from '@nestjs/common';
import {
  emailAddresses,
  isIncomplete,
  parseEmailApart,
  readIncomplete,
  type EmailSettings,
  type InboundMessage,
} from '#channels';
import type { Actor } from '../../auth/actor.js';
import { recordAct } from '../../auth/record-act.js';
import { Database } from '../../database/database.js';
import { Receiving } from '../../intake/receiving.service.js';
import { conflict } from '../../platform/errors/api-error.js';
import { ChannelDirectory, type OpenChannel } from '../../settings/channel-directory.service.js';
import { MailReparse } from '../messages/mail-reparse.service.js';
import { keyPutAside, Quarantine, type KeptEvent } from './quarantine.service.js';

/** Where an event is now that could be taken after all. */
export interface Retried {
  message: { id: string; conversation: string };
}

/** What a repeated arrival left: its event and, when it got that far, its message. */
interface Taken {
  event_id: string;
  state: 'accepted' | 'ignored' | 'quarantined';
  error: string | null;
  message_id: string | null;
  conversation_id: string | null;
}

/** Takes events out of quarantine by reading them again, the way in which their kind of channel reads. */
@Injectable()
export class QuarantineRetry {
  constructor(
    private readonly database: Database,
    private readonly quarantine: Quarantine,
    private readonly channels: ChannelDirectory,
    private readonly receiving: Receiving,
    private readonly reparse: MailReparse,
  ) {}

  /** Throws `conflict` with the reason when it cannot be read again, or could not once more; it stays where it is then. */
  async run(actor: Actor, id: string): Promise<Retried> {
    return this.alone(id, async () => {
      const kept = await this.quarantine.get(id);
      const channel = this.mailboxOf(kept);
      return kept.messageId === null
        ? this.takeAgain(actor, kept, channel)
        : this.readAgain(actor, kept, kept.messageId);
    });
  }

  /** One try of an event at a time, on all nodes. */
  private async alone<T>(id: string, work: () => Promise<T>): Promise<T> {
    const tried = await this.database.alone(`quarantine ${id}`, work);
    if (tried === null) {
      throw conflict('being_retried', 'Somebody else is trying this again at the moment.');
    }
    return tried.done;
  }

  /** A webhook is believed for its signature, which is over a request that is gone; a mail is all there. */
  private mailboxOf({ channelId }: KeptEvent): OpenChannel {
    const channel = this.channels.find(channelId);
    if (channel?.kind !== 'email' || channel.problem !== null) {
      throw conflict(
        'not_readable_again',
        channel?.kind === 'email'
          ? 'The mailbox it came to cannot be opened. Put its settings right first.'
          : 'Only mails can be read again. Ask the provider to send this anew, or take it over by hand from its raw form.',
      );
    }
    return channel;
  }

  /** What stands for it on the timeline is replaced by what is read now. */
  private async readAgain(actor: Actor, { id }: KeptEvent, messageId: string): Promise<Retried> {
    const { conversation } = await this.reparse.run(actor, messageId);
    const [row] = await this.database.query<{ state: string }>('select state from inbound_event where id = $1', [id]);
    const isTaken = row?.state !== 'quarantined';
    await this.record(actor, id, isTaken);
    if (!isTaken) {
      throw stillUnreadable('it is as broken as before');
    }
    return { message: { id: messageId, conversation } };
  }

  /**
   * It comes in once more. Its key is put aside for as long, or it would be known already; a crash in between leaves it in quarantine
   * under the key put aside, and trying again finds what was stored by then.
   */
  private async takeAgain(actor: Actor, kept: KeptEvent, channel: OpenChannel): Promise<Retried> {
    const event = await parseMail(kept.raw, channel);
    await this.putAside(kept);
    let taken: Taken | null = null;
    try {
      await this.receiving.take(channel, [event]);
      taken = await this.find(channel.id, event.externalId);
    } finally {
      await this.settle(actor, kept, taken);
    }
    if (taken?.message_id && taken.conversation_id) {
      return { message: { id: taken.message_id, conversation: taken.conversation_id } };
    }
    throw stillUnreadable(taken?.error ?? 'it belongs on no timeline');
  }

  private async find(channelId: string, externalId: string | null): Promise<Taken | null> {
    const [row] = await this.database.query<Taken>(
      `select e.id as event_id, e.state, e.error, m.id as message_id, m.conversation_id
       from inbound_event e left join message m on m.channel_id = e.channel_id and m.external_id = e.external_id
       where e.channel_id = $1 and e.external_id = $2`,
      [channelId, externalId],
    );
    return row ?? null;
  }

  /** Of the two rows of one event one stays: the new one when it was taken, else the old one with what was said of it now. */
  private async settle(actor: Actor, kept: KeptEvent, taken: Taken | null): Promise<void> {
    const isTaken = taken !== null && (taken.state !== 'quarantined' || taken.message_id !== null);
    await this.database.transaction(async (tx) => {
      await tx.query('delete from inbound_event where id = $1', [isTaken ? kept.id : (taken?.event_id ?? null)]);
      if (!isTaken) {
        await tx.query('update inbound_event set external_id = $2, error = coalesce($3, error) where id = $1', [
          kept.id,
          kept.externalId,
          taken?.error ?? null,
        ]);
      }
      await recordAct(tx, {
        actorId: actor.id,
        action: 'quarantine.retried',
        subject: kept.id,
        details: { taken: isTaken },
      });
    });
  }

  private async putAside(kept: KeptEvent): Promise<void> {
    await this.database.query(`update inbound_event set external_id = $2 where id = $1 and state = 'quarantined'`, [
      kept.id,
      keyPutAside(kept),
    ]);
  }

  private async record(actor: Actor, subject: string, isTaken: boolean): Promise<void> {
    await this.database.transaction((tx) =>
      recordAct(tx, { actorId: actor.id, action: 'quarantine.retried', subject, details: { taken: isTaken } }),
    );
  }
}

/** Who vouched for the sender is not known any more, so nobody does. Of a mail that was fetched in part there is no more to be read than that. */
function parseMail(raw: Buffer, channel: OpenChannel): Promise<InboundMessage> {
  const settings = channel.account.settings as EmailSettings;
  const context = {
    envelopeTo: [],
    envelopeFrom: null,
    accountAddresses: emailAddresses(settings),
    fallbackCharset: settings.fallbackCharset,
    verdict: 'none' as const,
  };
  return isIncomplete(raw) ? readIncomplete(raw, context, parseEmailApart) : parseEmailApart(raw, context);
}

function stillUnreadable(why: string): Error {
  return conflict('still_unreadable', `It was read again and could not be taken: ${why}.`);
}
