import type { MessageView } from '#contract';
import { useI18n } from '../../i18n/use-i18n.js';

const known = [
  'ticket_opened',
  'ticket_assigned',
  'ticket_solved',
  'ticket_reopened',
  'ticket_state',
  'handed_over',
  'merged',
  'unmerged',
  'identity_added',
  'opted_out',
  'rated',
] as const;

/** Something that happened rather than was said. */
export function EventLine({ message }: { message: MessageView }) {
  const { t, format } = useI18n();
  const name = message.event?.name.replaceAll('.', '_');
  const told = known.find((one) => one === name);
  return (
    <p className="event-line">
      <span className="words">{told ? t(`event.${told}`) : message.body || t('event.other')}</span>
      {told && message.body && <bdi>{message.body}</bdi>}
      <time dateTime={message.at}>{format.time(message.at)}</time>
    </p>
  );
}
