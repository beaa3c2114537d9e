import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { BotSessionView, ConversationView } from '#contract';
import { bots } from '../../../api/bots.js';
import { keys } from '../../../api/keys.js';
import { useTexts } from '../../../i18n/use-texts.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { reasonKey } from '../../../ui/bot-reason.js';
import { notify } from '../../../ui/notify.js';
import { useAction } from '../../../ui/use-action.js';
import './bot-card.css';
import { lastBotNews } from './bot-news.js';

/** The bot that talks, or talked, with the customer: what it learned, and the way back to it. */
export function BotCard({ view }: { view: ConversationView }) {
  const isSpoken = useTexts('bots');
  const news = lastBotNews(view);
  const session = useQuery({
    queryKey: keys.bot(view.id, news),
    queryFn: ({ signal }) => bots.latest(view.id, signal),
    enabled: news !== null,
    placeholderData: (before) => before,
  }).data?.session;
  return isSpoken && session ? <Session session={session} person={view.id} /> : null;
}

function Session({ session, person }: { session: BotSessionView; person: string }) {
  const { t, format } = useI18n();
  const { status, script, reason, variables, path, misses } = session;
  return (
    <section className="bot-card" aria-label={t('bot.label')}>
      <p>
        <strong>{t(`bot.state.${status}`, { name: script.name })}</strong>{' '}
        <small>{t('bot.version', { number: format.digits(script.version) })}</small>
      </p>
      {reason !== '' && <p>{t('bot.why', { reason: t(reasonKey(reason)) })}</p>}
      {variables.length > 0 && (
        <>
          <h2>{t('bot.learned')}</h2>
          <dl>
            {variables.map(({ name, value }) => (
              <div key={name}>
                <dt dir="ltr">{name}</dt>
                <dd dir="auto">{wordsOf(value)}</dd>
              </div>
            ))}
          </dl>
        </>
      )}
      {path.length > 0 && (
        <details>
          <summary>{t('bot.path')}</summary>
          <p dir="ltr" className="bot-path">
            {path.map(({ node }) => node).join(' → ')}
          </p>
        </details>
      )}
      {misses.length > 0 && (
        <details>
          <summary>{t('bot.misses')}</summary>
          <ul>
            {misses.map(({ node, text, at }) => (
              <li key={`${node} ${at}`}>
                <bdi>{text}</bdi>
              </li>
            ))}
          </ul>
        </details>
      )}
      {session.mayReturn && <GiveBack person={person} />}
    </section>
  );
}

function GiveBack({ person }: { person: string }) {
  const { t } = useI18n();
  const cache = useQueryClient();
  const giveBack = useAction(
    () => bots.giveBack(person),
    () => {
      notify(t('bot.returned'), 'good');
      void cache.invalidateQueries({ queryKey: keys.everyBot });
    },
  );
  return (
    <>
      <Button
        size="compact-sm"
        variant="default"
        aria-describedby="bot-return-hint"
        loading={giveBack.isPending}
        onClick={() => giveBack.mutate(undefined)}
      >
        {t('bot.return')}
      </Button>
      <small id="bot-return-hint">{t('bot.returnHint')}</small>
    </>
  );
}

function wordsOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
