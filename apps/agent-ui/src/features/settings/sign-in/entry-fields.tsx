import { NativeSelect, Switch, TextInput } from '@mantine/core';
import { useId } from 'react';
import { isProblem } from '../../../api/problem.js';
import { useQueues } from '../../../api/queries.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { RoleChoice } from '../team/role-choice.js';
import type { PartProps } from './provider-form.js';
import type { Typed } from './provider-draft.js';

const seconds = ['asked', 'by_amr', 'counts'] as const;

/** Who may come in by the provider, and what those get who were never here. */
export function EntryFields({ typed, onChange, error }: PartProps & { error: unknown }) {
  const { t } = useI18n();
  const isDomainAtFault = isProblem(error) && error.problem.field === 'emailDomains';
  return (
    <fieldset className="form-part sign-in-fields">
      <legend>{t('oidc.who')}</legend>
      <TextInput
        label={t('oidc.domains')}
        description={t('oidc.domainsHint')}
        dir="ltr"
        placeholder="example.com"
        error={isDomainAtFault}
        value={typed.emailDomains}
        onChange={(event) => onChange({ emailDomains: event.currentTarget.value })}
      />
      <Switch
        label={t('oidc.trusts')}
        description={t('oidc.trustsHint')}
        checked={typed.trustsEmail}
        onChange={(event) => onChange({ trustsEmail: event.currentTarget.checked })}
      />
      <Switch
        label={t('oidc.creates')}
        description={t('oidc.createsHint')}
        checked={typed.createsAccounts}
        onChange={(event) => onChange({ createsAccounts: event.currentTarget.checked })}
      />
      {typed.createsAccounts && (
        <>
          <RoleChoice role={typed.role} ownRoleId={typed.ownRoleId} isOwn={false} onChange={onChange} />
          <Queues typed={typed} onChange={onChange} />
        </>
      )}
      <NativeSelect
        label={t('oidc.second')}
        value={typed.secondFactor}
        onChange={(event) => onChange({ secondFactor: event.currentTarget.value as Typed['secondFactor'] })}
        data={seconds.map((value) => ({ value, label: t(`oidc.second_${value}`) }))}
      />
    </fieldset>
  );
}

function Queues({ typed: { queueIds }, onChange }: PartProps) {
  const { t } = useI18n();
  const id = useId();
  const toggle = (queue: string, isWanted: boolean) =>
    onChange({ queueIds: isWanted ? [...queueIds, queue] : queueIds.filter((one) => one !== queue) });
  return (
    <fieldset className="sign-in-people">
      <legend>{t('oidc.queues')}</legend>
      {useQueues().map((queue) => (
        <div key={queue.id} className="check-line">
          <input
            id={id + queue.id}
            type="checkbox"
            checked={queueIds.includes(queue.id)}
            onChange={(event) => toggle(queue.id, event.currentTarget.checked)}
          />
          <label htmlFor={id + queue.id}>
            <bdi>{queue.name}</bdi>
          </label>
        </div>
      ))}
    </fieldset>
  );
}
