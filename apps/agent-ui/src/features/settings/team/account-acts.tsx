import { Button, Group, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { AgentSettingsView } from '#contract';
import { team } from '../../../api/team.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { notify } from '../../../ui/notify.js';
import { useAction } from '../../../ui/use-action.js';
import { suggestPassword } from './suggest-password.js';

interface Props {
  agent: AgentSettingsView;
  onChanged: () => void;
}

/** What an administrator does to a colleague's account; to their own, another one has to. */
export function AccountActs({ agent, onChanged }: Props) {
  const { t } = useI18n();
  const [password, setPassword] = useState<string | null>(null);
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
  return (
    <div className="team-acts">
      <Group gap="xs">
        {agent.disabled ? (
          <Button variant="default" loading={onOff.isPending} onClick={() => onOff.mutate(false)}>
            {t('team.switchOn')}
          </Button>
        ) : (
          <Button variant="light" color="red" loading={onOff.isPending} onClick={switchOff}>
            {t('team.switchOff')}
          </Button>
        )}
        {!agent.disabled && password === null && (
          <Button variant="default" onClick={() => setPassword(suggestPassword())}>
            {t('team.newPassword')}
          </Button>
        )}
      </Group>
      {password !== null && (
        <NewPassword
          agent={agent}
          password={password}
          onType={setPassword}
          onDone={() => {
            setPassword(null);
            onChanged();
          }}
        />
      )}
    </div>
  );
}

interface NewPasswordProps {
  agent: AgentSettingsView;
  password: string;
  onType: (password: string) => void;
  onDone: () => void;
}

function NewPassword({ agent, password, onType, onDone }: NewPasswordProps) {
  const { t } = useI18n();
  const set = useAction(
    (wish: string) => team.changeAgent(agent.id, { password: wish }),
    () => {
      notify(t('team.passwordSet', { name: agent.name }));
      onDone();
    },
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    set.mutate(password);
  };
  return (
    <form className="team-password" onSubmit={submit}>
      <TextInput
        label={t('team.newPasswordOf', { name: agent.name })}
        description={t('team.newPasswordHint')}
        dir="ltr"
        required
        autoComplete="off"
        spellCheck={false}
        maxLength={200}
        value={password}
        onChange={(event) => onType(event.currentTarget.value)}
      />
      <Button type="submit" loading={set.isPending}>
        {t('team.setPassword')}
      </Button>
    </form>
  );
}
