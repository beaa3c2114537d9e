import { Link, useSearch } from '@tanstack/react-router';
import type { DuplicateView } from '#contract';
import { useI18n } from '../../../i18n/use-i18n.js';
import { ticketNumber } from '../../../ui/ticket-number.js';

/** Other open tickets of the person that may be about the same. They can be merged where tickets are merged. */
export function Duplicates({ duplicates }: { duplicates: DuplicateView[] }) {
  const { t, format } = useI18n();
  const search = useSearch({ strict: false });
  if (duplicates.length === 0) {
    return null;
  }
  return (
    <div className="props-warning">
      <span className="props-label">{t('props.duplicates')}</span>
      <ul className="props-list">
        {duplicates.map((one) => (
          <li key={one.ticketId}>
            <Link
              from="/inbox/$view/$conversation"
              to="/inbox/$view/$conversation"
              search={{ ...search, ticket: one.ticketId }}
            >
              <bdi>{t('ticket.number', { number: ticketNumber(one, format) })}</bdi> <bdi>{one.subject}</bdi>
            </Link>{' '}
            <span>({t(`props.duplicate.${one.reason}`)})</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
