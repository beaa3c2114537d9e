import { Button, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import type { CalendarView } from '#contract';
import { serviceTerms, type CalendarDraft } from '../../../api/service-terms.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { IconPlus } from '../../../ui/icons.js';
import { FormEnd } from '../../../ui/form-end.js';
import { OwnDays } from './own-days.js';
import { SeasonDates } from './season-dates.js';
import { WeekGrid } from './week-grid.js';
import { emptySeason, seasonsOf, windowsOf, type Season } from './week.js';

interface Props {
  calendar: CalendarView | null;
  onSaved: () => void;
  onCancel: () => void;
}

export function CalendarForm({ calendar, onSaved, onCancel }: Props) {
  const { t } = useI18n();
  const [name, setName] = useState(calendar?.name ?? '');
  const [timeZone, setTimeZone] = useState(calendar?.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone);
  const [seasons, setSeasons] = useState<Season[]>(() => seasonsOf(calendar?.windows ?? []));
  const [exceptions, setExceptions] = useState(calendar?.exceptions ?? []);
  const save = useMutation({
    mutationFn: (draft: CalendarDraft) =>
      calendar ? serviceTerms.changeCalendar(calendar.id, draft) : serviceTerms.addCalendar(draft),
    onSuccess: onSaved,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate({ name: name.trim(), timeZone, windows: windowsOf(seasons), exceptions });
  };
  return (
    <form onSubmit={submit}>
      <Stack maw={640}>
        <TextInput
          label={t('hours.name')}
          required
          maxLength={100}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <NativeSelect
          label={t('hours.timeZone')}
          dir="ltr"
          data={zonesWith(timeZone)}
          value={timeZone}
          onChange={(event) => setTimeZone(event.currentTarget.value)}
        />
        {seasons.map((season, index) => (
          <fieldset className="form-part" key={index}>
            <legend>{t('hours.week')}</legend>
            {(seasons.length > 1 || season.since !== null || season.until !== null) && (
              <SeasonDates
                season={season}
                onChange={(changed) => setSeasons(seasons.with(index, changed))}
                onRemove={() => setSeasons(seasons.toSpliced(index, 1))}
              />
            )}
            <WeekGrid season={season} onChange={(changed) => setSeasons(seasons.with(index, changed))} />
          </fieldset>
        ))}
        <Button
          variant="subtle"
          className="hours-season"
          leftSection={<IconPlus size={16} />}
          onClick={() => setSeasons([...seasons, emptySeason()])}
        >
          {t('hours.addSeason')}
        </Button>
        <OwnDays days={exceptions} onChange={setExceptions} />
        <FormEnd error={save.error} isSaving={save.isPending} onCancel={onCancel} />
      </Stack>
    </form>
  );
}

/** The zones that the browser knows; a calendar's own stays among them under whatever name it has. */
function zonesWith(chosen: string): string[] {
  const known = Intl.supportedValuesOf('timeZone');
  return known.includes(chosen) ? known : [chosen, ...known];
}
