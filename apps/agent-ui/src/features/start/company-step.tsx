import { Button, CloseButton, NativeSelect, Skeleton, Stack, Switch, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState, type ComponentType, type FormEvent } from 'react';
import type { CalendarView, HubStartView, QueueView } from '#contract';
import { hub as calls } from '../../api/hub.js';
import { keys } from '../../api/keys.js';
import { isProblem } from '../../api/problem.js';
import { serviceTerms } from '../../api/service-terms.js';
import { start, type CompanyDraft } from '../../api/start.js';
import type { Locale } from '../../i18n/i18n.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { IconPlus } from '../../ui/icons.js';
import { useProblemText } from '../../ui/problem-text.js';
import type { StepWays } from './start-page.js';
import { StepFrame } from './step-frame.js';
import { useKept } from './use-kept.js';
import { countryOf, guessWeek, weekDraftOf, type WeekDraft } from './week-draft.js';

interface TimeFieldProps {
  label: string;
  value: number;
  onChange: (value: number) => void;
}

interface Props extends StepWays {
  TimeField: ComponentType<TimeFieldProps>;
}

interface Draft {
  name: string;
  timeZone: string;
  locale: Locale;
  /** null: always open; 'kept': as the settings have it. */
  week: WeekDraft | null | 'kept';
  holidays: boolean;
  queues: { id?: string; name: string }[];
}

/** Whose hub it is, when somebody is there, and what the work is called. */
export function CompanyStep(props: Props) {
  const calendars = useQuery({ queryKey: keys.calendars, queryFn: ({ signal }) => serviceTerms.calendars(signal) });
  const queues = useQuery({ queryKey: keys.queues, queryFn: calls.queues });
  if (!calendars.data || !queues.data) {
    return <Skeleton height={320} />;
  }
  return <CompanyForm {...props} calendars={calendars.data} queues={queues.data} />;
}

const formId = 'start-company';

function CompanyForm({
  hub,
  onNext,
  onSkip,
  onBack,
  TimeField,
  calendars,
  queues,
}: Props & { calendars: CalendarView[]; queues: QueueView[] }) {
  const { t, locale } = useI18n();
  const problemText = useProblemText();
  const queries = useQueryClient();
  const [draft, setDraft, forget] = useKept<Draft>('company', () => draftOf(hub, { calendars, queues, locale }));
  const [isTried, setTried] = useState(false);
  const change = (part: Partial<Draft>) => setDraft({ ...draft, ...part });
  const save = useMutation({
    mutationFn: (wish: CompanyDraft) => start.setCompany(wish),
    onSuccess: (view) => {
      forget();
      queries.setQueryData(keys.start, view);
      for (const queryKey of [keys.calendars, keys.queues, keys.agentSettings]) {
        void queries.invalidateQueries({ queryKey });
      }
      onNext();
    },
  });
  const fault = faultOf(draft.week);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!fault) {
      save.mutate(wishOf(draft, t('start.company.hoursName')));
    }
  };
  const field = isProblem(save.error) ? save.error.problem.field : undefined;
  return (
    <StepFrame
      step="company"
      isDone={hub.company !== null}
      onBack={onBack}
      onSkip={onSkip}
      next={{ form: formId, isPending: save.isPending }}
    >
      <form id={formId} onSubmit={submit}>
        <Stack>
          <TextInput
            label={t('start.company.name')}
            description={t('start.company.nameHint')}
            required
            maxLength={200}
            autoComplete="organization"
            value={draft.name}
            onChange={(event) => change({ name: event.currentTarget.value })}
          />
          <div className="start-pair">
            <NativeSelect
              label={t('start.company.timeZone')}
              dir="ltr"
              error={field === 'timeZone' ? problemText(save.error) : undefined}
              data={zonesWith(draft.timeZone)}
              value={draft.timeZone}
              onChange={(event) => change(inZone(draft, event.currentTarget.value))}
            />
            <NativeSelect
              label={t('start.company.locale')}
              data={(['fa', 'en'] as const).map((value) => ({ value, label: t(`language.${value}`) }))}
              value={draft.locale}
              onChange={(event) => change({ locale: event.currentTarget.value as Locale })}
            />
          </div>
          <Hours draft={draft} change={change} TimeField={TimeField} />
          {isTried && fault && (
            <p className="start-problem" role="alert">
              {t(`start.company.${fault}`)}
            </p>
          )}
          <Queues draft={draft} change={change} />
          {save.isError && field !== 'timeZone' && (
            <p className="start-problem" role="alert">
              {problemText(save.error)}
            </p>
          )}
        </Stack>
      </form>
    </StepFrame>
  );
}

interface PartProps {
  draft: Draft;
  change: (part: Partial<Draft>) => void;
}

/** A Monday; weekdays are named by the days that follow it. */
const monday = Date.UTC(2024, 0, 1, 12);
const dayMs = 86_400_000;

function Hours({ draft, change, TimeField }: PartProps & Pick<Props, 'TimeField'>) {
  const { t, locale } = useI18n();
  const { week, timeZone, holidays } = draft;
  const country = countryOf(timeZone);
  if (week === 'kept') {
    return (
      <fieldset className="start-part">
        <legend>{t('start.company.hours')}</legend>
        <p className="start-hint">
          {t('start.company.detailed')}{' '}
          <Link to="/settings/$section" params={{ section: 'hours' }}>
            {t('start.company.detailedChange')}
          </Link>
        </p>
      </fieldset>
    );
  }
  return (
    <fieldset className="start-part">
      <legend>{t('start.company.hours')}</legend>
      <p className="start-hint">{t('start.company.hoursHint')}</p>
      <Switch
        label={t('start.company.always')}
        checked={week === null}
        onChange={(event) => change({ week: event.currentTarget.checked ? null : guessWeek(timeZone) })}
      />
      {week && (
        <>
          <Days week={week} onChange={(days) => change({ week: { ...week, days } })} />
          <div className="start-times">
            <span aria-hidden>{t('start.company.from')}</span>
            <TimeField
              label={t('start.company.from')}
              value={week.from}
              onChange={(from) => change({ week: { ...week, from } })}
            />
            <span aria-hidden>{t('start.company.to')}</span>
            <TimeField
              label={t('start.company.to')}
              value={week.to}
              onChange={(to) => change({ week: { ...week, to } })}
            />
          </div>
          {country && (
            <Switch
              label={t('start.company.holidays', {
                country: new Intl.DisplayNames(locale, { type: 'region' }).of(country),
              })}
              checked={holidays}
              onChange={(event) => change({ holidays: event.currentTarget.checked })}
            />
          )}
        </>
      )}
    </fieldset>
  );
}

function Days({ week, onChange }: { week: WeekDraft; onChange: (days: number[]) => void }) {
  const { t, locale } = useI18n();
  const name = new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' });
  const first = locale === 'fa' ? 6 : 1;
  const order = Array.from({ length: 7 }, (_, index) => ((first + index - 1) % 7) + 1);
  return (
    <fieldset className="start-days" aria-label={t('start.company.days')}>
      {order.map((day) => (
        <label key={day}>
          <input
            type="checkbox"
            checked={week.days.includes(day)}
            onChange={({ currentTarget: { checked } }) =>
              onChange(checked ? [...week.days, day] : week.days.filter((one) => one !== day))
            }
          />
          <span>{name.format(new Date(monday + (day - 1) * dayMs))}</span>
        </label>
      ))}
    </fieldset>
  );
}

function Queues({ draft: { queues }, change }: PartProps) {
  const { t } = useI18n();
  return (
    <fieldset className="start-part">
      <legend>{t('start.company.queues')}</legend>
      <p className="start-hint">{t('start.company.queuesHint')}</p>
      {queues.map((queue, index) => (
        <div className="start-line" key={index}>
          <TextInput
            aria-label={t('start.company.queue', { number: index + 1 })}
            placeholder={t('start.company.queueExample')}
            required
            maxLength={100}
            value={queue.name}
            onChange={(event) => change({ queues: queues.with(index, { ...queue, name: event.currentTarget.value }) })}
          />
          {queue.id === undefined && (
            <CloseButton
              aria-label={t('start.company.removeQueue', { number: index + 1 })}
              onClick={() => change({ queues: queues.toSpliced(index, 1) })}
            />
          )}
        </div>
      ))}
      <Button
        variant="subtle"
        className="start-add"
        leftSection={<IconPlus size={16} />}
        onClick={() => change({ queues: [...queues, { name: '' }] })}
      >
        {t('start.company.addQueue')}
      </Button>
    </fieldset>
  );
}

interface Known {
  calendars: CalendarView[];
  queues: QueueView[];
  locale: Locale;
}

function draftOf({ company }: HubStartView, { calendars, queues, locale }: Known): Draft {
  const timeZone = company?.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  return {
    name: company?.name ?? '',
    timeZone,
    locale: company?.locale ?? locale,
    week: company ? weekOfCompany(company.calendarId, calendars) : guessWeek(timeZone),
    holidays: company === null && countryOf(timeZone) !== null,
    queues: queues.map(({ id, name }) => ({ id, name })),
  };
}

function weekOfCompany(id: string | null, calendars: CalendarView[]): Draft['week'] {
  const calendar = calendars.find((one) => one.id === id);
  return calendar ? (weekDraftOf(calendar) ?? 'kept') : null;
}

/** A week that is as it was guessed follows the zone. */
function inZone({ week, timeZone: former, holidays }: Draft, timeZone: string): Partial<Draft> {
  const isGuessed = JSON.stringify(week) === JSON.stringify(guessWeek(former));
  return { timeZone, week: isGuessed ? guessWeek(timeZone) : week, holidays: holidays && countryOf(timeZone) !== null };
}

function faultOf(week: Draft['week']): 'noDay' | 'badTimes' | null {
  if (week === null || week === 'kept') {
    return null;
  }
  if (week.days.length === 0) {
    return 'noDay';
  }
  return week.from >= week.to ? 'badTimes' : null;
}

function wishOf({ name, timeZone, locale, week, holidays, queues }: Draft, hoursName: string): CompanyDraft {
  const country = countryOf(timeZone);
  return {
    name: name.trim(),
    timeZone,
    locale,
    hoursName,
    ...(week !== 'kept' && { week }),
    ...(week !== 'kept' && week && holidays && country && { holidaysOf: country }),
    queues: queues.map((queue) => ({ ...queue, name: queue.name.trim() })),
  };
}

/** The zones that the browser knows; the chosen one stays among them under whatever name it has. */
function zonesWith(chosen: string): string[] {
  const known = Intl.supportedValuesOf('timeZone');
  return known.includes(chosen) ? known : [chosen, ...known];
}
