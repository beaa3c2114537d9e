import { Button, Group, Stack } from '@mantine/core';
import type { ConversationView, IdentityView } from '#contract';
import { people } from '../../api/people.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { Dialog } from '../../ui/dialog.js';
import { notify } from '../../ui/notify.js';
import './merge-form.css';
import { useCustomerAction } from './use-customer-action.js';

interface Props {
  view: ConversationView;
  identity: Pick<IdentityView, 'id' | 'address'>;
  onClose: () => void;
}

/** Says what it means that an address is no longer a customer's, and takes it from them. */
export function RetireForm({ view, identity: { id, address }, onClose }: Props) {
  const { t } = useI18n();
  const retire = useCustomerAction(
    view,
    () => people.retire(view.customer.id, id),
    () => {
      notify(t('people.retired', { address }));
      onClose();
    },
  );
  return (
    <Dialog onClose={onClose} title={t('people.retireTitle', { address })}>
      <Stack>
        <ul className="people-note">
          <li>{t('people.retireNew')}</li>
          <li>{t('people.retireOld')}</li>
          <li>{t('people.retireLinks')}</li>
        </ul>
        <Group justify="end">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button data-autofocus color="red" loading={retire.isPending} onClick={() => retire.mutate(undefined)}>
            {t('people.retire')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
