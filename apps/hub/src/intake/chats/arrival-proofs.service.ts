import { Injectable } from '@nestjs/common';
import type { Address, InboundMessage } from '#channels';

/** What became of a token that somebody brought: `unknown` is none of ours, `refused` one that works no more. */
export type Redeemed = 'linked' | 'refused' | 'unknown';

/** Whoever keeps customers, as far as arrivals concern them. */
export interface ProofKeeper {
  /** Joins the address to the customer that the token was made for. Again from the same address, before it was done, goes on. */
  redeem(token: string, from: Address, channelId: string): Promise<Redeemed>;
  /** Gives whoever has the first address the second one as well, or leaves a suggestion. */
  prove(owner: Address, proof: NonNullable<InboundMessage['proofs']>[number]): Promise<void>;
  /** Tells on the timeline, and the sender themselves, how following a link went. */
  tell(
    redeemed: 'linked' | 'refused',
    place: { channelId: string; conversationId: string; from: Address },
  ): Promise<void>;
}

/** What arrivals prove about their senders, handed to the desk, which this stage does not know. */
@Injectable()
export class ArrivalProofs {
  private keeper: ProofKeeper | null = null;

  attach(keeper: ProofKeeper): void {
    this.keeper = keeper;
  }

  async redeem(channelId: string, { startToken, from }: InboundMessage): Promise<Redeemed> {
    return startToken === undefined || this.keeper === null
      ? 'unknown'
      : this.keeper.redeem(startToken, { kind: from.kind, address: from.address }, channelId);
  }

  async prove({ from, proofs = [] }: InboundMessage): Promise<void> {
    for (const proof of proofs) {
      await this.keeper?.prove({ kind: from.kind, address: from.address }, proof);
    }
  }

  async tell(
    redeemed: Redeemed,
    { from }: InboundMessage,
    place: { channelId: string; conversationId: string },
  ): Promise<void> {
    if (redeemed !== 'unknown') {
      await this.keeper?.tell(redeemed, { ...place, from: { kind: from.kind, address: from.address } });
    }
  }
}
