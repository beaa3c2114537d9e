import { NativeSelect, TextInput } from '@mantine/core';
import { useQueues } from '../../../api/queries.js';
import { latinDigits } from '../../../i18n/latin-digits.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { wordsOf } from '../../../ui/field-words.js';
import type { TestProps } from './segment-test.js';
import { ChosenOf, DaysPart, NumberPart, WordsPart } from './test-values.js';
import { useAttributes } from './use-segment-options.js';

/** How many tickets of which kind. */
export function TicketFields({ test, onChange }: TestProps) {
  const { t } = useI18n();
  const queues = useQueues().map(({ id, name }) => ({ value: id, label: name }));
  return (
    <>
      <div className="segment-parts">
        <NumberPart test={test} part="value" label={t('segment.howMany')} most={100_000} onChange={onChange} />
        <NativeSelect
          label={t('segment.state')}
          value={String(test['state'])}
          onChange={(event) => onChange({ ...test, state: event.currentTarget.value })}
          data={(['any', 'open', 'solved'] as const).map((value) => ({ value, label: t(`segment.states.${value}`) }))}
        />
      </div>
      <DaysPart test={test} onChange={onChange} />
      {queues.length > 0 && (
        <ChosenOf test={test} part="queues" label={t('segment.queues')} choices={queues} onChange={onChange} />
      )}
      <WordsPart test={test} part="tags" label={t('segment.tags')} onChange={onChange} />
    </>
  );
}

const calendars = ['own', 'jalali', 'gregorian'] as const;

export function BirthdayFields({ test, onChange }: TestProps) {
  const { t, locale } = useI18n();
  const days = useAttributes().filter(({ kind }) => kind === 'birthday' || kind === 'date');
  return (
    <div className="segment-parts">
      <NativeSelect
        label={t('segment.attribute')}
        required
        value={test.key ?? ''}
        onChange={(event) => onChange({ ...test, key: event.currentTarget.value })}
        data={[
          { value: '', label: t('segment.choose') },
          ...days.map(({ key, name }) => ({ value: key, label: wordsOf(name, locale) || key })),
        ]}
      />
      <NumberPart test={test} part="days" label={t('segment.ahead')} most={60} onChange={onChange} />
      <NativeSelect
        label={t('segment.calendar')}
        value={String(test['calendar'])}
        onChange={(event) => onChange({ ...test, calendar: event.currentTarget.value })}
        data={calendars.map((value) => ({ value, label: t(`segment.calendars.${value}`) }))}
      />
    </div>
  );
}

/** How often they bought, or for how much. */
export function MoneyFields({ test, onChange }: TestProps) {
  const { t, format } = useI18n();
  const isSpent = test.field === 'spent';
  return (
    <>
      <div className="segment-parts">
        {isSpent ? (
          <>
            <TextInput
              label={t('segment.amount')}
              description={t('segment.amountHint')}
              inputMode="numeric"
              maxLength={20}
              value={format.digits(Number(test['value'] ?? 0))}
              onChange={(event) =>
                onChange({ ...test, value: Number(latinDigits(event.currentTarget.value).replace(/\D/gu, '')) })
              }
            />
            <TextInput
              label={t('segment.currency')}
              description={t('segment.currencyHint')}
              dir="ltr"
              maxLength={3}
              value={test.currency ?? ''}
              onChange={(event) => onChange({ ...test, currency: event.currentTarget.value.toUpperCase() })}
            />
          </>
        ) : (
          <NumberPart test={test} part="value" label={t('segment.howMany')} most={100_000} onChange={onChange} />
        )}
      </div>
      <DaysPart test={test} onChange={onChange} />
    </>
  );
}

/** Quiet for longer than is usual for themselves. */
export function LapsedFields({ test, onChange }: TestProps) {
  const { t } = useI18n();
  return (
    <>
      <p className="settings-hint">{t('segment.lapsedHint')}</p>
      <div className="segment-parts">
        <NativeSelect
          label={t('segment.rhythm')}
          value={String(test['of'])}
          onChange={(event) => onChange({ ...test, of: event.currentTarget.value })}
          data={(['purchases', 'tickets'] as const).map((value) => ({ value, label: t(`segment.rhythms.${value}`) }))}
        />
        <NumberPart test={test} part="factor" label={t('segment.factor')} least={1} most={20} onChange={onChange} />
        <NumberPart test={test} part="days" label={t('segment.atLeastDays')} most={3650} onChange={onChange} />
      </div>
    </>
  );
}
