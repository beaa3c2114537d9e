import { Button, Modal, Stack, Switch, Textarea } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { v7 as uuid } from 'uuid';
import type { ConversationView } from '#contract';
import { hub, type LoggedCall } from '../../api/hub.js';
import { useMe } from '../../api/queries.js';
import { latinDigits } from '../../i18n/latin-digits.js';
import { useTexts } from '../../i18n/use-texts.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { DialogEnd } from '../../ui/dialog-end.js';
import { useLive } from '../../live/live-context.js';
import { useAction } from '../../ui/use-action.js';
import { CallKind, CallLength, CallNumber, CallResult, CallWhen } from './log-call-parts.js';
import { startCallTimer } from './log-call-timer.js';
import { readWhen, writeWhen } from './log-call-when.js';
import './call-card.css';

/** What is known of the call before it is written down. */
export interface CallBeginning {
  address?: string | undefined;
  direction?: LoggedCall['direction'];
  startedAt?: Date;
  minutes?: number;
}

interface Props {
  view: ConversationView;
  /** The ticket that the agent looks at. */
  ticketId?: string | undefined;
  beginning?: CallBeginning;
  /** A call that goes on is timed already. */
  isTimed?: boolean;
  onLogged?: () => void;
  onClose: () => void;
}

/** Writes down a call that no telephone system told the hub about. */
export function LogCallForm(props: Props) {
  const { t } = useI18n();
  const isSpoken = useTexts('callSources');
  return (
    <Modal opened onClose={props.onClose} title={t('call.log')} closeButtonProps={{ 'aria-label': t('common.close') }}>
      {isSpoken && <Fields {...props} />}
    </Modal>
  );
}

interface Draft {
  direction: LoggedCall['direction'];
  outcome: LoggedCall['outcome'];
  address: string;
  when: string;
  /** When that was typed: what a time of today means, and what is yet to come. */
  typedAt: Date;
  minutes: string;
  disposition: string;
  followUp: boolean;
  note: string;
}

function Fields({ view, ticketId, beginning = {}, isTimed = false, onLogged, onClose }: Props) {
  const { t, locale, format } = useI18n();
  const { cache } = useLive();
  const { id: agent } = useMe();
  const [key] = useState(() => uuid());
  const phone = view.customer.identities.find(({ kind }) => kind === 'phone');
  const [draft, setDraft] = useState<Draft>(() => ({
    direction: beginning.direction ?? 'out',
    outcome: 'answered',
    address: beginning.address ?? phone?.address ?? '',
    when: writeWhen(beginning.startedAt ?? new Date(), locale),
    typedAt: new Date(),
    minutes: format.number(beginning.minutes ?? 5),
    disposition: '',
    followUp: false,
    note: '',
  }));
  const change = (part: Partial<Draft>) => setDraft((now) => ({ ...now, ...part }));
  const began = readWhen(draft.when, draft.typedAt);
  const log = useAction(
    (call: LoggedCall) => hub.logCall(view.id, call, key),
    (message) => {
      cache.putMessages(view.id, [message]);
      onLogged?.();
      onClose();
    },
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (began) {
      log.mutate(loggedCall(draft, began, ticketId));
    }
  };
  const time = () => {
    const { address, direction } = draft;
    startCallTimer({ agent, conversation: view.id, since: new Date().toISOString(), address, direction });
    onClose();
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        {!isTimed && (
          <Button variant="light" onClick={time}>
            {t('logCall.startTimer')}
          </Button>
        )}
        <CallKind {...draft} onChange={change} />
        <CallNumber view={view} address={draft.address} onChange={(address) => change({ address })} />
        <div className="call-when">
          <CallWhen
            when={draft.when}
            began={began}
            isFuture={began !== null && began > draft.typedAt}
            onChange={(when) => change({ when, typedAt: new Date() })}
          />
          <CallLength minutes={draft.minutes} onChange={(minutes) => change({ minutes })} />
        </div>
        <Textarea
          label={t('call.note')}
          rows={4}
          value={draft.note}
          onChange={(event) => change({ note: event.currentTarget.value })}
        />
        <CallResult value={draft.disposition} onChange={(disposition) => change({ disposition })} />
        <Switch
          label={t('logCall.followUp')}
          description={t('logCall.followUpHint')}
          checked={draft.followUp}
          onChange={(event) => change({ followUp: event.currentTarget.checked })}
        />
        <DialogEnd submit={t('call.save')} isBusy={log.isPending} onCancel={onClose} />
      </Stack>
    </form>
  );
}

function loggedCall(draft: Draft, began: Date, ticketId: string | undefined): LoggedCall {
  return {
    direction: draft.direction,
    outcome: draft.outcome,
    address: latinDigits(draft.address).trim(),
    startedAt: began.toISOString(),
    durationSeconds: Math.round(Number(latinDigits(draft.minutes).replace('٫', '.')) * 60) || 0,
    note: draft.note.trim(),
    followUp: draft.followUp,
    ...(draft.disposition !== '' && { disposition: draft.disposition }),
    ...(ticketId !== undefined && { ticketId }),
  };
}
