import { Button, Group, Stack } from '@mantine/core';
import { useI18n } from '../../i18n/use-i18n.js';
import { Dialog } from '../../ui/dialog.js';
import { calledBy, type MergedPerson } from './merged-people.js';
import './merge-form.css';
import { useUndoMerge } from './use-merge.js';

/** Says what taking a merge back does, and does it. */
export function PartForm({ person, root, onClose }: { person: MergedPerson; root: string; onClose: () => void }) {
  const { t } = useI18n();
  const name = calledBy(person) || t('customer.unnamed');
  const undo = useUndoMerge(onClose);
  return (
    <Dialog onClose={onClose} title={t('people.partTitle', { name })}>
      <Stack>
        <ul className="people-note">
          <li>{t('people.partSelf', { name })}</li>
          <li>{t('people.partSince')}</li>
          <li>{t('people.partFields')}</li>
          <li>{t('people.partGroup')}</li>
        </ul>
        <Group justify="end">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button
            data-autofocus
            loading={undo.isPending}
            onClick={() => undo.mutate({ customer: person.customer, root })}
          >
            {t('people.part')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
