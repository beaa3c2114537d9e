import { useCallback } from 'react';
import type { BulkRunView } from '#contract';
import { useI18n } from '../../../i18n/use-i18n.js';
import { useActWords } from './use-act-words.js';

/** Says how far a run is, or how it ended. */
export function useRunSentence(): (run: BulkRunView) => string {
  const { t, format } = useI18n();
  const words = useActWords();
  return useCallback(
    (run) => {
      const what = words(run.act);
      const count = (of: 'nothing' | 'refused' | 'left') => (run[of] > 0 ? [t(`bulk.${of}`, { count: run[of] })] : []);
      switch (run.state) {
        case 'running': {
          const done = format.number(run.done + run.nothing + run.refused);
          return t('bulk.running', { done, total: format.number(run.total), what });
        }
        case 'undoing': {
          const done = format.number(run.undone + run.left);
          return t('bulk.undoing', { done, total: format.number(run.done), what });
        }
        case 'done':
          return [t('bulk.done', { count: run.done, what }), ...count('nothing'), ...count('refused')].join(' · ');
        case 'undone':
          return [t('bulk.undone', { count: run.undone }), ...count('left')].join(' · ');
      }
    },
    [t, format, words],
  );
}
