import { Stack, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { BoardAgent, BoardTicket } from '#contract';
import { intervention } from '../../api/intervention.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { DialogEnd } from '../../ui/dialog-end.js';
import { Dialog } from '../../ui/dialog.js';
import { ticketSign } from '../../ui/ticket-number.js';
import { notify } from '../../ui/notify.js';
import { useAction } from '../../ui/use-action.js';

const longestReason = 500;

interface Props {
  ticket: BoardTicket;
  agent: Pick<BoardAgent, 'id' | 'name'>;
  onClose: () => void;
}

/** Asks once more, and for what the colleagues should read of it. */
export function TakeOverDialog({ ticket, agent, onClose }: Props) {
  const { t, format } = useI18n();
  const [reason, setReason] = useState('');
  const number = ticketSign(ticket, format);
  const taking = useAction(
    () => intervention.takeOver(ticket.id, { from: agent.id, reason }),
    () => {
      notify(t('monitor.tookOver', { number }), 'good');
      onClose();
    },
  );
  return (
    <Dialog title={t('monitor.takeOverNamed', { number, name: agent.name })} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          taking.mutate(undefined);
        }}
      >
        <Stack>
          <Textarea
            data-autofocus
            label={t('monitor.takeOverWhy')}
            description={t('monitor.takeOverHint')}
            value={reason}
            maxLength={longestReason}
            autosize
            minRows={2}
            onChange={({ currentTarget }) => setReason(currentTarget.value)}
          />
          <DialogEnd submit={t('monitor.takeOver')} isBusy={taking.isPending} onCancel={onClose} />
        </Stack>
      </form>
    </Dialog>
  );
}
