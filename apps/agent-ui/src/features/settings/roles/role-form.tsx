import { Button, Group, NativeSelect, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import type { OwnRoleView, Permission } from '#contract';
import { administration, type RoleDraft } from '../../../api/administration.js';
import { useMe } from '../../../api/queries.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { TwoNames } from '../../../ui/two-names.js';
import { CheckLine } from '../check-line.js';
import { SaveProblem } from '../save-problem.js';
import { groups, permissionsOf, wordsOf, type PermissionGroup } from './permission-groups.js';

interface Props {
  /** Null for one that is being made. */
  role: OwnRoleView | null;
  onDone: () => void;
}

const empty: RoleDraft = { name: {}, base: 'agent', permissions: [], sees: 'own_queues' };

export function RoleForm({ role, onDone }: Props) {
  const { t } = useI18n();
  const [draft, setDraft] = useState<RoleDraft>(() => draftOf(role));
  const change = (part: Partial<RoleDraft>) => setDraft((known) => ({ ...known, ...part }));
  const save = useMutation({
    mutationFn: (wish: RoleDraft) =>
      role ? administration.changeRole(role.id, { ...wish, version: role.version }) : administration.addRole(wish),
    onSuccess: onDone,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(draft);
  };
  return (
    <form onSubmit={submit}>
      <Stack maw={640}>
        <Names draft={draft} change={change} />
        <NativeSelect
          label={t('roles.base')}
          description={t(`roles.baseWhy_${draft.base}`)}
          value={draft.base}
          onChange={(event) => change({ base: event.currentTarget.value as RoleDraft['base'] })}
          data={(['agent', 'supervisor'] as const).map((value) => ({ value, label: t(`roles.base_${value}`) }))}
        />
        {draft.base === 'supervisor' && (
          <NativeSelect
            label={t('roles.sees')}
            description={t(`roles.seesWhy_${draft.sees}`)}
            value={draft.sees}
            onChange={(event) => change({ sees: event.currentTarget.value as RoleDraft['sees'] })}
            data={(['all', 'own_queues'] as const).map((value) => ({ value, label: t(`roles.sees_${value}`) }))}
          />
        )}
        {groups.map((group) => (
          <Permissions key={group} group={group} chosen={draft.permissions} onChange={change} />
        ))}
        {role && <WhoHasIt role={role} />}
        {save.isError && <SaveProblem error={save.error} onLookAgain={onDone} />}
        <Group>
          <Button type="submit" loading={save.isPending} disabled={!draft.name.en?.trim() && !draft.name.fa?.trim()}>
            {t(role ? 'common.save' : 'roles.make')}
          </Button>
          <Button variant="default" onClick={onDone}>
            {t('common.cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface PartProps {
  draft: RoleDraft;
  change: (part: Partial<RoleDraft>) => void;
}

function Names({ draft: { name }, change }: PartProps) {
  const { t } = useI18n();
  return (
    <Group grow align="end">
      <TwoNames
        labels={{ en: t('roles.nameEn'), fa: t('roles.nameFa') }}
        value={name}
        most={60}
        onChange={(named) => change({ name: named })}
      />
    </Group>
  );
}

interface PermissionsProps {
  group: PermissionGroup;
  chosen: Permission[];
  onChange: (part: Pick<RoleDraft, 'permissions'>) => void;
}

/** Nobody gives what they lack: those are shown, and cannot be chosen. */
function Permissions({ group, chosen, onChange }: PermissionsProps) {
  const { t } = useI18n();
  const { permissions: mine } = useMe();
  const toggle = (permission: Permission, isOn: boolean) =>
    onChange({ permissions: isOn ? [...chosen, permission] : chosen.filter((one) => one !== permission) });
  return (
    <fieldset className="roles-group">
      <legend>{t(`roles.group_${group}`)}</legend>
      {permissionsOf(group).map((permission) => (
        <CheckLine
          key={permission}
          label={t(`roles.may_${wordsOf(permission)}`)}
          hint={t(`roles.why_${wordsOf(permission)}`)}
          checked={chosen.includes(permission)}
          disabled={!mine.includes(permission)}
          onChange={(isOn) => toggle(permission, isOn)}
        />
      ))}
    </fieldset>
  );
}

function WhoHasIt({ role: { agents } }: { role: OwnRoleView }) {
  const { t } = useI18n();
  return (
    <section aria-label={t('roles.whoHasIt')} className="roles-who">
      <h3>{t('roles.whoHasIt')}</h3>
      {agents.length === 0 ? (
        <p className="settings-hint">{t('roles.nobodyHasIt')}</p>
      ) : (
        <ul>
          {agents.map(({ id, name }) => (
            <li key={id} className="chip">
              <bdi>{name}</bdi>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function draftOf(role: OwnRoleView | null): RoleDraft {
  if (!role) {
    return empty;
  }
  const { name, base, permissions, sees } = role;
  return { name, base, permissions, sees };
}
