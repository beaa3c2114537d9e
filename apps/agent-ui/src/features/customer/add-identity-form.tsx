import { NativeSelect, Stack, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { ConversationView, IdentityKind } from '#contract';
import { people } from '../../api/people.js';
import { latinDigits } from '../../i18n/latin-digits.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { DialogEnd } from '../../ui/dialog-end.js';
import { Dialog } from '../../ui/dialog.js';
import { useCustomerAction } from './use-customer-action.js';

/** Those that a person can type. Other accounts are known by what their channel brings. */
const kinds: readonly IdentityKind[] = ['phone', 'email'];

/** Takes down an address that the customer says is theirs, and says what that means before it is done. */
export function AddIdentityForm({ view, onClose }: { view: ConversationView; onClose: () => void }) {
  const { t } = useI18n();
  const [kind, setKind] = useState<IdentityKind>('phone');
  const [address, setAddress] = useState('');
  const add = useCustomerAction(view, people.claim.bind(null, view.customer.id), onClose);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    add.mutate({ kind, address: latinDigits(address).trim() });
  };
  return (
    <Dialog onClose={onClose} title={t('customer.addIdentity')}>
      <form onSubmit={submit}>
        <Stack>
          <NativeSelect
            label={t('customer.kind')}
            value={kind}
            onChange={(event) => setKind(event.currentTarget.value as IdentityKind)}
            data={kinds.map((value) => ({ value, label: t(`identity.${value}`) }))}
          />
          <TextInput
            label={t('customer.address')}
            description={t('people.addHint')}
            dir="ltr"
            required
            data-autofocus
            value={address}
            onChange={(event) => setAddress(event.currentTarget.value)}
          />
          <DialogEnd submit={t('common.add')} isBusy={add.isPending} onCancel={onClose} />
        </Stack>
      </form>
    </Dialog>
  );
}
