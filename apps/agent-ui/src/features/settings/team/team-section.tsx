import { Button, Skeleton } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { AgentSettingsView } from '#contract';
import { keys } from '../../../api/keys.js';
import { useMe } from '../../../api/queries.js';
import { team } from '../../../api/team.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { IconPlus } from '../../../ui/icons.js';
import { notify } from '../../../ui/notify.js';
import { PersonAvatar } from '../../../ui/person-avatar.js';
import { Failed } from '../../../ui/states.js';
import { useChannelTexts } from '../use-channel-texts.js';
import { AccountActs } from './account-acts.js';
import { AgentForm } from './agent-form.js';
import { SkillsList } from './skills-list.js';
import './team.css';

type Opened = { id: string | null };

/** Colleagues: what they may do, where they work, what they can do, and how much of it at once. */
export function TeamSection() {
  const { t } = useI18n();
  const isSpoken = useChannelTexts();
  const list = useQuery({ queryKey: keys.agentSettings, queryFn: ({ signal }) => team.agents(signal) });
  const [opened, setOpened] = useState<Opened | null>(null);
  if (list.isError) {
    return <Failed error={list.error} retry={() => void list.refetch()} />;
  }
  if (!list.data || !isSpoken) {
    return <Skeleton height={180} />;
  }
  if (opened) {
    return <OneAgent agent={list.data.find(({ id }) => id === opened.id) ?? null} onDone={() => setOpened(null)} />;
  }
  return (
    <>
      <div className="settings-head">
        <h2>{t('settings.team')}</h2>
        <Button leftSection={<IconPlus size={17} />} onClick={() => setOpened({ id: null })}>
          {t('team.add')}
        </Button>
      </div>
      <ul className="channels">
        {list.data.map((agent) => (
          <li key={agent.id}>
            <button type="button" onClick={() => setOpened({ id: agent.id })}>
              <Line agent={agent} />
            </button>
          </li>
        ))}
      </ul>
      <SkillsList />
    </>
  );
}

function Line({ agent: { name, role, disabled, queues, skills } }: { agent: AgentSettingsView }) {
  const { t, format } = useI18n();
  return (
    <>
      <PersonAvatar name={name} size={32} />
      <span className="channels-name">
        <bdi>{name}</bdi>
        <small>
          {[
            t(`team.role_${role}`),
            t('team.inQueues', { count: queues.length, amount: format.number(queues.length) }),
            t('team.withSkills', { count: skills.length, amount: format.number(skills.length) }),
          ].join(' · ')}
        </small>
      </span>
      {disabled && <span className="chip">{t('team.off')}</span>}
    </>
  );
}

function OneAgent({ agent, onDone }: { agent: AgentSettingsView | null; onDone: () => void }) {
  const { t, format } = useI18n();
  const queries = useQueryClient();
  const me = useMe();
  const refresh = () => {
    for (const queryKey of [keys.agentSettings, keys.agents, keys.queues, keys.skills]) {
      void queries.invalidateQueries({ queryKey });
    }
  };
  return (
    <>
      <div className="settings-head">
        <h2>{agent ? <bdi>{agent.name}</bdi> : t('team.add')}</h2>
      </div>
      {agent && (
        <p className="settings-hint team-who">
          <bdi dir="ltr">{agent.email}</bdi>
          {' · '}
          {agent.lastLoginAt === null
            ? t('team.neverSignedIn')
            : t('team.lastSignIn', { when: format.dateTime(agent.lastLoginAt) })}
        </p>
      )}
      {agent && agent.id !== me.id && <AccountActs agent={agent} onChanged={refresh} />}
      <AgentForm
        // What the buttons above changed is what the form goes on from.
        key={agent?.version}
        agent={agent}
        onSaved={() => {
          refresh();
          notify(t('common.saved'));
          onDone();
        }}
        onCancel={onDone}
        onLookAgain={refresh}
      />
    </>
  );
}
