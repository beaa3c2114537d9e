import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ScriptReplayView, ScriptSessionView, ScriptView } from '#contract';
import { scriptKeys, scripts } from '../../../api/scripts.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { ScrollRegion } from '../../../ui/scroll-region.js';
import { useProblemText } from '../../../ui/problem-text.js';

/** More talks than these are shown when somebody asks for them. */
const shownAtOnce = 8;

/** Talks that were, played again with the draft: what would be said otherwise. */
export function Replay({ script, source }: { script: ScriptView; source: string }) {
  const { t } = useI18n();
  const [most, setMost] = useState(shownAtOnce);
  const sessions = useQuery({
    queryKey: scriptKeys.sessions(script.id),
    queryFn: ({ signal }) => scripts.sessions(script.id, signal),
  });
  const playing = useMutation({ mutationFn: (session: string) => scripts.replay(script.id, session, source) });
  if (!sessions.data || sessions.data.length === 0) {
    return null;
  }
  const isPlayed = (id: string) => playing.variables === id && !playing.isIdle;
  return (
    <section className="script-replay" aria-label={t('replay.title')}>
      <h2>{t('replay.title')}</h2>
      <p className="settings-hint">{t('replay.intro')}</p>
      <ul className="script-results">
        {sessions.data.slice(0, most).map((talk) => (
          <li key={talk.id} aria-current={isPlayed(talk.id) || undefined}>
            <Button
              size="compact-sm"
              variant="default"
              loading={playing.isPending && isPlayed(talk.id)}
              onClick={() => playing.mutate(talk.id)}
            >
              {t('replay.play')}
            </Button>{' '}
            <PastTalk talk={talk} />
            {isPlayed(talk.id) && <Played error={playing.error} replay={playing.data} />}
          </li>
        ))}
      </ul>
      {sessions.data.length > most && (
        <Button size="compact-sm" variant="subtle" onClick={() => setMost(sessions.data.length)}>
          {t('replay.all', { count: sessions.data.length })}
        </Button>
      )}
    </section>
  );
}

const outcomes = ['resolved', 'unresolved', 'abandoned', 'handed_off'] as const;

function PastTalk({ talk: { startedAt, version, turns, channel, outcome } }: { talk: ScriptSessionView }) {
  const { t, format } = useI18n();
  const known = outcomes.find((one) => one === outcome);
  const parts = [
    t(`script.channel_${channel}` as 'script.channel_web', { defaultValue: channel }),
    t('versions.number', { version: format.digits(version) }),
    t('replay.turns', { count: turns, turns: format.number(turns) }),
    ...(known ? [t(`replay.outcome_${known}`)] : []),
  ];
  return (
    <>
      {format.dateTime(startedAt)} <small>{parts.join(' · ')}</small>
    </>
  );
}

function Played({ error, replay }: { error: Error | null; replay: ScriptReplayView | undefined }) {
  const problemText = useProblemText();
  if (error !== null) {
    return (
      <p className="settings-problem" role="alert">
        {problemText(error)}
      </p>
    );
  }
  return replay ? <Difference replay={replay} /> : null;
}

function Difference({ replay: { turns } }: { replay: ScriptReplayView }) {
  const { t } = useI18n();
  const differing = turns.filter(({ isSame }) => !isSame).length;
  // A script that waits for the customer's first words greets with nothing.
  const told = turns.filter(({ customer, before, after }) => customer !== null || before.length + after.length > 0);
  return (
    <ScrollRegion className="script-table-wrap" label={t('replay.result')}>
      <output>{differing === 0 ? t('replay.same') : t('replay.differs', { count: differing })}</output>
      <table className="script-table">
        <thead>
          <tr>
            <th scope="col">{t('sim.customer')}</th>
            <th scope="col">{t('replay.before')}</th>
            <th scope="col">{t('replay.after')}</th>
          </tr>
        </thead>
        <tbody>
          {told.map(({ customer, before, after, isSame }, at) => (
            // oxlint-disable-next-line react/no-array-index-key -- A talk is its order.
            <tr key={at} data-tone={isSame ? undefined : 'warn'}>
              <td className="words">{customer}</td>
              <td className="words">{before.join('\n')}</td>
              <td className="words">{after.join('\n')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
