import { NativeSelect, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { WatchView } from '#contract';
import { useMay, useMe } from '../../api/queries.js';
import { steering, watchQuery } from '../../api/steering.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { Failed } from '../../ui/states.js';
import { useNow } from '../../ui/use-now.js';
import { HandActs, HandWords } from './hand-strip.js';
import { WhisperForm } from './whisper-form.js';
import { WhisperThread } from './whisper-thread.js';

/** Beside a conversation that is watched: who works on it, what they ask, and what is whispered to them. */
export function WatchSide({ person, acts }: { person: string; acts?: ReactNode }) {
  const { t } = useI18n();
  const watch = useQuery(watchQuery(person));
  return (
    <aside className="watch-side" aria-label={t('steering.beside')}>
      {watch.data ? (
        <>
          <Workers workers={watch.data.workers} />
          {acts}
          <Hands hands={watch.data.hands} />
          <Watchers watchers={watch.data.watchers} />
          <Whispers person={person} watch={watch.data} />
        </>
      ) : watch.isError ? (
        <Failed error={watch.error} retry={() => void watch.refetch()} />
      ) : (
        <Skeleton height={120} />
      )}
    </aside>
  );
}

function Workers({ workers }: Pick<WatchView, 'workers'>) {
  const { t } = useI18n();
  const names = [...new Map(workers.map(({ id, name }) => [id, name])).entries()];
  return (
    <section>
      <h2>{t('steering.workers')}</h2>
      {names.length === 0 ? (
        <p className="steering-line">{t('steering.nobodyWorks')}</p>
      ) : (
        <ul className="watch-names">
          {names.map(([id, name]) => (
            <li key={id}>
              <bdi>{name}</bdi>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Hands({ hands }: Pick<WatchView, 'hands'>) {
  const { format } = useI18n();
  const now = useNow();
  return hands.length === 0 ? null : (
    <ul className="hands">
      {hands.map((hand) => (
        <li key={hand.id}>
          <HandWords hand={hand}>{format.ago(hand.raisedAt, now)}</HandWords>
          <span className="steering-acts">
            <HandActs hand={hand} />
          </span>
        </li>
      ))}
    </ul>
  );
}

function Watchers({ watchers }: Pick<WatchView, 'watchers'>) {
  const { t, format } = useI18n();
  const { id: readerId } = useMe();
  return watchers.length === 0 ? null : (
    <section>
      <h2>{t('steering.watchers')}</h2>
      <ul className="watch-names">
        {watchers.map(({ id, name, since }) => (
          <li key={id}>
            <bdi>{name}</bdi> {id === readerId && `(${t('steering.you')})`} ·{' '}
            <time dateTime={since}>{format.time(since)}</time>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Whispers({ person, watch: { whispers, workers } }: { person: string; watch: WatchView }) {
  const { t } = useI18n();
  const mayWhisper = useMay('steering.whisper');
  return (
    <section>
      <h2>{t('steering.whispers')}</h2>
      {whispers.length === 0 && <p className="steering-line">{t('steering.none')}</p>}
      <WhisperThread whispers={whispers} isWhole />
      {mayWhisper ? (
        <Write person={person} workers={workers} />
      ) : (
        <p className="steering-line">{t('steering.whisperMay')}</p>
      )}
    </section>
  );
}

function Write({ person, workers }: { person: string; workers: WatchView['workers'] }) {
  const { t } = useI18n();
  const { id: readerId } = useMe();
  const [wished, setWished] = useState<string | null>(null);
  const others = [...new Map(workers.map(({ id, name }) => [id, { id, name }])).values()].filter(
    ({ id }) => id !== readerId,
  );
  const to = others.find(({ id }) => id === wished) ?? others[0];
  if (!to) {
    return null;
  }
  return (
    <>
      {others.length > 1 && (
        <NativeSelect
          label={t('steering.whisperTo')}
          data={others.map(({ id, name }) => ({ value: id, label: name }))}
          value={to.id}
          onChange={(event) => setWished(event.currentTarget.value)}
        />
      )}
      <WhisperForm
        person={person}
        of="whisper"
        label={t('steering.whisperWords', { name: to.name })}
        hint={t('steering.whisperHint', { name: to.name })}
        button={t('steering.whisper')}
        send={(id, words) => steering.whisper(person, id, { words, agentId: to.id })}
      />
    </>
  );
}
