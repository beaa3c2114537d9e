import { useQuery, useQueryClient } from '@tanstack/react-query';
import { keys } from '../../../api/keys.js';
import { outreach } from '../../../api/outreach.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { notify } from '../../../ui/notify.js';
import { useAction } from '../../../ui/use-action.js';
import { CountField } from '../count-field.js';

/** The most that one customer gets of everything together. */
export function LimitsForm() {
  const { t } = useI18n();
  const queries = useQueryClient();
  const limits = useQuery({ queryKey: keys.outreachLimits, queryFn: ({ signal }) => outreach.limits(signal) });
  const save = useAction(outreach.setLimits, (saved) => {
    queries.setQueryData(keys.outreachLimits, saved);
    notify(t('outreach.saved'), 'good');
  });
  if (!limits.data) {
    return null;
  }
  const known = limits.data;
  return (
    <fieldset className="form-part outreach-limits">
      <legend>{t('outreach.limits')}</legend>
      <p className="settings-hint">{t('outreach.limitsHint')}</p>
      <div className="outreach-line">
        <CountField
          label={t('outreach.perDay')}
          value={known.perDay}
          least={1}
          most={50}
          onChange={(perDay) => save.mutate({ perDay, perWeek: Math.max(perDay, known.perWeek) })}
        />
        <CountField
          label={t('outreach.perWeek')}
          value={known.perWeek}
          least={known.perDay}
          most={200}
          onChange={(perWeek) => save.mutate({ ...known, perWeek })}
        />
      </div>
    </fieldset>
  );
}
