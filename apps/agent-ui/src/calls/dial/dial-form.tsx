import { Button, Group, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { v7 as uuid } from 'uuid';
import type { ConversationView } from '#contract';
import { phone, type DialWish } from '../../api/phone.js';
import { channelsQuery } from '../../api/queries.js';
import { isolateLtr } from '../../i18n/isolate.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { DialogEnd } from '../../ui/dialog-end.js';
import { Dialog } from '../../ui/dialog.js';
import { notify } from '../../ui/notify.js';
import { useProblemText } from '../../ui/problem-text.js';
import { useCustomerName } from '../../ui/use-customer-name.js';
import { useOwnEndpoint } from '../endpoint/use-own-endpoint.js';
import { mayDial } from './may-dial.js';

export interface DialProps {
  view: ConversationView;
  /** The number that is called, among the customer's. */
  identityId: string;
  reason: string;
  onClose: () => void;
}

/** Calls a customer: first the agent's own phone rings, then the customer's. */
export function DialForm({ view, identityId, reason, onClose }: DialProps) {
  const { t } = useI18n();
  const nameOf = useCustomerName();
  return (
    <Dialog title={t('dial.title', { name: nameOf(view.customer) })} onClose={onClose}>
      <Body view={view} identityId={identityId} reason={reason} onClose={onClose} />
    </Dialog>
  );
}

function Body({ view, identityId, reason: suggested, onClose }: DialProps) {
  const { t } = useI18n();
  const problemText = useProblemText();
  const own = useOwnEndpoint();
  const lines = (useQuery(channelsQuery).data ?? []).filter(mayDial);
  const numbers = view.customer.identities.filter(({ kind }) => kind === 'phone');
  const [key] = useState(() => uuid());
  const [wish, setWish] = useState<DialWish>({ channelId: '', identityId, reason: suggested });
  const channelId = wish.channelId || (lines[0]?.id ?? '');
  const address = numbers.find(({ id }) => id === wish.identityId)?.address ?? '';
  const dial = useMutation({
    mutationFn: () => phone.dial(view.id, { ...wish, channelId, reason: wish.reason.trim() }, key),
    onSuccess: () => {
      notify(t('dial.rings'), 'good');
      onClose();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    dial.mutate();
  };
  if (lines.length === 0 || own === null) {
    return <CannotDial address={address} hasLine={lines.length > 0} onClose={onClose} />;
  }
  return (
    <form onSubmit={submit}>
      <Stack>
        <p className="settings-hint">
          {t('dial.first', { address: isolateLtr(address) })} {t('dial.ownPhone', { address: isolateLtr(own.address) })}
        </p>
        {numbers.length > 1 && (
          <NativeSelect
            label={t('dial.number')}
            value={wish.identityId}
            onChange={(event) => setWish({ ...wish, identityId: event.currentTarget.value })}
            data={numbers.map(({ id, address: number }) => ({ value: id, label: isolateLtr(number) }))}
          />
        )}
        <NativeSelect
          label={t('dial.line')}
          value={channelId}
          onChange={(event) => setWish({ ...wish, channelId: event.currentTarget.value })}
          data={lines.map(({ id, name }) => ({ value: id, label: name }))}
        />
        <TextInput
          label={t('dial.reason')}
          description={t('dial.reasonHint')}
          required
          maxLength={200}
          value={wish.reason}
          onChange={(event) => setWish({ ...wish, reason: event.currentTarget.value })}
        />
        {dial.isError && (
          <p className="settings-problem" role="alert">
            {problemText(dial.error)}
          </p>
        )}
        <DialogEnd submit={t('dial.go')} isBusy={dial.isPending} onCancel={onClose} />
      </Stack>
    </form>
  );
}

/** Why it does not work yet, and what does: the device may be a telephone itself. */
function CannotDial({ address, hasLine, onClose }: { address: string; hasLine: boolean; onClose: () => void }) {
  const { t } = useI18n();
  return (
    <Stack>
      <p className="settings-hint">{t(hasLine ? 'dial.noPhone' : 'dial.noLine')}</p>
      <Group justify="end">
        {hasLine && (
          <Button component={Link} to="/settings/mine" variant="default" onClick={onClose}>
            {t('dial.toMySettings')}
          </Button>
        )}
        <Button component="a" href={`tel:${address}`} onClick={onClose}>
          {t('dial.byHand')}
        </Button>
      </Group>
    </Stack>
  );
}
