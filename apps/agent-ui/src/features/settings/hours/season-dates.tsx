import { Button, Group } from '@mantine/core';
import { useI18n } from '../../../i18n/use-i18n.js';
import { DayField } from '../../../ui/dates/day-field.js';
import type { Season } from './week.js';

interface Props {
  season: Season;
  onChange: (season: Season) => void;
  onRemove: () => void;
}

/** From when to when weekly hours hold; without a day they hold for ever on that side. */
export function SeasonDates({ season, onChange, onRemove }: Props) {
  const { t } = useI18n();
  const field = (side: 'since' | 'until') => (
    <DayField
      label={t(`hours.${side}`)}
      value={season[side] ?? null}
      onChange={(day) => onChange({ ...season, [side]: day })}
    />
  );
  return (
    <Group align="start" gap="xs">
      {field('since')}
      {field('until')}
      <Button variant="subtle" color="red" onClick={onRemove}>
        {t('hours.removeSeason')}
      </Button>
    </Group>
  );
}
