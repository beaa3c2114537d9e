import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { TicketDetailView, TicketView } from '#contract';
import { keys } from '../../../api/keys.js';
import { lifecycle } from '../../../api/lifecycle.js';
import { latinDigits } from '../../../i18n/latin-digits.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { useLive } from '../../../live/live-context.js';
import { Dialog } from '../../../ui/dialog.js';
import { useAction } from '../../../ui/use-action.js';
import { ticketNumber, ticketSign } from '../../../ui/ticket-number.js';

interface Props {
  ticket: TicketView;
  person: string;
  onClose: () => void;
}

/** Finds the ticket that this one is a part of, by its number, and makes it its parent. */
export function ParentDialog({ ticket, person, onClose }: Props) {
  const { t, format } = useI18n();
  const { cache } = useLive();
  const [number, setNumber] = useState('');
  const [found, setFound] = useState<TicketDetailView | null>(null);
  const find = useAction((ref: string) => lifecycle.get(ref), setFound);
  const set = useAction(
    (parent: string) => lifecycle.setParent(ticket.id, parent),
    ({ ticket: changed }) => {
      cache.putTicket(person, changed);
      cache.refetch(keys.everyTicketKin);
      onClose();
    },
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setFound(null);
    find.mutate(latinDigits(number.trim()));
  };
  return (
    <Dialog title={t('family.parentTitle', { number: ticketNumber(ticket, format) })} onClose={onClose}>
      <Stack>
        <p>{t('family.parentIntro')}</p>
        <form onSubmit={submit}>
          <Group align="end">
            <TextInput
              label={t('family.parentNumber')}
              required
              data-autofocus
              inputMode="numeric"
              value={number}
              onChange={(event) => setNumber(event.currentTarget.value)}
            />
            <Button type="submit" variant="default" loading={find.isPending}>
              {t('family.parentFind')}
            </Button>
          </Group>
        </form>
        {found && (
          <p aria-live="polite">
            <strong>{ticketSign(found.ticket, format)}</strong> <bdi>{found.ticket.subject}</bdi>
          </p>
        )}
        <Group justify="end">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button disabled={!found} loading={set.isPending} onClick={() => found && set.mutate(found.ticket.id)}>
            {t('family.parentSet')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
