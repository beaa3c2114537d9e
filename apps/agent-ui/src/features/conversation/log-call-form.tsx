import { Button, Group, Modal, NativeSelect, Stack, Textarea, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { v7 as uuid } from 'uuid';
import type { ConversationView } from '#contract';
import { hub, type LoggedCall } from '../../api/hub.js';
import { asciiDigits } from '../../i18n/formats.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { useLive } from '../../live/live-context.js';
import { useAction } from '../../ui/use-action.js';

const outcomes = ['answered', 'missed', 'busy', 'failed', 'voicemail', 'abandoned', 'cancelled'] as const;

/** Writes down a call that no telephone system told the hub about. */
export function LogCallForm({ view, onClose }: { view: ConversationView; onClose: () => void }) {
  const { t, format } = useI18n();
  const { cache } = useLive();
  const [key] = useState(() => uuid());
  const phone = view.customer.identities.find(({ kind }) => kind === 'phone');
  const [direction, setDirection] = useState<LoggedCall['direction']>('out');
  const [outcome, setOutcome] = useState<LoggedCall['outcome']>('answered');
  const [address, setAddress] = useState(phone?.address ?? '');
  const [startedAt, setStartedAt] = useState(() => localMinute(new Date()));
  const [minutes, setMinutes] = useState('5');
  const [note, setNote] = useState('');
  const log = useAction(
    (call: LoggedCall) => hub.logCall(view.id, call, key),
    (message) => {
      cache.putMessages(view.id, [message]);
      onClose();
    },
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    log.mutate({
      direction,
      outcome,
      address: asciiDigits(address).trim(),
      startedAt: new Date(startedAt).toISOString(),
      durationSeconds: Math.round(Number(asciiDigits(minutes)) * 60) || 0,
      note: note.trim(),
    });
  };
  return (
    <Modal opened onClose={onClose} title={t('call.log')} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <form onSubmit={submit}>
        <Stack>
          <CallKind direction={direction} outcome={outcome} onDirection={setDirection} onOutcome={setOutcome} />
          <TextInput
            label={t('call.number')}
            type="tel"
            dir="ltr"
            required
            value={address}
            onChange={(event) => setAddress(event.currentTarget.value)}
          />
          <div className="call-when">
            <TextInput
              label={t('call.startedAt')}
              description={startedAt && format.dateTime(new Date(startedAt).toISOString())}
              type="datetime-local"
              required
              value={startedAt}
              onChange={(event) => setStartedAt(event.currentTarget.value)}
            />
            <TextInput
              label={t('call.minutes')}
              inputMode="decimal"
              value={minutes}
              onChange={(event) => setMinutes(event.currentTarget.value)}
            />
          </div>
          <Textarea
            label={t('call.note')}
            rows={4}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          <Group justify="end">
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" loading={log.isPending}>
              {t('call.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

interface CallKindProps {
  direction: LoggedCall['direction'];
  outcome: LoggedCall['outcome'];
  onDirection: (direction: LoggedCall['direction']) => void;
  onOutcome: (outcome: LoggedCall['outcome']) => void;
}

function CallKind({ direction, outcome, onDirection, onOutcome }: CallKindProps) {
  const { t } = useI18n();
  return (
    <Group grow align="start">
      <NativeSelect
        label={t('call.direction')}
        value={direction}
        onChange={(event) => onDirection(event.currentTarget.value as LoggedCall['direction'])}
        data={(['out', 'in'] as const).map((value) => ({ value, label: t(`call.${value}`) }))}
      />
      <NativeSelect
        label={t('call.outcome')}
        value={outcome}
        onChange={(event) => onOutcome(event.currentTarget.value as LoggedCall['outcome'])}
        data={outcomes.map((value) => ({ value, label: t(`call.${value}`) }))}
      />
    </Group>
  );
}

/** The reader's own wall clock, as the field wants it. */
function localMinute(date: Date): string {
  const local = new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}
