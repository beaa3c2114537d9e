import { Button, Group, Stack, Switch } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import type { SignInProviderView } from '#contract';
import { signIn } from '../../../api/sign-in.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { notify } from '../../../ui/notify.js';
import { useAction } from '../../../ui/use-action.js';
import { SaveProblem } from '../save-problem.js';
import { ConnectionFields } from './connection-fields.js';
import { EntryFields } from './entry-fields.js';
import { GroupFields } from './group-fields.js';
import { ProviderCheck } from './provider-check.js';
import { draftOf, typedOf, type Typed } from './provider-draft.js';

interface Props {
  /** Chosen before it is made: the address that the provider is given names it. */
  id: string;
  provider: SignInProviderView | null;
  address: string | null;
  onDone: () => void;
}

export interface PartProps {
  typed: Typed;
  onChange: (part: Partial<Typed>) => void;
}

export function ProviderForm({ id, provider, address, onDone }: Props) {
  const { t } = useI18n();
  const [typed, setTyped] = useState(() => typedOf(provider));
  const change = (part: Partial<Typed>) => setTyped((known) => ({ ...known, ...part }));
  const save = useMutation({
    mutationFn: () => signIn.put(id, draftOf(typed)),
    onSuccess: () => {
      notify(t('common.saved'));
      onDone();
    },
  });
  const remove = useAction(() => signIn.remove(id), onDone);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <form onSubmit={submit} aria-label={provider?.name ?? t('oidc.add')}>
      <div className="settings-head">
        <h2>{provider ? <bdi>{provider.name}</bdi> : t('oidc.add')}</h2>
      </div>
      <Stack maw={560}>
        <ConnectionFields
          typed={typed}
          onChange={change}
          redirect={address === null ? null : `${address}/api/sign-in/${id}/back`}
          hasSecret={provider?.hasSecret ?? false}
          error={save.error}
        />
        <ProviderCheck id={id} typed={typed} />
        <EntryFields typed={typed} onChange={change} error={save.error} />
        <GroupFields typed={typed} onChange={change} />
        <Switch
          label={t('oidc.enabled')}
          checked={typed.enabled}
          onChange={(event) => change({ enabled: event.currentTarget.checked })}
        />
        {save.isError && <SaveProblem error={save.error} onLookAgain={onDone} />}
        <Group>
          <Button type="submit" loading={save.isPending}>
            {t('common.save')}
          </Button>
          <Button variant="default" onClick={onDone}>
            {t('common.cancel')}
          </Button>
          {provider && (
            <Button
              variant="subtle"
              color="red"
              ms="auto"
              loading={remove.isPending}
              onClick={() => window.confirm(t('oidc.removeSure', { name: provider.name })) && remove.mutate(undefined)}
            >
              {t('oidc.remove')}
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  );
}
