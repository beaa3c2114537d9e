import { Button, Group, Stack, Switch } from '@mantine/core';
import { useState } from 'react';
import type { TicketView } from '#contract';
import { useI18n } from '../../../i18n/use-i18n.js';
import { Dialog } from '../../../ui/dialog.js';
import { IconBlock } from '../../../ui/icons.js';
import { ticketNumber } from '../../../ui/ticket-number.js';
import type { PropertyActions } from './use-properties.js';

/** Closes what nobody should have had to read, and opens it again where that was wrong. */
export function SpamLine({ ticket, actions }: { ticket: TicketView; actions: PropertyActions }) {
  const { t } = useI18n();
  const [isAsked, setAsked] = useState(false);
  if (ticket.isSpam) {
    return (
      <div className="props-row">
        <span className="chip" data-tone="bad">
          {t('props.isSpam')}
        </span>
        <Button size="compact-xs" variant="light" onClick={actions.unmarkSpam}>
          {t('props.notSpam')}
        </Button>
      </div>
    );
  }
  if (ticket.state === 'closed') {
    return null;
  }
  return (
    <div className="props-row">
      <Button
        size="compact-sm"
        variant="subtle"
        leftSection={<IconBlock size={15} aria-hidden />}
        onClick={() => setAsked(true)}
      >
        {t('props.spam')}
      </Button>
      {isAsked && <SpamForm ticket={ticket} onMark={actions.markSpam} onClose={() => setAsked(false)} />}
    </div>
  );
}

interface FormProps {
  ticket: TicketView;
  onMark: (block: boolean) => void;
  onClose: () => void;
}

function SpamForm({ ticket, onMark, onClose }: FormProps) {
  const { t, format } = useI18n();
  const [blocks, setBlocks] = useState(false);
  return (
    <Dialog title={t('props.spamTitle', { number: ticketNumber(ticket, format) })} onClose={onClose}>
      <Stack>
        <p>{t('props.spamHint')}</p>
        <Switch
          label={t('props.spamBlock')}
          checked={blocks}
          onChange={(event) => setBlocks(event.currentTarget.checked)}
        />
        <Group justify="end">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button
            color="red"
            onClick={() => {
              onMark(blocks);
              onClose();
            }}
          >
            {t('props.spamMark')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
