import { ActionIcon, Button, NativeSelect, Switch, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { CalendarView } from '#contract';
import { request } from '../../api/request.js';
import { latinDigits } from '../../i18n/latin-digits.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { IconSkipped } from '../../ui/icons.js';
import './chat-inside.css';
import {
  readEndings,
  usualTimes,
  wholeInside,
  type Both,
  type ChatInside as Inside,
  type ChatInsideValue,
  type OpenTime,
  type Wanted,
} from './chat-inside-value.js';

interface Props {
  value: ChatInsideValue;
  onChange: (value: Inside) => void;
}

const zone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** What a web chat asks before the first message, what it does when nobody is there, and which files it takes. */
export function ChatInside({ value, onChange }: Props) {
  const { t } = useI18n();
  const inside = wholeInside(value, zone());
  const change = <Part extends 'before' | 'away' | 'files'>(part: Part, more: Partial<Inside[Part]>): void =>
    onChange({ ...inside, [part]: { ...inside[part], ...more } });
  return (
    <div className="chat-inside">
      <Before before={inside.before} change={(more) => change('before', more)} />
      <Away away={inside.away} change={(more) => change('away', more)} />
      <Switch
        label={t('chatInside.showsPage')}
        description={t('chatInside.showsPageHint')}
        checked={inside.showsPage}
        onChange={(event) => onChange({ ...inside, showsPage: event.currentTarget.checked })}
      />
      <Files files={inside.files} change={(more) => change('files', more)} />
    </div>
  );
}

function Before({ before, change }: { before: Inside['before']; change: (more: Partial<Inside['before']>) => void }) {
  const { t } = useI18n();
  const choices = (['off', 'optional', 'required'] as const).map((wanted) => ({
    value: wanted,
    label: t(`chatInside.${wanted}`),
  }));
  return (
    <fieldset>
      <legend>{t('chatInside.before')}</legend>
      <Switch
        label={t('chatInside.beforeOn')}
        checked={before.isOn}
        onChange={(event) => change({ isOn: event.currentTarget.checked })}
      />
      {before.isOn && (
        <>
          <div className="chat-inside-row">
            {(['name', 'email', 'phone'] as const).map((name) => (
              <NativeSelect
                key={name}
                label={t(`chatInside.${name}`)}
                data={choices}
                value={before[name]}
                onChange={(event) => change({ [name]: event.currentTarget.value as Wanted })}
              />
            ))}
          </div>
          <BothTexts
            label={t('chatInside.question')}
            value={before.question}
            onChange={(question) => change({ question })}
          />
          <BothTexts
            label={t('chatInside.consent')}
            value={before.consent}
            onChange={(consent) => change({ consent })}
          />
          <p className="chat-inside-hint">{t('chatInside.claimed')}</p>
        </>
      )}
    </fieldset>
  );
}

function Away({ away, change }: { away: Inside['away']; change: (more: Partial<Inside['away']>) => void }) {
  const { t } = useI18n();
  const { hours } = away;
  const choose = (when: Inside['away']['when']): void =>
    change({
      when,
      ...(when === 'hours' && hours.times.length === 0 && { hours: { ...hours, times: usualTimes(hours.timeZone) } }),
    });
  return (
    <fieldset>
      <legend>{t('chatInside.away')}</legend>
      <NativeSelect
        label={t('chatInside.when')}
        description={t('chatInside.whenQueue')}
        data={(['nobody_online', 'calendar', 'hours', 'never'] as const).map((when) => ({
          value: when,
          label: t(`chatInside.when_${when}`),
        }))}
        value={away.when}
        onChange={(event) => choose(event.currentTarget.value as Inside['away']['when'])}
      />
      {away.when === 'calendar' && (
        <CalendarChoice value={away.calendarId} onChange={(calendarId) => change({ calendarId })} />
      )}
      {away.when === 'hours' && <Hours hours={hours} onChange={(next) => change({ hours: next })} />}
      {away.when !== 'never' && (
        <BothTexts label={t('chatInside.words')} value={away.words} onChange={(words) => change({ words })} />
      )}
    </fieldset>
  );
}

function CalendarChoice({ value, onChange }: { value: string | null; onChange: (id: string | null) => void }) {
  const { t } = useI18n();
  const calendars = useQuery({ queryKey: ['calendars'], queryFn: () => request<CalendarView[]>('/calendars') });
  return (
    <NativeSelect
      label={t('chatInside.calendar')}
      data={[
        { value: '', label: t('chatInside.calendarNone') },
        ...(calendars.data ?? []).map(({ id, name }) => ({ value: id, label: name })),
      ]}
      value={value ?? ''}
      onChange={(event) => onChange(event.currentTarget.value || null)}
    />
  );
}

function Hours({
  hours,
  onChange,
}: {
  hours: Inside['away']['hours'];
  onChange: (hours: Inside['away']['hours']) => void;
}) {
  const { t, locale } = useI18n();
  const put = (times: OpenTime[]): void => onChange({ ...hours, times });
  const weekday = new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' });
  // 2024-01-01 is a Monday.
  const days = [1, 2, 3, 4, 5, 6, 7].map((day) => ({
    value: String(day),
    label: weekday.format(Date.UTC(2024, 0, day)),
  }));
  return (
    <>
      <TextInput
        label={t('chatInside.timeZone')}
        dir="ltr"
        value={hours.timeZone}
        onChange={(event) => onChange({ ...hours, timeZone: event.currentTarget.value.trim() })}
      />
      {hours.times.map((time, at) => (
        // Two windows may be equal for a moment while they are written.
        // oxlint-disable-next-line react/no-array-index-key
        <div className="chat-inside-row" key={at}>
          <NativeSelect
            aria-label={t('chatInside.day')}
            data={days}
            value={String(time.day)}
            onChange={(event) => put(hours.times.with(at, { ...time, day: Number(event.currentTarget.value) }))}
          />
          {(['from', 'to'] as const).map((end) => (
            <TextInput
              key={end}
              type="time"
              aria-label={t(`chatInside.${end}`)}
              value={time[end]}
              onChange={(event) => put(hours.times.with(at, { ...time, [end]: event.currentTarget.value }))}
            />
          ))}
          <ActionIcon
            variant="subtle"
            aria-label={t('chatInside.removeTime')}
            onClick={() => put(hours.times.toSpliced(at, 1))}
          >
            <IconSkipped size={18} />
          </ActionIcon>
        </div>
      ))}
      <Button
        variant="default"
        size="compact-sm"
        onClick={() => put([...hours.times, { day: 1, from: '09:00', to: '17:00' }])}
      >
        {t('chatInside.addTime')}
      </Button>
    </>
  );
}

function Files({ files, change }: { files: Inside['files']; change: (more: Partial<Inside['files']>) => void }) {
  const { t } = useI18n();
  const [written, setWritten] = useState(files.endings.join(', '));
  return (
    <fieldset>
      <legend>{t('chatInside.files')}</legend>
      <Switch
        label={t('chatInside.filesOn')}
        checked={files.isOn}
        onChange={(event) => change({ isOn: event.currentTarget.checked })}
      />
      {files.isOn && (
        <div className="chat-inside-row">
          <TextInput
            label={t('chatInside.maxMegabytes')}
            inputMode="numeric"
            dir="ltr"
            value={String(files.maxMegabytes)}
            onChange={(event) => change({ maxMegabytes: Number(latinDigits(event.currentTarget.value)) || 1 })}
          />
          <TextInput
            label={t('chatInside.endings')}
            description={t('chatInside.endingsHint')}
            dir="ltr"
            placeholder="pdf, jpg, png"
            value={written}
            onChange={(event) => {
              setWritten(event.currentTarget.value);
              change({ endings: readEndings(event.currentTarget.value) });
            }}
          />
        </div>
      )}
    </fieldset>
  );
}

function BothTexts({ label, value, onChange }: { label: string; value: Both; onChange: (value: Both) => void }) {
  const { t } = useI18n();
  return (
    <div className="chat-inside-row">
      {(['en', 'fa'] as const).map((language) => (
        <Textarea
          key={language}
          label={t('chatInside.inLanguage', { label, language: t(`chatInside.${language}`) })}
          dir={language === 'fa' ? 'rtl' : 'ltr'}
          lang={language}
          autosize
          minRows={1}
          maxLength={500}
          value={value[language]}
          onChange={(event) => onChange({ ...value, [language]: event.currentTarget.value })}
        />
      ))}
    </div>
  );
}
