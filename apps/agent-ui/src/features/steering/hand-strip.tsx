import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { BoardHand, RaisedHandView } from '#contract';
import { keys } from '../../api/keys.js';
import { useMay, useMe } from '../../api/queries.js';
import { steering } from '../../api/steering.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { useTexts } from '../../i18n/use-texts.js';
import { IconHand } from '../../ui/icons.js';
import { useAction } from '../../ui/use-action.js';
import { useNow } from '../../ui/use-now.js';
import './steering.css';

/** On the board: who asks for help, for how long, and who is on it. */
export function HandStrip({ hands, goTo }: { hands: BoardHand[]; goTo: (hand: BoardHand) => ReactNode }) {
  const { t, format } = useI18n();
  const isSpoken = useTexts('steering');
  const now = useNow();
  const mayHelp = useMay('steering.watch');
  if (!isSpoken || hands.length === 0) {
    return null;
  }
  return (
    <section aria-label={t('steering.hands')}>
      <ul className="hands">
        {hands.map((hand) => (
          <li key={hand.id}>
            <IconHand size={18} aria-hidden />
            <HandWords hand={hand}>
              {t('steering.handPlace', { queue: hand.queue.name, ago: format.ago(hand.raisedAt, now) })}
            </HandWords>
            {mayHelp && (
              <span className="steering-acts">
                {goTo(hand)}
                <HandActs hand={hand} />
              </span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What an agent asks, and who is on it. */
export function HandWords({
  hand: { agent, words, takenBy },
  children,
}: {
  hand: RaisedHandView;
  children: ReactNode;
}) {
  const { t } = useI18n();
  return (
    <span className="hands-what">
      <strong>{t('steering.asksForHelp', { name: agent.name })}</strong>
      {words && <span dir="auto">{words}</span>}
      <small>
        {children} {takenBy && `· ${t('steering.isOn', { name: takenBy.name })}`}
      </small>
    </span>
  );
}

/** The board hears of it by itself; a page that watches asks anew. */
export function HandActs({ hand }: { hand: RaisedHandView }) {
  const { t } = useI18n();
  const { id: readerId } = useMe();
  const queries = useQueryClient();
  const done = () => {
    void queries.invalidateQueries({ queryKey: keys.everyWatch });
    void queries.invalidateQueries({ queryKey: keys.hands });
  };
  const take = useAction(() => steering.take(hand.id), done);
  const lower = useAction(() => steering.lower(hand.id), done);
  const { name } = hand.agent;
  return (
    <>
      {hand.takenBy === null && (
        <Button
          size="compact-sm"
          loading={take.isPending}
          aria-label={t('steering.takeNamed', { name })}
          onClick={() => take.mutate(undefined)}
        >
          {t('steering.take')}
        </Button>
      )}
      {hand.takenBy?.id === readerId && (
        <Button
          size="compact-sm"
          variant="default"
          loading={lower.isPending}
          aria-label={t('steering.lowerNamed', { name })}
          onClick={() => lower.mutate(undefined)}
        >
          {t('steering.lower')}
        </Button>
      )}
    </>
  );
}
