import { Box, Button, Group, NativeSelect, Skeleton, Stack } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { TicketStateNameView } from '#contract';
import { keys } from '../../../api/keys.js';
import { lifecycle, type StateNameDraft } from '../../../api/lifecycle.js';
import { useStateNames } from '../../../api/queries.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { TwoNames } from '../../../ui/two-names.js';
import { useTexts } from '../../../i18n/use-texts.js';
import { useLive } from '../../../live/live-context.js';
import { useAction } from '../../../ui/use-action.js';

const states = ['open', 'pending', 'on_hold', 'solved'] as const;

/** The organisation's own names of states, and a form for one more. */
export function StateNames() {
  const isSpoken = useTexts('tickets');
  const { t } = useI18n();
  const names = useStateNames();
  if (!isSpoken) {
    return <Skeleton height={120} />;
  }
  return (
    <Box component="section" mt={40} aria-labelledby="state-names">
      <h2 id="state-names">{t('stateName.title')}</h2>
      <p className="settings-hint">{t('stateName.intro')}</p>
      {names.length === 0 && <p>{t('stateName.none')}</p>}
      <Stack component="ul" gap={6} my={12} p={0}>
        {names.map((name) => (
          <NameLine key={name.id} name={name} />
        ))}
      </Stack>
      <AddName />
    </Box>
  );
}

function useReread(): () => void {
  const { cache } = useLive();
  return () => cache.refetch(keys.stateNames);
}

function NameLine({ name: { id, state, name, tickets, retired } }: { name: TicketStateNameView }) {
  const { t } = useI18n();
  const reread = useReread();
  const change = useAction(() => lifecycle.changeStateName(id, { retired: !retired }), reread);
  const shown = [name.en, name.fa].filter((text) => text !== undefined).join(' · ');
  return (
    <Group component="li" gap={8}>
      <span className="chip">{t(`ticket.state.${state}`)}</span>
      <bdi>{shown}</bdi>
      <small>{retired ? t('stateName.retired') : t('stateName.used', { count: tickets })}</small>
      <Button
        size="compact-sm"
        variant="subtle"
        loading={change.isPending}
        aria-label={retired ? t('stateName.offerName', { name: shown }) : t('stateName.retireName', { name: shown })}
        onClick={() => change.mutate(undefined)}
      >
        {retired ? t('stateName.offer') : t('stateName.retire')}
      </Button>
    </Group>
  );
}

const empty = { en: '', fa: '' };

function AddName() {
  const { t } = useI18n();
  const reread = useReread();
  const [state, setState] = useState<StateNameDraft['state']>('pending');
  const [name, setName] = useState(empty);
  const add = useAction(lifecycle.addStateName, () => {
    setName(empty);
    reread();
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    add.mutate({ state, name });
  };
  return (
    <form onSubmit={submit}>
      <Stack maw={640}>
        <Group align="end" grow>
          <NativeSelect
            label={t('stateName.state')}
            data={states.map((value) => ({ value, label: t(`ticket.state.${value}`) }))}
            value={state}
            onChange={(event) => setState(event.currentTarget.value as StateNameDraft['state'])}
          />
          <TwoNames
            labels={{ en: t('stateName.en'), fa: t('stateName.fa') }}
            value={name}
            most={60}
            onChange={setName}
          />
        </Group>
        <Group>
          <Button type="submit" loading={add.isPending} disabled={`${name.en}${name.fa}`.trim() === ''}>
            {t('stateName.add')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
