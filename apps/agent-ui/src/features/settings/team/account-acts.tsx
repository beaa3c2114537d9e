import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import type { AccountLinkView, AgentSettingsView, InvitationView } from '#contract';
import { accounts } from '../../../api/accounts.js';
import { team } from '../../../api/team.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { notify } from '../../../ui/notify.js';
import { useAction } from '../../../ui/use-action.js';
import { LinkShown } from './link-shown.js';

interface Props {
  agent: AgentSettingsView;
  /** The link of an invitation that was made a moment ago. */
  made: AccountLinkView | null;
  onChanged: () => void;
}

/** What an administrator does to a colleague's account; to their own, another one has to. Nobody chooses a password for somebody else. */
export function AccountActs({ agent, made, onChanged }: Props) {
  const { t } = useI18n();
  const [link, setLink] = useState<AccountLinkView | null>(made);
  const onOff = useAction(
    (disabled: boolean) => team.changeAgent(agent.id, { disabled }),
    (_, disabled) => {
      notify(t(disabled ? 'team.switchedOff' : 'team.switchedOn', { name: agent.name }));
      onChanged();
    },
  );
  const switchOff = () => {
    if (window.confirm(t('team.switchOffSure', { name: agent.name }))) {
      onOff.mutate(true);
    }
  };
  const ways = { agent, onLink: setLink, onChanged };
  return (
    <div className="team-acts">
      {agent.invitation && !agent.disabled && <Invitation invitation={agent.invitation} />}
      <Group gap="xs">
        {agent.disabled ? (
          <Button variant="default" loading={onOff.isPending} onClick={() => onOff.mutate(false)}>
            {t('team.switchOn')}
          </Button>
        ) : (
          <>
            {agent.invitation ? <InvitationActs {...ways} /> : <WaysBack {...ways} />}
            <Button variant="light" color="red" loading={onOff.isPending} onClick={switchOff}>
              {t('team.switchOff')}
            </Button>
          </>
        )}
      </Group>
      {link && !agent.disabled && <LinkShown link={link} name={agent.name} email={agent.email} />}
    </div>
  );
}

function Invitation({ invitation: { state, expiresAt, mailed } }: { invitation: InvitationView }) {
  const { t, format } = useI18n();
  const until = expiresAt === null ? '' : format.dateTime(expiresAt);
  return (
    <p className="settings-hint">
      {t(`accounts.team.state_${state === 'open' && mailed ? 'mailed' : state}`, { until })}
    </p>
  );
}

interface WayProps {
  agent: AgentSettingsView;
  onLink: (link: AccountLinkView | null) => void;
  onChanged: () => void;
}

function InvitationActs({ agent, onLink, onChanged }: WayProps) {
  const { t } = useI18n();
  const invite = useAction(accounts.invite, (made) => {
    onLink(made);
    onChanged();
  });
  const revoke = useAction(accounts.revokeInvitation, () => {
    onLink(null);
    notify(t('accounts.team.revoked'));
    onChanged();
  });
  return (
    <>
      <Button variant="default" loading={invite.isPending} onClick={() => invite.mutate(agent.id)}>
        {t('accounts.team.again')}
      </Button>
      {agent.invitation?.state === 'open' && (
        <Button variant="default" loading={revoke.isPending} onClick={() => revoke.mutate(agent.id)}>
          {t('accounts.team.revoke')}
        </Button>
      )}
    </>
  );
}

function WaysBack({ agent, onLink, onChanged }: WayProps) {
  const { t } = useI18n();
  const reset = useAction(accounts.makeReset, onLink);
  const factor = useAction(accounts.resetSecondFactor, () => {
    notify(t('accounts.team.factorOffDone', { name: agent.name }));
    onChanged();
  });
  const takeOff = () => {
    if (window.confirm(t('accounts.team.factorOffSure', { name: agent.name }))) {
      factor.mutate(agent.id);
    }
  };
  return (
    <>
      <Button variant="default" loading={reset.isPending} onClick={() => reset.mutate(agent.id)}>
        {t('accounts.team.reset')}
      </Button>
      {agent.secondFactor && (
        <Button variant="default" loading={factor.isPending} onClick={takeOff}>
          {t('accounts.team.factorOff')}
        </Button>
      )}
    </>
  );
}
