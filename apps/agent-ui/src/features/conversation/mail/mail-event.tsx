import type { MailView } from '#contract';
import { useI18n } from '../../../i18n/use-i18n.js';
import { IconCalendar } from '../../../ui/icons.js';

type Calendar = NonNullable<MailView['calendar']>;

/** The meeting that a mail invites to; its file is among the attachments. */
export function MailEvent({ calendar }: { calendar: Calendar | null }) {
  const { t } = useI18n();
  const timeOf = useEventTime();
  if (!calendar) {
    return null;
  }
  const { method, summary, start, end, location, organizer } = calendar;
  return (
    <div className="mail-event">
      <IconCalendar size={20} aria-hidden />
      <div>
        <strong>{method === 'CANCEL' ? t('mail.eventCancelled') : t('mail.event')}</strong>
        <bdi>{summary}</bdi>
        <span>{end ? t('mail.eventSpan', { from: timeOf(start), to: timeOf(end) }) : timeOf(start)}</span>
        {location && <bdi>{location}</bdi>}
        {organizer && <bdi>{organizer}</bdi>}
      </div>
    </div>
  );
}

/** Whole days have no time of day, and must not get one from the reader's zone. */
function useEventTime(): (at: string) => string {
  const { format } = useI18n();
  return (at) => (/^\d{4}-\d\d-\d\d$/u.test(at) ? format.day(`${at}T12:00:00`) : format.dateTime(at));
}
