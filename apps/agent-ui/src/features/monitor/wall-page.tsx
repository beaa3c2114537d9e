import { Loader, Switch } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import type { ReactNode } from 'react';
import type { AgentStatus } from '#contract';
import { useI18n } from '../../i18n/use-i18n.js';
import { useTexts } from '../../i18n/use-texts.js';
import { Failed } from '../../ui/states.js';
import { AlertStrip } from './alert-strip.js';
import { BoardTiles } from './board-tiles.js';
import { Freshness, useStaleness } from './freshness.js';
import { QueueTable } from './queue-table.js';
import { useBoard, type ShownBoard } from './use-board.js';
import { useWakeLock } from './use-wake-lock.js';
import './monitor.css';
import './wall.css';

interface Props {
  leave: (label: string) => ReactNode;
}

/** The board for a screen on the wall: large, nothing to press but how to leave it, and dim once it is old. */
export function WallPage(props: Props) {
  const isSpoken = useTexts('monitor');
  return isSpoken ? <Page {...props} /> : <Loader className="board-wait" />;
}

function Page({ leave }: Props) {
  const { t } = useI18n();
  const { shown, error, retry } = useBoard();
  useWakeLock();
  if (!shown) {
    return (
      <main className="wall" id="content" tabIndex={-1}>
        {error ? <Failed what={t('monitor.title')} error={error} retry={retry} /> : <Loader />}
      </main>
    );
  }
  return <Wall shown={shown} leave={leave} />;
}

function Wall({ shown, leave }: Props & { shown: ShownBoard }) {
  const { t, format } = useI18n();
  const isStale = useStaleness(shown) !== null;
  const [hasNames, setNames] = useLocalStorage({ key: 'peyk.wall.names', defaultValue: false });
  return (
    <main className="wall" id="content" tabIndex={-1} data-stale={isStale}>
      <div className="board-head">
        <h1>{t('monitor.title')}</h1>
        <Freshness shown={shown} />
        <time className="wall-clock">{format.time(shown.board.at)}</time>
        <span className="board-head-acts">
          <Switch
            label={t('monitor.names')}
            checked={hasNames}
            onChange={({ currentTarget: { checked } }) => setNames(checked)}
          />
          {leave(t('monitor.leaveWall'))}
        </span>
      </div>
      <AlertStrip shown={shown} />
      <BoardTiles shown={shown} />
      <QueueTable shown={shown} />
      <Team shown={shown} hasNames={hasNames} />
    </main>
  );
}

const order: readonly AgentStatus[] = ['online', 'busy', 'away', 'offline'];

/** How many are in which state, and who, where names may hang on the wall. */
function Team({ shown: { board }, hasNames }: { shown: ShownBoard; hasNames: boolean }) {
  const { t, format } = useI18n();
  return (
    <section className="wall-team" aria-label={t('monitor.agents')}>
      {order.map((status) => (
        <div key={status}>
          <h2 className="board-state" data-status={status}>
            {t(`status.${status}`)} <b>{format.number(board.agentsBy[status])}</b>
          </h2>
          {hasNames && (
            <ul>
              {board.agents
                .filter((agent) => agent.status === status)
                .map(({ id, name }) => (
                  <li key={id}>
                    <bdi>{name}</bdi>
                  </li>
                ))}
            </ul>
          )}
        </div>
      ))}
    </section>
  );
}
