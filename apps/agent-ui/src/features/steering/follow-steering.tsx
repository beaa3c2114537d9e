import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useRef } from 'react';
import type { BoardHand, UnseenWhispersView } from '#contract';
import { keys } from '../../api/keys.js';
import { useMay, useMe } from '../../api/queries.js';
import { handsQuery, unseenWhispersQuery } from '../../api/steering.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { useTexts } from '../../i18n/use-texts.js';
import { useLive } from '../../live/live-context.js';
import { useLiveState } from '../../live/live-state.js';

/** Something that its reader must notice, for whoever shows it. */
export interface SteeringAlert {
  key: string;
  title: string;
  /** Its words; '' where they are shown where it leads. */
  words: string;
  label: string;
  to: 'inbox' | 'watch';
  conversation: string;
}

interface Props {
  onNews: (alert: SteeringAlert) => void;
  onOver: (key: string) => void;
}

/** Hears what changed and has it asked for; what was missed while the link was down, too. Shows nothing itself. */
export function FollowSteering(props: Props) {
  const isSpoken = useTexts('steering');
  useFollow();
  return isSpoken ? <AllNews {...props} /> : null;
}

function useFollow(): void {
  const { client } = useLive();
  const queries = useQueryClient();
  const isUp = useLiveState(({ link }) => link === 'up');
  useEffect(() => {
    const ask = (...stale: (readonly unknown[])[]) =>
      stale.forEach((queryKey) => void queries.invalidateQueries({ queryKey }));
    if (isUp) {
      ask(keys.steeringAnywhere, keys.everyWatch, keys.unseenWhispers, keys.hands);
    }
    return client.hear('steering.changed', ({ conversation, kind }) => {
      ask(keys.everySteering(conversation), keys.watch(conversation));
      if (kind !== 'watch') {
        ask(kind === 'hand' ? keys.hands : keys.unseenWhispers);
      }
    });
  }, [client, queries, isUp]);
}

function AllNews(props: Props) {
  const mayHelp = useMay('steering.watch');
  return (
    <>
      <WhisperNews {...props} />
      {mayHelp && <HandNews {...props} />}
    </>
  );
}

function WhisperNews(props: Props) {
  const { t } = useI18n();
  const waiting = useQuery(unseenWhispersQuery).data;
  const news = useMemo(
    () =>
      waiting?.map(({ conversation, by, customer, count }: UnseenWhispersView): News => ({
        key: `whisper ${conversation}`,
        title: t('steering.alertWhisper', { by: by.name, name: customer.name }),
        words: '',
        label: t('steering.open'),
        to: 'inbox',
        conversation,
        size: count,
      })),
    [waiting, t],
  );
  useNews(news, props);
  return null;
}

function HandNews(props: Props) {
  const { t } = useI18n();
  const { id: readerId } = useMe();
  const hands = useQuery(handsQuery).data;
  const news = useMemo(
    () =>
      hands
        ?.filter(({ agent, takenBy }) => agent.id !== readerId && takenBy === null)
        .map(({ id, agent, words, ticket }: BoardHand): News => ({
          key: `hand ${id}`,
          title: t('steering.asksForHelp', { name: agent.name }),
          words,
          label: t('steering.goTo'),
          to: 'watch',
          conversation: ticket.conversation,
          size: 1,
        })),
    [hands, readerId, t],
  );
  useNews(news, props);
  return null;
}

interface News extends SteeringAlert {
  /** One that grew is news again. */
  size: number;
}

/** Tells of each once, and takes it back when it is over. */
function useNews(news: News[] | undefined, { onNews, onOver }: Props): void {
  const told = useRef(new Map<string, number>());
  useEffect(() => {
    if (!news) {
      return;
    }
    const before = told.current;
    told.current = new Map(news.map(({ key, size }) => [key, size]));
    [...before.keys()].filter((key) => !told.current.has(key)).forEach(onOver);
    news.filter(({ key, size }) => (before.get(key) ?? 0) < size).forEach(onNews);
  }, [news, onNews, onOver]);
}
