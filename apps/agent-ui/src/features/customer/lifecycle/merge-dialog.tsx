import { Button, Group, Radio, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { TicketMergePreview, TicketView } from '#contract';
import { keys } from '../../../api/keys.js';
import { lifecycle } from '../../../api/lifecycle.js';
import { conversationQuery, useAgents } from '../../../api/queries.js';
import { isolate } from '../../../i18n/isolate.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { useTicketChanges } from '../../../live/use-ticket-changes.js';
import { Dialog } from '../../../ui/dialog.js';
import { Empty, Failed } from '../../../ui/states.js';
import { ticketNumber, ticketSign } from '../../../ui/ticket-number.js';

interface Props {
  ticket: TicketView;
  person: string;
  onClose: () => void;
}

/** Chooses the ticket that stays, says what would happen, and merges. */
export function MergeDialog({ ticket, person, onClose }: Props) {
  const { t, format } = useI18n();
  const [into, setInto] = useState<string | null>(null);
  const { make, isBusy } = useTicketChanges(person, onClose);
  const others = (useQuery({ ...conversationQuery(person), enabled: false }).data?.tickets ?? []).filter(
    ({ id, state }) => id !== ticket.id && state !== 'closed',
  );
  const preview = useQuery({
    queryKey: keys.ticketMerge(ticket.id, into ?? ''),
    queryFn: ({ signal }) => lifecycle.previewMerge(ticket.id, into ?? '', signal),
    enabled: into !== null,
    staleTime: 0,
  });
  const isPossible = preview.data !== undefined && preview.data.refused === null;
  return (
    <Dialog title={t('tidy.mergeTitle', { number: ticketNumber(ticket, format) })} onClose={onClose}>
      <Stack>
        {others.length === 0 ? <Empty>{t('tidy.mergeNone')}</Empty> : <p>{t('tidy.mergeIntro')}</p>}
        {others.length > 0 && (
          <Radio.Group label={t('tidy.mergeInto')} value={into} onChange={setInto}>
            <Stack gap={6} mt={6}>
              {others.map((one) => (
                <Radio
                  key={one.id}
                  value={one.id}
                  label={`${ticketSign(one, format)} · ${isolate(one.subject)} · ${t(`ticket.state.${one.state}`)}`}
                />
              ))}
            </Stack>
          </Radio.Group>
        )}
        {preview.isError && (
          <Failed what={t('tidy.mergeInto')} error={preview.error} retry={() => void preview.refetch()} />
        )}
        {preview.data && <Outcome preview={preview.data} />}
        <Group justify="end">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button
            disabled={into === null || !isPossible}
            loading={isBusy}
            onClick={() => make(() => lifecycle.merge(ticket.id, into ?? ''))}
          >
            {t('tidy.merge')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}

function Outcome({ preview: { into, messages, holder, refused } }: { preview: TicketMergePreview }) {
  const { t, format } = useI18n();
  const name = useAgents().find(({ id }) => id === holder)?.name;
  if (refused !== null) {
    return <p role="alert">{t(`tidy.refused.${refused}`)}</p>;
  }
  return (
    <ul className="people-note" aria-live="polite">
      <li>{t('tidy.preview', { count: messages, number: ticketNumber(into, format) })}</li>
      {name !== undefined && <li>{t('tidy.previewHolder', { name })}</li>}
      <li>{t('tidy.previewClocks')}</li>
      <li>{t('tidy.previewUndo')}</li>
    </ul>
  );
}
