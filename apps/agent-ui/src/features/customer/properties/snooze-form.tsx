import { Stack } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { TicketView } from '#contract';
import type { SnoozeWish } from '../../../api/properties.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { DialogEnd } from '../../../ui/dialog-end.js';
import { DateTimeField } from '../../../ui/dates/date-time-field.js';
import { Dialog } from '../../../ui/dialog.js';
import { ticketNumber } from '../../../ui/ticket-number.js';

interface Props {
  ticket: TicketView;
  onSnooze: (wish: SnoozeWish) => void;
  onClose: () => void;
}

/** A time of the reader's own, in their calendar. */
export function SnoozeForm({ ticket, onSnooze, onClose }: Props) {
  const { t, format } = useI18n();
  const [at, setAt] = useState<string | null>(null);
  const [now] = useState(() => new Date().toISOString());
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (at !== null) {
      onSnooze({ at });
      onClose();
    }
  };
  return (
    <Dialog title={t('props.until.ownTitle', { number: ticketNumber(ticket, format) })} onClose={onClose}>
      <form onSubmit={submit}>
        <Stack>
          <DateTimeField label={t('props.until.ownLabel')} value={at} min={now} onChange={setAt} />
          <DialogEnd submit={t('props.snooze')} isDisabled={at === null} onCancel={onClose} />
        </Stack>
      </form>
    </Dialog>
  );
}
