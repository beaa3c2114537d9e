import { Button, Switch, Group, Skeleton, Stack, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import type { ConversationView, PersonExportView, PersonPrivacyView } from '#contract';
import { privacy, privacyKeys } from '../../../api/privacy.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { Dialog } from '../../../ui/dialog.js';
import { notify } from '../../../ui/notify.js';
import { Failed } from '../../../ui/states.js';
import { useAction } from '../../../ui/use-action.js';
import { useNow } from '../../../ui/use-now.js';
import { useCustomerName } from '../../../ui/use-customer-name.js';
import { EraseForm } from './erase-form.js';
import './privacy-form.css';

const lookMs = 1_500;

interface Props {
  view: ConversationView;
  may: { erase: boolean; export: boolean; manage: boolean };
  onClose: () => void;
}

interface PartProps {
  customer: string;
  known: PersonPrivacyView;
  onChange: () => void;
}

/** What may be done with all that is kept of one customer: handed over, held, erased. */
export function PrivacyForm({ view, may, onClose }: Props) {
  const { t } = useI18n();
  const queries = useQueryClient();
  const name = useCustomerName()(view.customer);
  const { id } = view.customer;
  const known = useQuery({
    queryKey: privacyKeys.person(id),
    queryFn: ({ signal }) => privacy.person(id, signal),
    refetchInterval: ({ state }) => (state.data?.exports.some(({ state: one }) => one === 'running') ? lookMs : false),
  });
  const parts = known.data && {
    customer: id,
    known: known.data,
    onChange: () => void queries.invalidateQueries({ queryKey: privacyKeys.person(id) }),
  };
  return (
    <Dialog onClose={onClose} title={t('privacy.openFor', { name })}>
      {known.isError && !known.data && <Failed error={known.error} retry={() => void known.refetch()} />}
      {known.isPending && <Skeleton height={160} />}
      {parts && (
        <Stack gap="lg">
          {may.export && <ExportPart {...parts} />}
          {may.manage && <ConsentsPart {...parts} />}
          {may.manage && <HoldPart {...parts} />}
          {may.erase && <EraseForm customer={id} onDone={onClose} />}
        </Stack>
      )}
    </Dialog>
  );
}

function ExportPart({ customer, known, onChange }: PartProps) {
  const { t } = useI18n();
  const [withNotes, setWithNotes] = useState(false);
  const make = useAction(() => privacy.makeExport(customer, withNotes), onChange);
  const [latest] = known.exports;
  return (
    <section className="privacy-part" aria-labelledby="privacy-export">
      <h3 id="privacy-export">{t('privacy.exportTitle')}</h3>
      <p>{t('privacy.exportWhat')}</p>
      <Switch
        label={t('privacy.withNotes')}
        checked={withNotes}
        onChange={(event) => setWithNotes(event.currentTarget.checked)}
      />
      <Group mt="sm">
        <Button
          variant="default"
          loading={make.isPending}
          disabled={latest?.state === 'running'}
          onClick={() => make.mutate(undefined)}
        >
          {t('privacy.exportMake')}
        </Button>
        {latest && <Made customer={customer} made={latest} />}
      </Group>
    </section>
  );
}

function Made({ customer, made }: { customer: string; made: PersonExportView }) {
  const { t, format } = useI18n();
  const now = useNow();
  const isOver = made.expiresAt !== null && Date.parse(made.expiresAt) < now;
  if (made.state !== 'done' || made.expiresAt === null) {
    return <output>{made.state === 'running' ? t('privacy.exportRunning') : t('privacy.exportFailed')}</output>;
  }
  if (isOver) {
    return <output>{t('privacy.exportOver')}</output>;
  }
  return (
    <output>
      <a href={privacy.exportFile(customer, made.id)} download>
        {t('privacy.exportFetch', { size: format.bytes(made.bytes ?? 0) })}
      </a>{' '}
      {t('privacy.exportUntil', { when: format.dateTime(made.expiresAt) })}
    </output>
  );
}

function ConsentsPart({ customer, known, onChange }: PartProps) {
  const { t, format } = useI18n();
  const withdraw = useAction((id: string) => privacy.withdrawConsent(customer, id), onChange);
  if (known.consents.length === 0) {
    return null;
  }
  return (
    <section className="privacy-part" aria-labelledby="privacy-consents">
      <h3 id="privacy-consents">{t('privacy.consents')}</h3>
      <ul>
        {known.consents.map((consent) => (
          <li key={consent.id}>
            <q dir="auto">{consent.words}</q>
            <p>
              {consent.withdrawnAt === null
                ? t('privacy.consentGiven', { when: format.dateTime(consent.givenAt), version: consent.version })
                : t('privacy.consentWithdrawn', { when: format.dateTime(consent.withdrawnAt) })}
            </p>
            {consent.withdrawnAt === null && (
              <Button
                size="xs"
                variant="default"
                loading={withdraw.isPending}
                onClick={() => withdraw.mutate(consent.id)}
              >
                {t('privacy.consentWithdraw')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function HoldPart({ customer, known: { hold }, onChange }: PartProps) {
  const { t, format } = useI18n();
  const [why, setWhy] = useState('');
  const noted = (text: string) => {
    notify(text);
    onChange();
  };
  const set = useAction(
    () => privacy.hold(customer, why.trim()),
    () => noted(t('privacy.holdNoted')),
  );
  const lift = useAction(
    () => privacy.liftHold(customer),
    () => noted(t('privacy.holdLifted')),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (why.trim()) {
      set.mutate(undefined);
    }
  };
  return (
    <section className="privacy-part" aria-labelledby="privacy-hold">
      <h3 id="privacy-hold">{t('privacy.holdTitle')}</h3>
      <p>{t('privacy.holdWhat')}</p>
      {hold ? (
        <>
          <p>{t('privacy.holdSince', { when: format.dateTime(hold.since), why: hold.why })}</p>
          <Button variant="default" loading={lift.isPending} onClick={() => lift.mutate(undefined)}>
            {t('privacy.holdLift')}
          </Button>
        </>
      ) : (
        <form onSubmit={submit} className="privacy-hold">
          <TextInput
            label={t('privacy.holdWhy')}
            value={why}
            maxLength={500}
            onChange={(event) => setWhy(event.currentTarget.value)}
          />
          <Button type="submit" variant="default" disabled={!why.trim()} loading={set.isPending}>
            {t('privacy.holdSet')}
          </Button>
        </form>
      )}
    </section>
  );
}
