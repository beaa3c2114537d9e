import { Box, Checkbox, Radio, Stack, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { ConversationView, MessageView } from '#contract';
import { lifecycle } from '../../../api/lifecycle.js';
import { isolate } from '../../../i18n/isolate.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { DialogEnd } from '../../../ui/dialog-end.js';
import { useTexts } from '../../../i18n/use-texts.js';
import { useTicketChanges } from '../../../live/use-ticket-changes.js';
import { Dialog } from '../../../ui/dialog.js';
import { ticketNumber, ticketSign } from '../../../ui/ticket-number.js';

interface Props {
  /** The message that it was opened at: chosen to begin with. */
  message: MessageView;
  view: ConversationView;
  onClose: () => void;
}

const aNewOne = 'new';

/** Chooses several messages of one ticket and gives them to another one, or to a new one. */
export function MoveDialog({ message, view, onClose }: Props) {
  const isSpoken = useTexts('tickets');
  const { t, format } = useI18n();
  const [chosen, setChosen] = useState<readonly string[]>([message.id]);
  const [into, setInto] = useState(aNewOne);
  const [subject, setSubject] = useState('');
  const { make, isBusy } = useTicketChanges(view.id, onClose);
  if (!isSpoken) {
    return null;
  }
  const ticket = view.tickets.find(({ id }) => id === message.ticketId);
  const candidates = view.messages.filter(
    ({ ticketId, kind, withheld }) => ticketId === message.ticketId && kind !== 'event' && !withheld,
  );
  const others = view.tickets.filter(({ id, state }) => id !== message.ticketId && state !== 'closed');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const moved = candidates.filter(({ id }) => chosen.includes(id));
    make(() =>
      into === aNewOne ? lifecycle.split(view.id, moved, subject.trim()) : lifecycle.move(view.id, moved, into),
    );
  };
  return (
    <Dialog title={t('tidy.moveTitle')} onClose={onClose} size="lg">
      <form onSubmit={submit}>
        <Stack>
          <p>{t('tidy.moveIntro')}</p>
          <Box component="fieldset" mah={300} m={0} style={{ overflowY: 'auto' }}>
            <legend>
              {ticket ? t('tidy.moveWhich', { number: ticketNumber(ticket, format) }) : t('tidy.moveLoose')}
            </legend>
            <Checkbox.Group value={[...chosen]} onChange={setChosen}>
              <Stack gap={6}>
                {candidates.map((one) => (
                  <Checkbox key={one.id} value={one.id} label={<Words message={one} />} />
                ))}
              </Stack>
            </Checkbox.Group>
          </Box>
          <Radio.Group label={t('tidy.moveInto')} value={into} onChange={setInto}>
            <Stack gap={6} mt={6}>
              <Radio value={aNewOne} label={t('tidy.moveNew')} />
              {others.map((one) => (
                <Radio key={one.id} value={one.id} label={`${ticketSign(one, format)} · ${isolate(one.subject)}`} />
              ))}
            </Stack>
          </Radio.Group>
          {into === aNewOne && (
            <TextInput
              label={t('tidy.moveSubject')}
              description={t('tidy.moveSubjectHint')}
              maxLength={300}
              value={subject}
              onChange={(event) => setSubject(event.currentTarget.value)}
            />
          )}
          <DialogEnd submit={t('tidy.move')} isBusy={isBusy} isDisabled={chosen.length === 0} onCancel={onClose} />
        </Stack>
      </form>
    </Dialog>
  );
}

function Words({ message: { at, kind, body, subject } }: { message: MessageView }) {
  const { t, format } = useI18n();
  const words = body.trim() || subject || t('tidy.files');
  return (
    <Stack component="span" gap={0}>
      <small>
        {format.dateTime(at)}
        {kind === 'note' && ` · ${t('tidy.noteMark')}`}
      </small>
      <bdi className="one-line">{words}</bdi>
    </Stack>
  );
}
