import { Button, Group, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import type { ScriptListView } from '#contract';
import { useManages } from '../../api/queries.js';
import { scriptKeys, scripts } from '../../api/scripts.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { useTexts } from '../../i18n/use-texts.js';
import { IconPlus } from '../../ui/icons.js';
import { Empty, Failed } from '../../ui/states.js';
import { LiveChips } from './live-chips.js';
import './scripts.css';

const AddScript = lazy(async () => ({ default: (await import('./add-script.js')).AddScript }));
const Connectors = lazy(async () => ({ default: (await import('./life/connectors.js')).Connectors }));

/** The scripts of bots and telephone menus: how each stands, where it answers, what came of it lately. */
export function ScriptsSection() {
  const { t } = useI18n();
  const isSpoken = useTexts('scripts');
  const isAdmin = useManages('automation.manage');
  const list = useQuery({ queryKey: scriptKeys.list, queryFn: ({ signal }) => scripts.list(signal) });
  const [part, setPart] = useState<'scripts' | 'connectors'>('scripts');
  const [isAdding, setAdding] = useState(false);
  if (list.isError && !list.data) {
    return <Failed error={list.error} retry={() => void list.refetch()} />;
  }
  if (!list.data || !isSpoken) {
    return <Skeleton height={180} />;
  }
  return (
    <>
      <div className="settings-head">
        <h2>{t('settings.scripts')}</h2>
        {isAdmin && (
          <Group gap="xs">
            <Button
              variant="default"
              aria-pressed={part === 'connectors'}
              onClick={() => setPart(part === 'connectors' ? 'scripts' : 'connectors')}
            >
              {t(part === 'connectors' ? 'script.list' : 'script.connectors')}
            </Button>
            <Button leftSection={<IconPlus size={17} />} onClick={() => setAdding(true)}>
              {t('script.add')}
            </Button>
          </Group>
        )}
      </div>
      {part === 'connectors' ? (
        <Suspense fallback={<Skeleton height={180} />}>
          <Connectors />
        </Suspense>
      ) : (
        <>
          <p className="settings-hint script-intro">{t('script.intro')}</p>
          {list.data.length === 0 && <Empty>{t('script.none')}</Empty>}
          <ul className="channels script-list">
            {list.data.map((script) => (
              <li key={script.id}>
                <Line script={script} />
              </li>
            ))}
          </ul>
        </>
      )}
      <Suspense>{isAdding && <AddScript onClose={() => setAdding(false)} />}</Suspense>
    </>
  );
}

function Line({ script }: { script: ScriptListView }) {
  const { t, format } = useI18n();
  const { started, handedOff } = script.lately;
  const places = script.channels.map(({ name, hours }) =>
    hours === 'always' ? name : t('script.placeInHours', { name, hours: t(`script.hours_${hours}`) }),
  );
  return (
    <Link to="/settings/scripts/$script" params={{ script: script.id }} className="script-line">
      <span className="channels-name">
        <bdi>{script.name}</bdi>
        <small>
          {places.length > 0
            ? t('script.answersOn', { places: places.join(t('script.join')) })
            : t('script.nowhereUsed')}
        </small>
        <small>
          {started === 0
            ? t('script.idleLately')
            : t('script.lately', {
                started: format.number(started),
                share: format.number(Math.round((1 - handedOff / started) * 100)),
              })}
        </small>
      </span>
      <span className="script-line-chips">
        <LiveChips script={script} />
      </span>
    </Link>
  );
}
