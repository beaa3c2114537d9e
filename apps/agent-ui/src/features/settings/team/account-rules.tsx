import { Skeleton, Switch } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { accounts } from '../../../api/accounts.js';
import { keys } from '../../../api/keys.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { notify } from '../../../ui/notify.js';
import { Failed } from '../../../ui/states.js';
import { useAction } from '../../../ui/use-action.js';

/** What is asked of every account. */
export function AccountRules() {
  const { t } = useI18n();
  const queries = useQueryClient();
  const rules = useQuery({ queryKey: keys.accountRules, queryFn: ({ signal }) => accounts.rules(signal) });
  const save = useAction(accounts.setRules, (saved) => {
    queries.setQueryData(keys.accountRules, saved);
    notify(t('common.saved'));
  });
  return (
    <section className="team-part" aria-label={t('accounts.team.rules')}>
      <h3>{t('accounts.team.rules')}</h3>
      {rules.isError && <Failed error={rules.error} retry={() => void rules.refetch()} />}
      {rules.isPending && <Skeleton height={44} />}
      {rules.data && (
        <Switch
          mt={10}
          label={t('accounts.team.everybody')}
          description={t('accounts.team.everybodyHint')}
          checked={rules.data.secondFactor === 'everybody'}
          disabled={save.isPending}
          onChange={(event) => save.mutate({ secondFactor: event.currentTarget.checked ? 'everybody' : 'choice' })}
        />
      )}
    </section>
  );
}
