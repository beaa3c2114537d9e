import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { keys } from '../../api/keys.js';
import { isProblem } from '../../api/problem.js';
import { routing } from '../../api/routing.js';
import { useLive } from '../../live/live-context.js';
import { useLiveState } from '../../live/live-state.js';
import { useAction } from '../../ui/use-action.js';
import type { ShownOffer } from './offer-list.js';
import { closeOffer, putAnswer, putOffer } from './offers-store.js';

/** Keeps the offers as the hub has them: by frames, and by a question whenever the link came back. */
export function useFollowOffers(): void {
  const { client } = useLive();
  const queries = useQueryClient();
  const isUp = useLiveState(({ link }) => link === 'up');
  useEffect(() => client.hear('offer.made', putOffer), [client]);
  useEffect(() => client.hear('offer.ended', closeOffer), [client]);
  useEffect(() => {
    const lookAgain = () => void queries.invalidateQueries({ queryKey: keys.everyPlace });
    const forget = [client.hear('offer.made', lookAgain), client.hear('offer.ended', lookAgain)];
    return () => forget.forEach((stop) => stop());
  }, [client, queries]);
  useEffect(() => {
    if (isUp) {
      void askForOffers();
    }
  }, [isUp]);
}

export async function askForOffers(): Promise<void> {
  const askedAt = performance.now();
  // Without an answer the frames still come, and the next link asks anew.
  const answer = await routing.offers().catch(() => null);
  if (answer) {
    putAnswer(answer.offers, askedAt);
  }
}

/** What an agent does about an offer. One that is over is taken away, with a word on why. */
export function useAnswerOffer(offer: ShownOffer) {
  const navigate = useNavigate();
  const accept = useAction(
    () => orOver(offer, routing.accept(offer.id)),
    (taken) => {
      if (taken) {
        closeOffer({ id: offer.id, outcome: 'accepted' });
        const { conversationId: conversation, ticketId: ticket } = taken;
        void navigate({ to: '/inbox/$view/$conversation', params: { view: 'mine', conversation }, search: { ticket } });
      }
    },
  );
  const decline = useAction(
    (reason: string) => orOver(offer, routing.decline(offer.id, reason)),
    () => closeOffer({ id: offer.id, outcome: 'declined' }),
  );
  return {
    accept: () => accept.mutate(undefined),
    decline: decline.mutate,
    isBusy: accept.isPending || decline.isPending,
  };
}

/** Null where the offer was over before the answer came: somebody else has it, or its time ran out. */
async function orOver<Answer>({ id }: ShownOffer, answer: Promise<Answer>): Promise<Answer | null> {
  try {
    return await answer;
  } catch (error) {
    if (isProblem(error, 'already_taken')) {
      closeOffer({ id, outcome: 'taken', byName: nameIn(error.message) });
      return null;
    }
    if (isProblem(error) && (error.status === 410 || error.status === 404)) {
      closeOffer({ id, outcome: 'expired' });
      return null;
    }
    throw error;
  }
}

/** "Already taken by Reza." */
function nameIn(detail: string): string {
  return /^Already taken by (.+)\.$/u.exec(detail)?.[1] ?? '';
}
