import { Stack, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { ConversationView } from '#contract';
import { people } from '../../api/people.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { DialogEnd } from '../../ui/dialog-end.js';
import { Dialog } from '../../ui/dialog.js';
import { notify } from '../../ui/notify.js';
import { useCustomerName } from '../../ui/use-customer-name.js';
import './merge-form.css';
import { useCustomerAction } from './use-customer-action.js';

/** Says what blocking does, asks why, and does it. */
export function BlockForm({ view, onClose }: { view: ConversationView; onClose: () => void }) {
  const { t } = useI18n();
  const name = useCustomerName()(view.customer);
  const [reason, setReason] = useState('');
  const block = useCustomerAction(
    view,
    (why: string) => people.block(view.customer.id, why),
    () => {
      notify(t('people.blockNoted', { name }));
      onClose();
    },
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    block.mutate(reason.trim());
  };
  return (
    <Dialog onClose={onClose} title={t('people.blockTitle', { name })}>
      <form onSubmit={submit}>
        <Stack>
          <p className="merge-intro">{t('people.blockWhat')}</p>
          <TextInput
            label={t('people.reasonLabel')}
            description={t('people.reasonHint')}
            data-autofocus
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <DialogEnd submit={t('people.block')} isBusy={block.isPending} isGrave onCancel={onClose} />
        </Stack>
      </form>
    </Dialog>
  );
}
