import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { RaisedHandView } from '#contract';
import { keys } from '../../api/keys.js';
import { steering } from '../../api/steering.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { IconHand } from '../../ui/icons.js';
import { useAction } from '../../ui/use-action.js';
import { useNow } from '../../ui/use-now.js';

/** Help that the reader asked for, until somebody came. */
export function OwnHand({ person, hand }: { person: string; hand: RaisedHandView | null }) {
  const { t, format } = useI18n();
  const now = useNow();
  const queries = useQueryClient();
  const lower = useAction(
    () => steering.lowerOwn(person),
    () => void queries.invalidateQueries({ queryKey: keys.everySteering(person) }),
  );
  if (!hand) {
    return null;
  }
  return (
    <div className="steering-line">
      <IconHand size={16} aria-hidden />
      <output className="steering-line">
        <span>{t('steering.asked')}</span>{' '}
        {hand.takenBy && <strong>{t('steering.isOn', { name: hand.takenBy.name })}</strong>}
      </output>
      <time dateTime={hand.raisedAt}>{format.ago(hand.raisedAt, now)}</time>
      <Button size="compact-xs" variant="default" loading={lower.isPending} onClick={() => lower.mutate(undefined)}>
        {t('steering.lowerOwn')}
      </Button>
    </div>
  );
}
