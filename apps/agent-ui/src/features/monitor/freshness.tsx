import { useI18n } from '../../i18n/use-i18n.js';
import { useSeconds } from './board-clock.js';
import type { ShownBoard } from './use-board.js';

/** A board that is alive says so every few seconds. */
const staleMs = 10_000;

/** For how many seconds nothing was heard; null while it is alive. */
export function useStaleness({ heardAt }: ShownBoard): number | null {
  const old = useSeconds() - heardAt;
  return old < staleMs ? null : Math.floor(old / 1_000);
}

export function Freshness({ shown }: { shown: ShownBoard }) {
  const { t } = useI18n();
  const seconds = useStaleness(shown);
  return (
    <span className="chip board-fresh" data-tone={seconds === null ? 'good' : 'warn'}>
      {seconds === null ? t('monitor.live') : t('monitor.stale', { count: seconds })}
    </span>
  );
}
