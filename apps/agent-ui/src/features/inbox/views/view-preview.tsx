import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { ViewFilter, ViewSort } from '#contract';
import { views } from '../../../api/views.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { useProblemText } from '../../../ui/problem-text.js';
import { ticketSign } from '../../../ui/ticket-number.js';

const restMs = 400;

/** How many tickets a view shows while it is written, and the first of them. A null filter is not finished. */
export function ViewPreviewBox({ filter, sort }: { filter: ViewFilter | null; sort: ViewSort }) {
  const { t, format } = useI18n();
  const problemText = useProblemText();
  const asked = useRested(filter === null ? null : JSON.stringify({ filter, sort }));
  const preview = useQuery({
    queryKey: ['view-preview', asked],
    queryFn: ({ signal }) => views.preview(JSON.parse(asked ?? '{}') as { filter: ViewFilter; sort: ViewSort }, signal),
    enabled: asked !== null,
    placeholderData: (known) => known,
    retry: false,
  });
  const shown = filter === null ? undefined : preview.data;
  return (
    <section className="view-preview" aria-label={t('views.preview')} aria-live="polite" aria-busy={preview.isFetching}>
      <h3>
        {shown && shown.count > 0
          ? t('views.previewCount', {
              count: shown.count,
              shown: shown.isMore ? `${format.number(Math.min(shown.count, 99))}+` : format.number(shown.count),
            })
          : t('views.preview')}
      </h3>
      {filter === null && <p className="view-note">{t('views.incomplete')}</p>}
      {filter !== null && preview.isError && <p className="view-problem">{problemText(preview.error)}</p>}
      {shown?.count === 0 && !shown.isMore && <p className="view-note">{t('views.previewNone')}</p>}
      <ul>
        {shown?.rows.map(({ ticket, customer }) => (
          <li key={ticket.id}>
            <span className="one-line">
              <bdi>{customer.name || t('views.someone')}</bdi>
              {ticket.subject && (
                <>
                  {' · '}
                  <bdi>{ticket.subject}</bdi>
                </>
              )}
            </span>
            <small>{ticketSign(ticket, format)}</small>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What has not changed for a moment: nobody is asked at every letter. */
function useRested(value: string | null): string | null {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), restMs);
    return () => clearTimeout(timer);
  }, [value]);
  return rested;
}
