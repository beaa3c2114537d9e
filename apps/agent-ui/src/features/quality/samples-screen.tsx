import { Button, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { SampleView } from '#contract';
import { quality, qualityKeys } from '../../api/quality.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { Dialog } from '../../ui/dialog.js';
import { IconPlus } from '../../ui/icons.js';
import { Empty, Failed } from '../../ui/states.js';
import { DrawForm } from './draw-form.js';

export function SamplesScreen() {
  const { t } = useI18n();
  const [isDrawing, setDrawing] = useState(false);
  return (
    <>
      <p className="quality-acts">
        <Button leftSection={<IconPlus size={16} />} onClick={() => setDrawing(true)}>
          {t('quality.draw')}
        </Button>
      </p>
      <List />
      {isDrawing && (
        <Dialog title={t('quality.draw')} size="lg" onClose={() => setDrawing(false)}>
          <DrawForm onCancel={() => setDrawing(false)} />
        </Dialog>
      )}
    </>
  );
}

function List() {
  const { t } = useI18n();
  const answer = useQuery({ queryKey: qualityKeys.samples, queryFn: ({ signal }) => quality.samples(signal) });
  if (answer.isPending) {
    return <Skeleton height={160} />;
  }
  if (answer.isError) {
    return <Failed error={answer.error} retry={() => void answer.refetch()} />;
  }
  if (answer.data.length === 0) {
    return <Empty>{t('quality.noSamples')}</Empty>;
  }
  return (
    <ul className="quality-list" aria-label={t('quality.samples')}>
      {answer.data.map((sample) => (
        <One key={sample.id} sample={sample} />
      ))}
    </ul>
  );
}

function One({ sample }: { sample: SampleView }) {
  const { t, format } = useI18n();
  const { id, name, tickets, reviewed, by, at } = sample;
  return (
    <li>
      <Link to="/quality/$part" params={{ part: 'samples' }} search={{ sample: id }}>
        <strong>
          <bdi>{name}</bdi>
        </strong>
        <span>
          <DrawnFrom sample={sample} />
        </span>
        <small>{t('quality.drawnBy', { who: by.name, time: format.dateTime(at) })}</small>
      </Link>
      <Progress reviewed={reviewed} tickets={tickets} />
    </li>
  );
}

/** Whoever oversees some queues is not told how many tickets there are in the others. */
export function DrawnFrom({ sample: { tickets, population } }: { sample: SampleView }) {
  const { t } = useI18n();
  return population === null
    ? t('quality.drawnForYou', { count: tickets })
    : t('quality.drawnFrom', { tickets, population });
}

export function Progress({ reviewed, tickets }: { reviewed: number; tickets: number }) {
  const { t } = useI18n();
  const words = t('quality.progress', { reviewed, tickets });
  return (
    <span className="quality-progress">
      <progress value={reviewed} max={Math.max(tickets, 1)} aria-label={words} />
      <span>{words}</span>
    </span>
  );
}
