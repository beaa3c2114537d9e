import { Button, Skeleton } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { AccountLinkView, AgentSettingsView } from '#contract';
import { accounts } from '../../../api/accounts.js';
import { keys } from '../../../api/keys.js';
import { useMe } from '../../../api/queries.js';
import { team } from '../../../api/team.js';
import { useTexts } from '../../../i18n/use-texts.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { IconPlus } from '../../../ui/icons.js';
import { notify } from '../../../ui/notify.js';
import { PersonAvatar } from '../../../ui/person-avatar.js';
import { Failed } from '../../../ui/states.js';
import { useAction } from '../../../ui/use-action.js';
import { AccountActs } from './account-acts.js';
import { AccountRules } from './account-rules.js';
import { AgentForm } from './agent-form.js';
import { SteeringRules } from './steering-rules.js';
import { SkillsList } from './skills-list.js';
import './team.css';

/** A colleague, with the link of an invitation that was just made; null for one who is being added. */
interface Opened {
  id: string | null;
  made: AccountLinkView | null;
}

/** Colleagues: what they may do, where they work, what they can do, and how much of it at once. */
export function TeamSection() {
  const { t } = useI18n();
  const isSpoken = [useTexts('channels'), useTexts('accounts')].every(Boolean);
  const list = useQuery({ queryKey: keys.agentSettings, queryFn: ({ signal }) => team.agents(signal) });
  const [opened, setOpened] = useState<Opened | null>(null);
  if (list.isError) {
    return <Failed error={list.error} retry={() => void list.refetch()} />;
  }
  if (!list.data || !isSpoken) {
    return <Skeleton height={180} />;
  }
  if (opened) {
    return (
      <OneAgent
        key={opened.id}
        agent={list.data.find(({ id }) => id === opened.id) ?? null}
        made={opened.made}
        onInvited={(id, made) => setOpened({ id, made })}
        onDone={() => setOpened(null)}
      />
    );
  }
  return (
    <>
      <div className="settings-head">
        <h2>{t('settings.team')}</h2>
        <Button leftSection={<IconPlus size={17} />} onClick={() => setOpened({ id: null, made: null })}>
          {t('team.add')}
        </Button>
      </div>
      <ul className="channels">
        {list.data.map((agent) => (
          <li key={agent.id}>
            <button type="button" onClick={() => setOpened({ id: agent.id, made: null })}>
              <Line agent={agent} />
            </button>
          </li>
        ))}
      </ul>
      <SkillsList />
      <AccountRules />
      <SteeringRules />
    </>
  );
}

function Line({ agent: { name, role, disabled, invitation, queues, skills } }: { agent: AgentSettingsView }) {
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
      {invitation && !disabled && <span className="chip">{t('accounts.team.waiting')}</span>}
      {disabled && <span className="chip">{t('team.off')}</span>}
    </>
  );
}

interface OneProps {
  agent: AgentSettingsView | null;
  made: AccountLinkView | null;
  onInvited: (id: string, made: AccountLinkView) => void;
  onDone: () => void;
}

function OneAgent({ agent, made, onInvited, onDone }: OneProps) {
  const { t, format } = useI18n();
  const queries = useQueryClient();
  const me = useMe();
  const refresh = () => {
    for (const queryKey of [keys.agentSettings, keys.agents, keys.queues, keys.skills]) {
      void queries.invalidateQueries({ queryKey });
    }
  };
  const invite = useAction(accounts.invite, (link, id) => {
    void queries.invalidateQueries({ queryKey: keys.agentSettings }).then(() => onInvited(id, link));
  });
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
      {agent && agent.id !== me.id && <AccountActs agent={agent} made={made} onChanged={refresh} />}
      <AgentForm
        // What the buttons above changed is what the form goes on from.
        key={agent?.version}
        agent={agent}
        onSaved={(saved) => {
          refresh();
          if (agent) {
            notify(t('common.saved'));
            onDone();
          } else {
            invite.mutate(saved.id);
          }
        }}
        onCancel={onDone}
        onLookAgain={refresh}
      />
    </>
  );
}
