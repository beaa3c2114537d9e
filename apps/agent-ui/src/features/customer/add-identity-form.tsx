import { Button, Group, Modal, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { ConversationView, IdentityKind } from '#contract';
import { hub } from '../../api/hub.js';
import { keys } from '../../api/keys.js';
import { asciiDigits } from '../../i18n/formats.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { useLive } from '../../live/live-context.js';
import { useAction } from '../../ui/use-action.js';

/** Those that a person can type. Other accounts are known by what their channel brings. */
const kinds: readonly IdentityKind[] = ['phone', 'email'];

export function AddIdentityForm({ view, onClose }: { view: ConversationView; onClose: () => void }) {
  const { t } = useI18n();
  const { cache } = useLive();
  const [kind, setKind] = useState<IdentityKind>('phone');
  const [address, setAddress] = useState('');
  const add = useAction(hub.addIdentity.bind(null, view.customer.id), () => {
    cache.refetch(keys.conversation(view.id));
    onClose();
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    add.mutate({ kind, address: asciiDigits(address).trim() });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('customer.addIdentity')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
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
            dir="ltr"
            required
            data-autofocus
            value={address}
            onChange={(event) => setAddress(event.currentTarget.value)}
          />
          <Group justify="end">
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" loading={add.isPending}>
              {t('common.add')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
