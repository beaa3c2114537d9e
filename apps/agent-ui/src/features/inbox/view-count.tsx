import { useViewCounts } from '../../api/views.js';
import { useI18n } from '../../i18n/use-i18n.js';

/** How many tickets a list shows; nothing where nobody has counted, or there are none. */
export function ViewCountBadge({ of, isUrgent = false }: { of: string; isUrgent?: boolean }) {
  const { t } = useI18n();
  const counted = useViewCounts()[of];
  const text = useCountText(of);
  if (text === null || counted === undefined) {
    return null;
  }
  return (
    <span
      className="view-count"
      data-urgent={(isUrgent && counted.count > 0) || undefined}
      aria-label={t('view.count', { count: counted.count, shown: text })}
    >
      {text}
    </span>
  );
}

/** A count as it is read: of many only that there are many. Null where there is none to tell. */
export function useCountText(of: string): string | null {
  const { format } = useI18n();
  const counted = useViewCounts()[of];
  if (counted === undefined || (counted.count === 0 && !counted.isMore)) {
    return null;
  }
  return counted.isMore ? `${format.number(Math.min(counted.count, 99))}+` : format.number(counted.count);
}
