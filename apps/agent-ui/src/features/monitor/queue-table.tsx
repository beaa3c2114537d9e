import type { ReactNode } from 'react';
import type { BoardMeasure, BoardQueue } from '#contract';
import { useI18n } from '../../i18n/use-i18n.js';
import { secondsSince, useHubNow } from './board-clock.js';
import { queueValue, toneOf } from './measure-values.js';
import { ToneIcon } from './tone-icon.js';
import { ScrollTable } from './scroll-table.js';
import type { ShownBoard } from './use-board.js';
import { useMeasureText } from './use-measure-text.js';

interface Props {
  shown: ShownBoard;
  /** Leads to the list of a queue; nothing where nobody can click. */
  openQueue?: (queue: BoardQueue) => ReactNode;
}

const hundred = 100;

/** Each queue in one line; those where somebody waits the longest first. */
export function QueueTable({ shown, openQueue }: Props) {
  const { t } = useI18n();
  const now = useHubNow(shown);
  const queues = shown.board.queues.toSorted(
    (a, b) => secondsSince(b.waitingSince, now) - secondsSince(a.waitingSince, now) || a.name.localeCompare(b.name),
  );
  return (
    <div className="board-card">
      <h2 id="board-queues">{t('monitor.queues')}</h2>
      <ScrollTable labelledBy="board-queues">
        <table className="board-table">
          <thead>
            <tr>
              <th scope="col">{t('monitor.queue')}</th>
              <th scope="col">{t('monitor.waiting')}</th>
              <th scope="col">{t('monitor.longest_wait')}</th>
              <th scope="col">{t('monitor.inProgress')}</th>
              <th scope="col">{t('monitor.serviceLevel')}</th>
              <th scope="col">{t('monitor.promises')}</th>
              <th scope="col">{t('monitor.staffed')}</th>
              {openQueue && (
                <th scope="col">
                  <span className="unseen">{t('monitor.openQueue')}</span>
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {queues.map((queue) => (
              <Line key={queue.id} queue={queue} shown={shown} open={openQueue?.(queue)} />
            ))}
          </tbody>
        </table>
      </ScrollTable>
    </div>
  );
}

function Line({ queue, shown, open }: { queue: BoardQueue; shown: ShownBoard; open: ReactNode }) {
  const { t, format } = useI18n();
  const cell = (measure: BoardMeasure) => <Measured queue={queue} shown={shown} measure={measure} />;
  const { answered } = queue;
  return (
    <tr data-queue={queue.id}>
      <th scope="row">
        <bdi>{queue.name}</bdi>
        {!queue.isOpen && <span className="chip">{t('monitor.closed')}</span>}
      </th>
      <td>{cell('waiting')}</td>
      <td>{cell('longest_wait')}</td>
      <td>{format.number(queue.inProgress)}</td>
      <td title={t('monitor.inTimeOf', { inTime: format.number(answered.inTime), all: format.number(answered.of) })}>
        {answered.of === 0
          ? '–'
          : t('monitor.percent', { value: Math.round((hundred * answered.inTime) / answered.of) })}
      </td>
      <td>{t('monitor.promisesShort', { risk: format.number(queue.atRisk), broken: format.number(queue.broken) })}</td>
      <td>{cell('agents_online')}</td>
      {open && <td>{open}</td>}
    </tr>
  );
}

function Measured({ queue, shown, measure }: { queue: BoardQueue; shown: ShownBoard; measure: BoardMeasure }) {
  const say = useMeasureText();
  const value = queueValue(queue, measure, useHubNow(shown));
  const tone = toneOf(shown.board, { queueId: queue.id, measure }, value);
  const isNobody = measure === 'longest_wait' && queue.waitingSince === null;
  return (
    <span className="board-cell" data-tone={tone}>
      <ToneIcon tone={tone === 'good' ? 'plain' : tone} size={14} />
      {isNobody ? '–' : say(measure, value)}
    </span>
  );
}
