import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { CallView, ConversationView, MessageView } from '#contract';
import { callSourceKeys, callSources } from '../../api/call-sources.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { ticketNumber } from '../../ui/ticket-number.js';
import { causeWord, talkSeconds } from './call-stage.js';

interface Props {
  message: MessageView;
  call: CallView;
  view: ConversationView;
}

/** The figures of a call. */
export function CallFigures({ call }: Pick<Props, 'call'>) {
  const { t, format } = useI18n();
  const talked = talkSeconds(call);
  return (
    <dl className="call-facts">
      {call.waitSeconds !== null && <Fact name={t('callCard.waited')}>{format.duration(call.waitSeconds)}</Fact>}
      {talked > 0 && <Fact name={t('callCard.talked')}>{format.duration(talked)}</Fact>}
      {call.queue && (
        <Fact name={t('callCard.queue')}>
          <bdi>{call.queue}</bdi>
        </Fact>
      )}
      {call.disposition && <Disposition of={call.disposition} />}
    </dl>
  );
}

/** What is rarely asked for, behind a line. */
export function CallDetails({ message, call, view }: Props) {
  const { t, format } = useI18n();
  const ticket = view.tickets.find(({ id }) => id === message.ticketId);
  return (
    <details className="call-more">
      <summary>{t('callCard.details')}</summary>
      <dl className="call-facts" data-list>
        {message.channel && (
          <Fact name={t('callCard.line')}>
            <bdi>{message.channel.name}</bdi> {call.line && <bdi dir="ltr">{call.line}</bdi>}
          </Fact>
        )}
        {call.startedAt && <Fact name={t('callCard.began')}>{format.dateTime(call.startedAt)}</Fact>}
        {call.endedAt && <Fact name={t('callCard.ended')}>{format.dateTime(call.endedAt)}</Fact>}
        {call.cause && <Cause cause={call.cause} />}
        {ticket && (
          <Fact name={t('callCard.ticket')}>
            <bdi>{t('ticket.number', { number: ticketNumber(ticket, format) })}</bdi> <bdi>{ticket.subject}</bdi>
          </Fact>
        )}
        {call.source && <Fact name={t('callCard.source')}>{t(`callCard.source_${call.source}`)}</Fact>}
      </dl>
    </details>
  );
}

/** By its name in the reader's language; by its key until that is known, and where nobody keeps it any more. */
function Disposition({ of: key }: { of: string }) {
  const { t, locale } = useI18n();
  const known = useQuery({
    queryKey: callSourceKeys.dispositions,
    queryFn: ({ signal }) => callSources.dispositions(signal),
    staleTime: 300_000,
  }).data?.find((one) => one.key === key);
  return (
    <Fact name={t('callCard.disposition')}>
      <bdi>{known?.names[locale] ?? key}</bdi>
    </Fact>
  );
}

function Cause({ cause }: { cause: string }) {
  const { t } = useI18n();
  const word = causeWord(cause);
  return (
    <Fact name={t('callCard.cause')}>
      {word && `${t(`callCard.cause_${word}`)} `}
      <bdi dir="ltr" className="call-code">
        {cause}
      </bdi>
    </Fact>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
