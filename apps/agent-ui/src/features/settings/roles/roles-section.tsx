import { Button, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { OwnRoleView } from '#contract';
import { administration } from '../../../api/administration.js';
import { keys } from '../../../api/keys.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { useTexts } from '../../../i18n/use-texts.js';
import { useLive } from '../../../live/live-context.js';
import { IconPlus } from '../../../ui/icons.js';
import { Empty, Failed } from '../../../ui/states.js';
import { RemoveRole } from './remove-role.js';
import { RoleForm } from './role-form.js';
import { useRoleName } from './use-role-name.js';
import './roles.css';

/** The organisation's own roles: what each may do, whom it sees, and who has it. */
export function RolesSection() {
  const { t } = useI18n();
  const isSpoken = useTexts('roles');
  const { cache } = useLive();
  const roles = useQuery({ queryKey: keys.ownRoles, queryFn: ({ signal }) => administration.roles(signal) });
  const [opened, setOpened] = useState<{ id: string | null } | null>(null);
  if (roles.isError) {
    return <Failed error={roles.error} retry={() => void roles.refetch()} />;
  }
  if (!roles.data || !isSpoken) {
    return <Skeleton height={180} />;
  }
  const close = () => {
    setOpened(null);
    cache.refetch(keys.ownRoles);
  };
  if (opened) {
    const role = roles.data.find(({ id }) => id === opened.id) ?? null;
    return (
      <>
        <div className="settings-head">
          <h2>{t(role ? 'roles.change' : 'roles.add')}</h2>
        </div>
        <RoleForm key={`${role?.id ?? ''} ${String(role?.version)}`} role={role} onDone={close} />
        {role && <RemoveRole role={role} others={roles.data.filter(({ id }) => id !== role.id)} onDone={close} />}
      </>
    );
  }
  return (
    <>
      <div className="settings-head">
        <h2>{t('roles.title')}</h2>
        <Button leftSection={<IconPlus size={17} />} onClick={() => setOpened({ id: null })}>
          {t('roles.add')}
        </Button>
      </div>
      <p className="settings-hint roles-intro">{t('roles.intro')}</p>
      {roles.data.length === 0 && <Empty>{t('roles.none')}</Empty>}
      <ul className="channels">
        {roles.data.map((role) => (
          <li key={role.id}>
            <button type="button" onClick={() => setOpened({ id: role.id })}>
              <Line role={role} />
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

function Line({ role }: { role: OwnRoleView }) {
  const { t } = useI18n();
  const name = useRoleName();
  return (
    <>
      <span className="channels-name">
        <bdi>{name(role)}</bdi>
        <small>
          {t(`roles.base_${role.base}`)}
          {role.base === 'supervisor' && ` · ${t(`roles.sees_${role.sees}`)}`}
          {` · ${t('roles.permissions', { count: role.permissions.length })}`}
        </small>
      </span>
      <span className="chip">{t('roles.people', { count: role.agents.length })}</span>
    </>
  );
}
