import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { ChannelError, type Address, type InboundMessage, type Statement } from '#channels';
import type { StartLinkView } from '#contract';
import type { Actor } from '../../../auth/actor.js';
import { recordAct } from '../../../auth/record-act.js';
import { Database } from '../../../database/database.js';
import { ArrivalProofs, type ProofKeeper, type Redeemed } from '../../../intake/chats/arrival-proofs.service.js';
import { conflict, invalid, notFound, unavailable } from '../../../platform/errors/api-error.js';
import { ChannelDirectory, type OpenChannel } from '../../../settings/channel-directory.service.js';
import { CustomerReader } from '../customer-reader.service.js';
import { everybodyOf } from '../customers.query.js';
import { IdentityProof } from '../identity-proof.service.js';
import { StartAnswers } from './start-answers.service.js';
import type { NewStartLinkDto } from './start-links.dto.js';

interface LinkRow {
  id: string;
  channel_id: string;
  created_at: Date;
  expires_at: Date;
  revoked_at: Date | null;
  used_at: Date | null;
}

const columns = 'l.id, l.channel_id, l.created_at, l.expires_at, l.revoked_at, l.used_at';

/** 192 bits; Telegram takes tokens of up to 64 letters, digits, _ and -. */
const tokenBytes = 24;

/**
 * Takes a token for one address. The first who comes has it; the same one may come again as long as nothing came of it, for a crash
 * may lie between. No row: it is used up, too old, revoked, or of another channel. Parameters: hash, channel, address.
 */
const useLink: Statement = {
  name: 'start-link-use',
  text: `
update start_link set used_at = coalesce(used_at, clock_timestamp()), used_by = $3
where token_hash = $1 and channel_id = $2 and revoked_at is null and expires_at > clock_timestamp()
  and (used_by is null or (used_by = $3 and proven_at is null))
returning id, customer_id`,
};

/**
 * Links that say whose chat it is when somebody opens it: whoever follows one was given it by us as that customer. They work once, and
 * only their hash is kept. What following one means is decided where every proof is.
 */
@Injectable()
export class StartLinks implements ProofKeeper {
  constructor(
    private readonly database: Database,
    private readonly reader: CustomerReader,
    private readonly channels: ChannelDirectory,
    private readonly proof: IdentityProof,
    private readonly answers: StartAnswers,
    proofs: ArrivalProofs,
  ) {
    proofs.attach(this);
  }

  async make(actor: Actor, customerId: string, { channelId, hours }: NewStartLinkDto): Promise<StartLinkView> {
    const person = await this.reader.getReadable(actor, customerId);
    const token = randomBytes(tokenBytes).toString('base64url');
    const url = await this.urlOf(this.findChannel(channelId), token);
    return this.database.transaction(async (tx) => {
      const [row] = await tx.query<LinkRow & Record<string, unknown>>(
        `insert into start_link as l (id, token_hash, customer_id, channel_id, created_by, expires_at)
         values ($1, $2, $3, $4, $5, clock_timestamp() + make_interval(hours => $6)) returning ${columns}`,
        [uuid(), hashOf(token), person.customerId, channelId, actor.id, hours],
      );
      const link = row as LinkRow;
      const details = { link: link.id, channel: channelId, hours };
      await recordAct(tx, {
        actorId: actor.id,
        action: 'customer.start_link_made',
        subject: person.customerId,
        details,
      });
      return present(link, url);
    });
  }

  async list(actor: Actor, customerId: string): Promise<StartLinkView[]> {
    const person = await this.reader.getReadable(actor, customerId);
    const rows = await this.database.query<LinkRow & Record<string, unknown>>(
      `select ${columns} from start_link l where l.customer_id in ${everybodyOf} order by l.created_at desc, l.id limit 100`,
      [person.customerId],
    );
    return rows.map((row) => present(row, null));
  }

  async revoke(actor: Actor, customerId: string, linkId: string): Promise<void> {
    const person = await this.reader.getReadable(actor, customerId);
    await this.database.transaction(async (tx) => {
      const rows = await tx.query(
        `update start_link l set revoked_at = coalesce(revoked_at, clock_timestamp())
         where l.id = $2 and l.customer_id in ${everybodyOf} returning l.id`,
        [person.customerId, linkId],
      );
      if (rows.length === 0) {
        throw notFound('This link');
      }
      await recordAct(tx, {
        actorId: actor.id,
        action: 'customer.start_link_revoked',
        subject: person.customerId,
        details: { link: linkId },
      });
    });
  }

  async redeem(token: string, from: Address, channelId: string): Promise<Redeemed> {
    const hash = hashOf(token);
    const [link] = await this.database.query<{ id: string; customer_id: string }>(useLink, [
      hash,
      channelId,
      from.address,
    ]);
    if (!link) {
      const [known] = await this.database.query('select 1 from start_link where token_hash = $1', [hash]);
      return known ? 'refused' : 'unknown';
    }
    if (from.kind === 'web') {
      return 'refused';
    }
    await this.proof.prove(link.customer_id, { kind: from.kind, address: from.address, trust: 'proven' });
    await this.database.query('update start_link set proven_at = clock_timestamp() where id = $1', [link.id]);
    return 'linked';
  }

  async prove(owner: Address, proof: NonNullable<InboundMessage['proofs']>[number]): Promise<void> {
    const [row] = await this.database.query<{ customer_id: string }>(
      `select customer_id from identity where kind = $1 and address = $2 and retired_at is null
       order by last_seen_at desc nulls last limit 1`,
      [owner.kind, owner.address],
    );
    if (row) {
      await this.proof.prove(row.customer_id, proof);
    }
  }

  async tell(
    redeemed: 'linked' | 'refused',
    place: { channelId: string; conversationId: string; from: Address },
  ): Promise<void> {
    await this.answers.tell(redeemed, place);
  }

  private findChannel(id: string): OpenChannel {
    const channel = this.channels.find(id);
    if (!channel?.adapter.startLink) {
      throw invalid('channelId', 'Choose a channel whose chats a link can open.');
    }
    if (!channel.enabled) {
      throw conflict('channel_off', 'This channel is switched off.', 'channelId');
    }
    return channel;
  }

  private async urlOf({ adapter, account }: OpenChannel, token: string): Promise<string> {
    try {
      return (await adapter.startLink?.(token, account)) ?? '';
    } catch (error) {
      if (error instanceof ChannelError) {
        throw unavailable('provider_away', error.message, 30);
      }
      throw error;
    }
  }
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

function present(row: LinkRow, url: string | null): StartLinkView {
  return {
    id: row.id,
    channelId: row.channel_id,
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    revokedAt: row.revoked_at?.toISOString() ?? null,
    usedAt: row.used_at?.toISOString() ?? null,
    url,
  };
}
