import { Button, Group, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import type { AgentSettingsView } from '#contract';
import { keys } from '../../../api/keys.js';
import { isProblem } from '../../../api/problem.js';
import { useMe, useQueues } from '../../../api/queries.js';
import { serviceTerms } from '../../../api/service-terms.js';
import { team, type AgentDraft } from '../../../api/team.js';
import type { Locale } from '../../../i18n/i18n.js';
import { EndpointFields } from '../../../calls/endpoint/endpoint-fields.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { useProblemText } from '../../../ui/problem-text.js';
import { LevelsOf } from '../levels-of.js';
import { SaveProblem } from '../save-problem.js';
import { CapacityFields } from './capacity-fields.js';
import { RoleChoice } from './role-choice.js';

interface Props {
  /** Null for one who is being added. */
  agent: AgentSettingsView | null;
  onSaved: (saved: AgentSettingsView) => void;
  onCancel: () => void;
  onLookAgain: () => void;
}

interface Access {
  email: string;
  locale: Locale;
}

/** Who somebody is and how they work. The address is asked for once; a password never. */
export function AgentForm({ agent, onSaved, onCancel, onLookAgain }: Props) {
  const { t, locale } = useI18n();
  const problemText = useProblemText();
  const me = useMe();
  const [draft, setDraft] = useState<AgentDraft>(() => draftOf(agent));
  const [access, setAccess] = useState<Access>({ email: '', locale });
  const change = (part: Partial<AgentDraft>) => setDraft((known) => ({ ...known, ...part }));
  const save = useMutation({
    mutationFn: (wish: AgentDraft) =>
      agent ? team.changeAgent(agent.id, { ...wish, version: agent.version }) : team.addAgent({ ...wish, ...access }),
    onSuccess: onSaved,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate({ ...draft, name: draft.name.trim() });
  };
  const field = isProblem(save.error) ? save.error.problem.field : undefined;
  const errorOf = (name: string) => (field === name ? problemText(save.error) : undefined);
  const isOfPhone = field?.startsWith('phone') ?? false;
  const isTold = field === 'email' || isOfPhone;
  return (
    <form onSubmit={submit}>
      <Stack maw={640}>
        <TextInput
          label={t('team.name')}
          description={agent ? undefined : t('accounts.team.nameHint')}
          required
          maxLength={200}
          value={draft.name}
          onChange={(event) => change({ name: event.currentTarget.value })}
        />
        {!agent && <AccessFields access={access} errorOf={errorOf} onChange={setAccess} />}
        <RoleChoice
          role={draft.role}
          ownRoleId={draft.ownRoleId ?? null}
          isOwn={agent?.id === me.id}
          onChange={change}
        />
        <Work draft={draft} change={change} />
        <CapacityFields draft={draft} change={change} />
        <EndpointFields
          endpoint={draft.phone}
          hint="hint"
          error={isOfPhone ? problemText(save.error) : undefined}
          onChange={(phone) => change({ phone })}
        />
        {save.isError && !isTold && <SaveProblem error={save.error} onLookAgain={onLookAgain} />}
        <Group>
          <Button type="submit" loading={save.isPending}>
            {t(agent ? 'common.save' : 'accounts.team.invite')}
          </Button>
          <Button variant="default" onClick={onCancel}>
            {t('common.cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface AccessProps {
  access: Access;
  errorOf: (field: string) => string | undefined;
  onChange: (access: Access) => void;
}

/** Where the invitation of somebody new goes, and in which language. */
function AccessFields({ access, errorOf, onChange }: AccessProps) {
  const { t } = useI18n();
  return (
    <>
      <TextInput
        label={t('team.email')}
        description={t('accounts.team.inviteHint')}
        type="email"
        dir="ltr"
        required
        maxLength={320}
        error={errorOf('email')}
        value={access.email}
        onChange={(event) => onChange({ ...access, email: event.currentTarget.value })}
      />
      <NativeSelect
        label={t('settings.language')}
        value={access.locale}
        onChange={(event) => onChange({ ...access, locale: event.currentTarget.value as Locale })}
        data={(['fa', 'en'] as const).map((value) => ({ value, label: t(`language.${value}`) }))}
      />
    </>
  );
}

interface WorkProps {
  draft: AgentDraft;
  change: (part: Partial<AgentDraft>) => void;
}

/** Where somebody works, what they can do, and when. */
function Work({ draft, change }: WorkProps) {
  const { t, format } = useI18n();
  const queues = useQueues();
  const skills = useQuery({ queryKey: keys.skills, queryFn: ({ signal }) => team.skills(signal) }).data ?? [];
  const calendars = useQuery({ queryKey: keys.calendars, queryFn: ({ signal }) => serviceTerms.calendars(signal) });
  const levels = [1, 2, 3, 4, 5] as const;
  return (
    <>
      <LevelsOf
        label={t('team.queues')}
        hint={t('team.queuesHint')}
        options={queues}
        chosen={draft.queues.map(({ queueId, level }) => ({ id: queueId, level }))}
        levelNames={levels.map((level) =>
          t(level === 1 ? 'queues.ringFirst' : 'queues.ring', { number: format.digits(level) }),
        )}
        levelLabel={(name) => t('queues.ringOf', { name })}
        onChange={(chosen) => change({ queues: chosen.map(({ id, level }) => ({ queueId: id, level })) })}
      />
      {skills.length > 0 && (
        <LevelsOf
          label={t('team.skills')}
          hint={t('team.skillsHint')}
          options={skills}
          chosen={draft.skills.map(({ skillId, level }) => ({ id: skillId, level }))}
          levelNames={levels.map((level) => t(`team.level_${level}`, { number: format.digits(level) }))}
          levelLabel={(name) => t('team.levelOf', { name })}
          onChange={(chosen) => change({ skills: chosen.map(({ id, level }) => ({ skillId: id, level })) })}
        />
      )}
      <NativeSelect
        label={t('team.shift')}
        description={t('team.shiftHint')}
        data={[
          { value: '', label: t('team.noShift') },
          ...(calendars.data ?? []).map(({ id, name }) => ({ value: id, label: name })),
        ]}
        value={draft.calendarId ?? ''}
        onChange={(event) => change({ calendarId: event.currentTarget.value || null })}
      />
    </>
  );
}

function draftOf(agent: AgentSettingsView | null): AgentDraft {
  if (!agent) {
    return {
      name: '',
      role: 'agent',
      ownRoleId: null,
      queues: [],
      skills: [],
      calendarId: null,
      capUnits: 100,
      caps: { voice: 1, chat: 3, async: 10 },
      phone: null,
    };
  }
  const { name, role, ownRoleId, queues, skills, calendarId, capUnits, caps, phone } = agent;
  return { name, role, ownRoleId, queues, skills, calendarId, capUnits, caps, phone };
}
