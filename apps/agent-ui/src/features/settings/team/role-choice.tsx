import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { AgentSettingsView, Role } from '#contract';
import { administration } from '../../../api/administration.js';
import { keys } from '../../../api/keys.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { useTexts } from '../../../i18n/use-texts.js';

type Chosen = Pick<AgentSettingsView, 'role' | 'ownRoleId'>;

interface Props extends Chosen {
  /** One's own account: somebody else has to change it. */
  isOwn: boolean;
  onChange: (chosen: Chosen) => void;
}

const builtIn: readonly Role[] = ['agent', 'supervisor', 'admin'];

/** A built-in role, or one of the organisation's own. */
export function RoleChoice({ role, ownRoleId, isOwn, onChange }: Props) {
  const { t, locale } = useI18n();
  const isSpoken = useTexts('roles');
  const own = useQuery({ queryKey: keys.ownRoles, queryFn: ({ signal }) => administration.roles(signal) }).data ?? [];
  const names = own.map(({ id, name }) => ({ value: id, label: name[locale] ?? name.en ?? name.fa ?? '' }));
  const choose = (value: string) => {
    const chosen = own.find(({ id }) => id === value);
    onChange(chosen ? { role: chosen.base, ownRoleId: chosen.id } : { role: value as Role, ownRoleId: null });
  };
  return (
    <NativeSelect
      label={t('team.role')}
      description={ownRoleId === null ? t(`team.roleWhy_${role}`) : undefined}
      disabled={isOwn}
      value={ownRoleId ?? role}
      onChange={(event) => choose(event.currentTarget.value)}
      data={[
        ...builtIn.map((value) => ({ value, label: t(`team.role_${value}`) })),
        ...(names.length > 0 && isSpoken ? [{ group: t('roles.own'), items: names }] : []),
      ]}
    />
  );
}
