import { Button, TextInput } from '@mantine/core';
import type { SignInGroupView } from '#contract';
import { useI18n } from '../../../i18n/use-i18n.js';
import { IconPlus } from '../../../ui/icons.js';
import { RoleChoice } from '../team/role-choice.js';
import type { PartProps } from './provider-form.js';

/** Which group brings which role; the first that fits counts. */
export function GroupFields({ typed: { groups, groupsClaim, createsAccounts }, onChange }: PartProps) {
  const { t } = useI18n();
  const change = (at: number, part: Partial<SignInGroupView>) =>
    onChange({ groups: groups.map((group, index) => (index === at ? { ...group, ...part } : group)) });
  if (!createsAccounts && groups.length === 0) {
    return null;
  }
  return (
    <fieldset className="form-part sign-in-fields">
      <legend>{t('oidc.groups')}</legend>
      <p className="settings-hint">{t('oidc.groupsHint')}</p>
      {groups.length > 0 && (
        <TextInput
          label={t('oidc.claim')}
          dir="ltr"
          value={groupsClaim}
          onChange={(event) => onChange({ groupsClaim: event.currentTarget.value })}
        />
      )}
      {groups.map((group, at) => (
        // oxlint-disable-next-line react/no-array-index-key -- They have no other name while they are typed.
        <div key={at} className="sign-in-group">
          <TextInput
            label={t('oidc.group')}
            dir="auto"
            required
            value={group.name}
            onChange={(event) => change(at, { name: event.currentTarget.value })}
          />
          <RoleChoice {...group} isOwn={false} onChange={(role) => change(at, role)} />
          <Button
            variant="subtle"
            color="red"
            size="xs"
            aria-label={t('oidc.groupRemove', { name: group.name })}
            onClick={() => onChange({ groups: groups.filter((_, index) => index !== at) })}
          >
            {t('oidc.groupDrop')}
          </Button>
        </div>
      ))}
      <Button
        variant="default"
        size="xs"
        className="sign-in-add"
        leftSection={<IconPlus size={15} />}
        onClick={() => onChange({ groups: [...groups, { name: '', role: 'agent', ownRoleId: null }] })}
      >
        {t('oidc.groupAdd')}
      </Button>
    </fieldset>
  );
}
