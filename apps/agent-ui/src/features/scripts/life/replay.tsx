import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { ScriptReplayView, ScriptView } from '#contract';
import { scriptKeys, scripts } from '../../../api/scripts.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { ScrollRegion } from '../../../ui/scroll-region.js';
import { useProblemText } from '../../../ui/problem-text.js';

/** Talks that were, played again with the draft: what would be said otherwise. */
export function Replay({ script, source }: { script: ScriptView; source: string }) {
  const { t, format } = useI18n();
  const problemText = useProblemText();
  const sessions = useQuery({
    queryKey: scriptKeys.sessions(script.id),
    queryFn: ({ signal }) => scripts.sessions(script.id, signal),
  });
  const playing = useMutation({ mutationFn: (session: string) => scripts.replay(script.id, session, source) });
  if (!sessions.data || sessions.data.length === 0) {
    return null;
  }
  return (
    <section className="script-replay" aria-label={t('replay.title')}>
      <h2>{t('replay.title')}</h2>
      <p className="settings-hint">{t('replay.intro')}</p>
      <ul className="script-results">
        {sessions.data.map(({ id, startedAt, version, turns }) => (
          <li key={id}>
            <Button size="compact-sm" variant="default" onClick={() => playing.mutate(id)}>
              {t('replay.play')}
            </Button>{' '}
            {format.dateTime(startedAt)}{' '}
            <small>{t('replay.talk', { version: format.digits(version), turns: format.number(turns) })}</small>
          </li>
        ))}
      </ul>
      {playing.isError && (
        <p className="settings-problem" role="alert">
          {problemText(playing.error)}
        </p>
      )}
      {playing.data && <Difference replay={playing.data} />}
    </section>
  );
}

function Difference({ replay: { turns } }: { replay: ScriptReplayView }) {
  const { t } = useI18n();
  const differing = turns.filter(({ isSame }) => !isSame).length;
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
          {turns.map(({ customer, before, after, isSame }, at) => (
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
