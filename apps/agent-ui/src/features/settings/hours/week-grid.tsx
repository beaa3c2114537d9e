import { ActionIcon, CloseButton } from '@mantine/core';
import { useI18n } from '../../../i18n/use-i18n.js';
import { IconPlus } from '../../../ui/icons.js';
import { TimeField } from './time-field.js';
import { weekOf, type Season } from './week.js';

/** A Monday; weekdays are named by the days that follow it. */
const monday = Date.UTC(2024, 0, 1, 12);
const dayMs = 86_400_000;
const usual = { from: 480, to: 1020 };

interface Props {
  season: Season;
  onChange: (season: Season) => void;
}

/** The openings of each day of a week. */
export function WeekGrid({ season, onChange }: Props) {
  const { t, locale } = useI18n();
  const name = new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' });
  const setDay = (weekday: number, parts: Season['days'][number]) =>
    onChange({ ...season, days: { ...season.days, [weekday]: parts } });
  return (
    <table className="hours-week">
      <tbody>
        {weekOf(locale).map((weekday) => {
          const parts = season.days[weekday] ?? [];
          const day = name.format(new Date(monday + (weekday - 1) * dayMs));
          return (
            <tr key={weekday}>
              <th scope="row">{day}</th>
              <td>
                {parts.length === 0 && <span className="settings-hint">{t('hours.closed')}</span>}
                {parts.map((part, index) => (
                  <span className="hours-part" key={index}>
                    <TimeField
                      label={t('hours.from', { day })}
                      value={part.from}
                      onChange={(from) => setDay(weekday, parts.with(index, { ...part, from }))}
                    />
                    <span aria-hidden>–</span>
                    <TimeField
                      label={t('hours.to', { day })}
                      value={part.to}
                      onChange={(to) => setDay(weekday, parts.with(index, { ...part, to }))}
                    />
                    <CloseButton
                      aria-label={t('hours.removeOpening', { day })}
                      onClick={() => setDay(weekday, parts.toSpliced(index, 1))}
                    />
                  </span>
                ))}
              </td>
              <td>
                <ActionIcon
                  aria-label={t('hours.addOpening', { day })}
                  title={t('hours.addOpening', { day })}
                  onClick={() => setDay(weekday, [...parts, nextPart(parts)])}
                >
                  <IconPlus size={17} />
                </ActionIcon>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** The afternoon after a morning, else a usual day. */
function nextPart(parts: Season['days'][number]): { from: number; to: number } {
  const last = parts.at(-1);
  return last ? { from: Math.min(last.to + 60, 1380), to: Math.min(last.to + 300, 1440) } : usual;
}
