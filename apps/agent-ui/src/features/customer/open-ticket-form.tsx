import { NativeSelect, Stack, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { v7 as uuid } from 'uuid';
import { hub } from '../../api/hub.js';
import { useQueues } from '../../api/queries.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { DialogEnd } from '../../ui/dialog-end.js';
import { useLive } from '../../live/live-context.js';
import { Dialog } from '../../ui/dialog.js';
import { useAction } from '../../ui/use-action.js';

/** Begins a piece of work that no message began. */
export function OpenTicketForm({ person, onClose }: { person: string; onClose: () => void }) {
  const { t } = useI18n();
  const { cache } = useLive();
  const queues = useQueues();
  const [key] = useState(() => uuid());
  const [subject, setSubject] = useState('');
  const [queueId, setQueueId] = useState<string | null>(null);
  const open = useAction(
    (ticket: { subject: string; queueId: string }) => hub.openTicket(person, ticket, key),
    (ticket) => {
      cache.putTicket(person, ticket);
      onClose();
    },
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    open.mutate({ subject: subject.trim(), queueId: queueId ?? queues[0]?.id ?? '' });
  };
  return (
    <Dialog onClose={onClose} title={t('ticket.open')}>
      <form onSubmit={submit}>
        <Stack>
          <TextInput
            label={t('composer.subject')}
            required
            data-autofocus
            value={subject}
            onChange={(event) => setSubject(event.currentTarget.value)}
          />
          <NativeSelect
            label={t('ticket.queue')}
            value={queueId ?? queues[0]?.id ?? ''}
            onChange={(event) => setQueueId(event.currentTarget.value)}
            data={queues.map(({ id, name }) => ({ value: id, label: name }))}
          />
          <DialogEnd submit={t('ticket.open')} isBusy={open.isPending} onCancel={onClose} />
        </Stack>
      </form>
    </Dialog>
  );
}
