import { Injectable, Logger } from '@nestjs/common';
import type { InboundMessage } from '#channels';
import { Database } from '../../database/database.js';
import { Reachability } from '../../delivery/reachability.service.js';
import { Albums } from './albums.service.js';
import { ArrivalProofs, type Redeemed } from './arrival-proofs.service.js';
import { Presses } from './presses.service.js';
import { Revisions } from './revisions.service.js';

/** A message on its way in, with what its link said. */
interface Read {
  event: InboundMessage;
  redeemed: Redeemed;
}

interface Place {
  conversationId: string;
  seq: number;
}

/** Takes an arrival as a message of its own and says what became of it. */
type Accept = (event: InboundMessage) => Promise<string>;

/** What chat messages mean besides being messages. A plain one passes through here without a single query. */
@Injectable()
export class ChatArrivals {
  private readonly logger = new Logger(ChatArrivals.name);

  constructor(
    private readonly database: Database,
    private readonly albums: Albums,
    private readonly revisions: Revisions,
    private readonly presses: Presses,
    private readonly proofs: ArrivalProofs,
    private readonly reach: Reachability,
  ) {}

  async take(channelId: string, event: InboundMessage, accept: Accept): Promise<string> {
    if (event.revises === undefined) {
      return this.takeWhole(channelId, event, accept);
    }
    // An edit of what we never saw is the first that we see of it.
    return (await this.revisions.take(channelId, event)) ?? this.takeWhole(channelId, event, accept);
  }

  private takeWhole(channelId: string, event: InboundMessage, accept: Accept): Promise<string> {
    if (event.album !== undefined) {
      return this.albums.join(channelId, event, () => accept(event));
    }
    return saysMore(event) ? this.takeTelling(channelId, event, accept) : accept(event);
  }

  /** Whose message it is comes first, so that it is stored with whom its link names; the rest follows once it is stored. */
  private async takeTelling(channelId: string, arrived: InboundMessage, accept: Accept): Promise<string> {
    const read = await this.redeem(channelId, arrived);
    const outcome = await accept(read.event);
    if (outcome === 'stored') {
      await this.follow(channelId, read).catch((error: unknown) =>
        this.logger.warn(`what a message said of its sender was not kept: ${String(error)}`),
      );
    }
    return outcome;
  }

  /** A token that we made is no text: whoever reads the timeline sees what happened instead. */
  private async redeem(channelId: string, event: InboundMessage): Promise<Read> {
    const redeemed = await this.proofs.redeem(channelId, event);
    const shown = redeemed === 'unknown' ? event : { ...event, text: event.text.split(/\s/, 1)[0] ?? '' };
    return { event: shown, redeemed };
  }

  private async follow(channelId: string, { event, redeemed }: Read): Promise<void> {
    const place = await this.placeOf(channelId, event);
    if (place === null) {
      return;
    }
    this.presses.answerSoon(channelId, event, place);
    if (isStart(event)) {
      // Whoever starts a bot again has lifted their block; not every messenger says so by itself.
      await this.reach.change({ kind: event.from.kind, address: event.from.address, reachable: 'yes' });
    }
    await this.proofs.tell(redeemed, event, { channelId, conversationId: place.conversationId });
    await this.proofs.prove(event);
  }

  private async placeOf(channelId: string, { externalId }: InboundMessage): Promise<Place | null> {
    const [place] = await this.database.query<Place & Record<string, unknown>>(
      'select conversation_id as "conversationId", seq from message where channel_id = $1 and external_id = $2',
      [channelId, externalId],
    );
    return place ?? null;
  }
}

function saysMore(event: InboundMessage): boolean {
  return event.pressId !== undefined || event.proofs !== undefined || isStart(event);
}

function isStart({ text, startToken }: InboundMessage): boolean {
  return startToken !== undefined || text === '/start';
}
