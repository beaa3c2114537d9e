import { ActionIcon } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import type { TicketView } from '#contract';
import { useI18n } from '../../i18n/use-i18n.js';
import { useTexts } from '../../i18n/use-texts.js';
import { usePlace } from '../../live/use-place.js';
import { IconEdit } from '../../ui/icons.js';

const NeedsForm = lazy(async () => ({ default: (await import('./needs-form.js')).NeedsForm }));

/** Whom a waiting ticket needs: skills, and who is asked first. */
export function TicketNeeds({ ticket }: { ticket: TicketView }) {
  const isSpoken = useTexts('routing');
  const { t, format } = useI18n();
  const place = usePlace(ticket, 30_000);
  const [isEdited, setEdited] = useState(false);
  if (!isSpoken || !place) {
    return null;
  }
  const level = format.number(place.skillLevel);
  return (
    <div className="ticket-needs">
      <span className="ticket-needs-label">{t('place.needs')}</span>
      {place.skills.map(({ id, name }) => (
        <span key={id} className="chip">
          {t('place.skill', { name, level })}
        </span>
      ))}
      {place.preferred && <span className="chip">{t('place.preferred', { name: place.preferred.name })}</span>}
      {place.skills.length === 0 && !place.preferred && <span className="chip">{t('place.anybody')}</span>}
      <ActionIcon size="md" aria-label={t('place.edit')} title={t('place.edit')} onClick={() => setEdited(true)}>
        <IconEdit size={16} />
      </ActionIcon>
      <Suspense>{isEdited && <NeedsForm ticket={ticket} place={place} onClose={() => setEdited(false)} />}</Suspense>
    </div>
  );
}
