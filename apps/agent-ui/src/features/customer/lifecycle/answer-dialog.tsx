import { Checkbox, Stack, Textarea } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { v7 as uuid } from 'uuid';
import type { IncidentAnswerView, TicketDetailView } from '#contract';
import { keys } from '../../../api/keys.js';
import { lifecycle } from '../../../api/lifecycle.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { DialogEnd } from '../../../ui/dialog-end.js';
import { useLive } from '../../../live/live-context.js';
import { Dialog } from '../../../ui/dialog.js';
import { notify } from '../../../ui/notify.js';
import { useAction } from '../../../ui/use-action.js';
import { ticketSign } from '../../../ui/ticket-number.js';

/** Writes one answer to all open children, and solves them with it where that is wished. */
export function AnswerDialog({ kin, onClose }: { kin: TicketDetailView; onClose: () => void }) {
  const { t } = useI18n();
  const { cache } = useLive();
  // The same order sent again goes on where it was interrupted, so it keeps its id.
  const [id] = useState(() => uuid());
  const [body, setBody] = useState('');
  const [solves, setSolves] = useState(false);
  const [result, setResult] = useState<IncidentAnswerView | null>(null);
  const open = kin.children.filter(({ state }) => state !== 'solved' && state !== 'closed').length;
  const send = useAction(
    async () => {
      const answer = await lifecycle.answerChildren(kin.ticket.id, { id, body: body.trim() });
      if (solves) {
        await lifecycle.solveChildren(kin.ticket.id);
      }
      return answer;
    },
    (answer) => {
      cache.refetch(keys.everyTicketKin, keys.everyConversation, keys.everyList);
      if (answer.refused.length === 0) {
        notify(t('family.answered', { count: answer.written }));
        onClose();
      } else {
        setResult(answer);
      }
    },
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send.mutate(undefined);
  };
  return (
    <Dialog title={t('family.answerTitle')} onClose={onClose}>
      {result ? (
        <Refused answer={result} />
      ) : (
        <form onSubmit={submit}>
          <Stack>
            <p>{t('family.answerIntro', { count: open })}</p>
            <Textarea
              label={t('family.answerText')}
              required
              autosize
              minRows={4}
              maxLength={20_000}
              data-autofocus
              dir="auto"
              value={body}
              onChange={(event) => setBody(event.currentTarget.value)}
            />
            <Checkbox
              label={t('family.answerSolve')}
              checked={solves}
              onChange={(event) => setSolves(event.currentTarget.checked)}
            />
            <DialogEnd
              submit={t('family.answerSend')}
              isBusy={send.isPending}
              isDisabled={body.trim() === ''}
              onCancel={onClose}
            />
          </Stack>
        </form>
      )}
    </Dialog>
  );
}

function Refused({ answer: { written, refused } }: { answer: IncidentAnswerView }) {
  const { t, format } = useI18n();
  return (
    <Stack role="alert">
      <p>{t('family.answered', { count: written })}</p>
      <p>{t('family.answerRefused')}</p>
      <ul>
        {refused.map(({ ticket }) => (
          <li key={ticket.id}>
            {ticketSign(ticket, format)} <bdi>{ticket.customer}</bdi>
          </li>
        ))}
      </ul>
    </Stack>
  );
}
