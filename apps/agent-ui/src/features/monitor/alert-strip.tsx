import type { BoardAlert } from '#contract';
import { useI18n } from '../../i18n/use-i18n.js';
import { IconAlert } from '../../ui/icons.js';
import { useHubNow } from './board-clock.js';
import { queueValue, wholeValue } from './measure-values.js';
import type { ShownBoard } from './use-board.js';
import { useMeasureText } from './use-measure-text.js';

/** Limits that are passed, each with its number by now. */
export function AlertStrip({ shown }: { shown: ShownBoard }) {
  const { t } = useI18n();
  const { alerts } = shown.board;
  return (
    <output className="board-alerts" aria-label={t('monitor.alerts')}>
      {alerts.map((alert) => (
        <Line key={alert.id} alert={alert} shown={shown} />
      ))}
    </output>
  );
}

function Line({ alert, shown }: { alert: BoardAlert; shown: ShownBoard }) {
  const { t } = useI18n();
  const say = useMeasureText();
  const now = useHubNow(shown);
  const { queueId, measure, limit } = alert;
  const queue = shown.board.queues.find(({ id }) => id === queueId);
  const value = queue ? queueValue(queue, measure, now) : wholeValue(shown.board, measure, now);
  return (
    <span className="board-alert">
      <IconAlert size={18} aria-hidden />
      <span>
        {t('monitor.alert', {
          queue: alert.queueName ?? t('monitor.everyQueue'),
          measure: t(`monitor.${measure}`),
          // Whoever listens to the page is told once, and not every second.
          value: say(measure, measure === 'longest_wait' ? Math.floor((value ?? 0) / 60) * 60 : value),
          limit: say(measure, limit),
        })}
      </span>
    </span>
  );
}
