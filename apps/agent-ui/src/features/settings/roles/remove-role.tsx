import { Button, Group, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import type { OwnRoleView } from '#contract';
import { administration } from '../../../api/administration.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { useAction } from '../../../ui/use-action.js';
import { useRoleName } from './use-role-name.js';

interface Props {
  role: OwnRoleView;
  others: OwnRoleView[];
  onDone: () => void;
}

/** A role that somebody has goes only for another one. */
export function RemoveRole({ role, others, onDone }: Props) {
  const { t } = useI18n();
  const name = useRoleName();
  const [to, setTo] = useState('agent');
  const isUsed = role.agents.length > 0;
  const remove = useAction(() => administration.removeRole(role.id, isUsed ? to : null), onDone);
  return (
    <Group className="roles-remove" align="end">
      {isUsed && (
        <NativeSelect
          label={t('roles.getInstead', { count: role.agents.length })}
          value={to}
          onChange={(event) => setTo(event.currentTarget.value)}
          data={[
            ...(['agent', 'supervisor'] as const).map((value) => ({ value, label: t(`roles.base_${value}`) })),
            ...others.map((other) => ({ value: other.id, label: name(other) })),
          ]}
        />
      )}
      <Button
        variant="light"
        color="red"
        loading={remove.isPending}
        onClick={() => window.confirm(t('roles.removeSure', { name: name(role) })) && remove.mutate(undefined)}
      >
        {t('roles.remove')}
      </Button>
    </Group>
  );
}
