import { useQuery } from '@tanstack/react-query';
import type { FieldValue, MessageView, TicketFieldView, TicketView } from '#contract';
import { keys } from '../../../api/keys.js';
import { properties } from '../../../api/properties.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { useTexts } from '../../../i18n/use-texts.js';
import { shownValue, wordsOf } from '../../../ui/field-words.js';
import { toldNumber } from '../../../ui/ticket-number.js';

type Event = NonNullable<MessageView['event']>;

interface Props {
  event: Event;
  tickets: readonly TicketView[];
}

/** Tells what happened to a ticket's properties. */
export function PropertyEvent(props: Props) {
  const isSpoken = useTexts('properties');
  return isSpoken ? <Told {...props} /> : null;
}

function Told({ event, tickets }: Props) {
  const { t, format } = useI18n();
  const number = toldNumber(event['number'], tickets, format);
  const when = (at: unknown) => format.dateTime(String(at));
  switch (event.name) {
    case 'ticket.fields':
      return <FieldsTold event={event} number={number} />;
    case 'ticket.snoozed':
      return event['until'] === null
        ? t('propEvent.snoozedReply', { number })
        : t('propEvent.snoozed', { number, when: when(event['until']) });
    case 'ticket.woken':
      return t(wokenBy[String(event['reason'])] ?? 'propEvent.wokenAgent', { number });
    case 'ticket.idle':
      return t('propEvent.idle', { number, when: when(event['closesAt']) });
    default:
      return t(event['isSpam'] === true ? 'propEvent.spam' : 'propEvent.notSpam', { number });
  }
}

const wokenBy: Partial<Record<string, 'propEvent.wokenTime' | 'propEvent.wokenReply'>> = {
  time: 'propEvent.wokenTime',
  reply: 'propEvent.wokenReply',
};

interface FieldChange {
  field: string;
  to: FieldValue | null;
}

function FieldsTold({ event, number }: { event: Event; number: string }) {
  const { t, locale, format } = useI18n();
  const fields = useQuery({ queryKey: keys.ticketFields, queryFn: ({ signal }) => properties.fields(signal) }).data;
  const told = ({ field: key, to }: FieldChange) => {
    const field = fields?.find((one: TicketFieldView) => one.key === key);
    const name = field ? wordsOf(field.name, locale) : key;
    return to === null
      ? t('propEvent.emptied', { name })
      : t('propEvent.field', {
          name,
          value: shownValue(field, to, { locale, format, yes: t('props.yes'), no: t('props.no') }),
        });
  };
  const changes = Array.isArray(event['changes']) ? (event['changes'] as FieldChange[]) : [];
  // Names and values are set apart by themselves, so that nothing in the list says in which direction it reads.
  const [mark, comma] = locale === 'fa' ? ['\u200f', '، '] : ['\u200e', ', '];
  return t('propEvent.fields', { number, names: mark + changes.map(told).join(comma) });
}
