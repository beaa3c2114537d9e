import { Skeleton, Switch } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { keys } from '../../../api/keys.js';
import { steering } from '../../../api/steering.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { useTexts } from '../../../i18n/use-texts.js';
import { notify } from '../../../ui/notify.js';
import { Failed } from '../../../ui/states.js';
import { useAction } from '../../../ui/use-action.js';

/** Whether agents are told that a supervisor looks on. */
export function SteeringRules() {
  const { t } = useI18n();
  const isSpoken = useTexts('steering');
  const queries = useQueryClient();
  const rules = useQuery({ queryKey: keys.steeringRules, queryFn: ({ signal }) => steering.rules(signal) });
  const save = useAction(steering.setRules, (saved) => {
    queries.setQueryData(keys.steeringRules, saved);
    notify(t('common.saved'));
  });
  if (!isSpoken) {
    return null;
  }
  return (
    <section className="team-part" aria-label={t('steering.rules')}>
      <h3>{t('steering.rules')}</h3>
      {rules.isError && <Failed error={rules.error} retry={() => void rules.refetch()} />}
      {rules.isPending && <Skeleton height={44} />}
      {rules.data && (
        <Switch
          mt={10}
          label={t('steering.tellWatched')}
          description={t('steering.tellWatchedHint')}
          checked={rules.data.tellWatched}
          disabled={save.isPending}
          onChange={(event) => save.mutate({ tellWatched: event.currentTarget.checked })}
        />
      )}
    </section>
  );
}
