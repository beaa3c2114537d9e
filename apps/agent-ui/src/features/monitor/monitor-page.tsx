import { Button, Loader } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { BoardQueue, BoardTicket } from '#contract';
import { useI18n } from '../../i18n/use-i18n.js';
import { useTexts } from '../../i18n/use-texts.js';
import { IconBell } from '../../ui/icons.js';
import { Failed } from '../../ui/states.js';
import { AgentTable } from './agent-table.js';
import { AlertStrip } from './alert-strip.js';
import { BoardTiles } from './board-tiles.js';
import { CallbackTable } from './callback-table.js';
import { Freshness } from './freshness.js';
import { HourChart } from './hour-chart.js';
import { QueueTable } from './queue-table.js';
import { ThresholdsDialog } from './thresholds-dialog.js';
import { useBoard, type ShownBoard } from './use-board.js';
import './monitor.css';

export interface MonitorProps {
  openQueue: (queue: BoardQueue) => ReactNode;
  openTicket: (ticket: BoardTicket) => ReactNode;
  openWall: (label: string) => ReactNode;
  /** Who asks for help, above the numbers. */
  hands: (board: ShownBoard['board']) => ReactNode;
}

/** How the contact centre fares at this moment. */
export function MonitorPage(props: MonitorProps) {
  const isSpoken = useTexts('monitor');
  return isSpoken ? <Page {...props} /> : <Loader className="board-wait" />;
}

function Page(props: MonitorProps) {
  const { t } = useI18n();
  const { shown, error, retry } = useBoard();
  return (
    <main className="board" id="content" tabIndex={-1}>
      {shown ? (
        <Board shown={shown} {...props} />
      ) : error ? (
        <Failed what={t('monitor.title')} error={error} retry={retry} />
      ) : (
        <Loader className="board-wait" />
      )}
    </main>
  );
}

function Board({ shown, openQueue, openTicket, openWall, hands }: MonitorProps & { shown: ShownBoard }) {
  const { t } = useI18n();
  const [isLimiting, setLimiting] = useState(false);
  return (
    <>
      <div className="board-head">
        <h1>{t('monitor.title')}</h1>
        <Freshness shown={shown} />
        <span className="board-head-acts">
          <Button variant="default" leftSection={<IconBell size={16} />} onClick={() => setLimiting(true)}>
            {t('monitor.limits')}
          </Button>
          {openWall(t('monitor.wall'))}
        </span>
      </div>
      {hands(shown.board)}
      <AlertStrip shown={shown} />
      <BoardTiles shown={shown} />
      <div className="board-columns">
        <QueueTable shown={shown} openQueue={openQueue} />
        <HourChart shown={shown} />
      </div>
      <AgentTable shown={shown} openTicket={openTicket} />
      <CallbackTable />
      {isLimiting && <ThresholdsDialog board={shown.board} onClose={() => setLimiting(false)} />}
    </>
  );
}
