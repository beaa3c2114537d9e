import type { ScriptListView } from '#contract';
import { useI18n } from '../../i18n/use-i18n.js';

/** How a script stands, in few words: what answers now, what some get, what comes next, and whether more was written since. */
export function LiveChips({ script: { live, canary, next, isChanged } }: { script: ScriptListView }) {
  const { t, format } = useI18n();
  return (
    <>
      {live === null ? (
        <span className="chip">{t('script.notLive')}</span>
      ) : (
        <span className="chip" data-tone="good">
          {t('script.liveVersion', { version: format.digits(live) })}
        </span>
      )}
      {canary && (
        <span className="chip" data-tone="warn">
          {t('script.canary', { version: format.digits(canary.version), percent: format.number(canary.percent) })}
        </span>
      )}
      {next && (
        <span className="chip">
          {t('script.nextVersion', { version: format.digits(next.version), at: format.dateTime(next.at) })}
        </span>
      )}
      {live !== null && isChanged && <span className="chip">{t('script.changedSince')}</span>}
    </>
  );
}
