import { useI18n } from '../../i18n/use-i18n.js';
import { usePercent } from './use-percent.js';

/** What a review came to. */
export function ResultMark({ total, failed }: { total: number | null; failed: boolean }) {
  const { t } = useI18n();
  const percent = usePercent();
  if (failed) {
    return (
      <span className="quality-mark" data-tone="bad">
        {t('quality.failed')}
      </span>
    );
  }
  return <span className="quality-mark">{total === null ? t('quality.notRated') : percent(total)}</span>;
}
