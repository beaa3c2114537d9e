import { NativeSelect, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useI18n } from '../../../i18n/use-i18n.js';
import { CountField } from '../count-field.js';
import { readLines } from './segment-draft.js';
import type { TestProps } from './segment-test.js';

interface PartProps extends TestProps {
  /** Which part of the test it is. */
  part: string;
  label: string;
}

/** A whole number of a test. */
export function NumberPart({
  test,
  part,
  label,
  least = 0,
  most,
  onChange,
}: PartProps & { least?: number; most: number }) {
  return (
    <CountField
      label={label}
      value={Number(test[part] ?? least)}
      least={least}
      most={most}
      onChange={(value) => onChange({ ...test, [part]: value })}
    />
  );
}

interface Choice {
  value: string;
  label: string;
}

/** Several of a list. */
export function ChosenOf({ test, part, label, choices, onChange }: PartProps & { choices: readonly Choice[] }) {
  const chosen = Array.isArray(test[part]) ? (test[part] as unknown[]) : [];
  return (
    <fieldset className="segment-choices">
      <legend>{label}</legend>
      {choices.map(({ value, label: name }) => (
        <label key={value}>
          <input
            type="checkbox"
            checked={chosen.includes(value)}
            onChange={(event) =>
              onChange({
                ...test,
                [part]: event.currentTarget.checked ? [...chosen, value] : chosen.filter((one) => one !== value),
              })
            }
          />
          <bdi>{name}</bdi>
        </label>
      ))}
    </fieldset>
  );
}

/** Words, one a line. What is typed stays as it was typed until it is left: a line that is begun is no word yet. */
export function WordsPart({ test, part, label, onChange }: PartProps) {
  const words = Array.isArray(test[part]) ? (test[part] as unknown[]).map(String) : [];
  const [typed, setTyped] = useState(() => words.join('\n'));
  return (
    <Textarea
      label={label}
      rows={Math.min(6, Math.max(2, typed.split('\n').length))}
      dir="auto"
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        onChange({ ...test, [part]: readLines(event.currentTarget.value) });
      }}
    />
  );
}

/** Within how many days, or ever. */
export function DaysPart({ test, onChange }: TestProps) {
  const { t } = useI18n();
  const isEver = test['days'] === null;
  return (
    <div className="segment-parts">
      <NativeSelect
        label={t('segment.since')}
        value={isEver ? 'ever' : 'days'}
        onChange={(event) => onChange({ ...test, days: event.currentTarget.value === 'ever' ? null : 90 })}
        data={[
          { value: 'ever', label: t('segment.ever') },
          { value: 'days', label: t('segment.lately') },
        ]}
      />
      {!isEver && (
        <NumberPart test={test} part="days" label={t('segment.days')} least={1} most={3650} onChange={onChange} />
      )}
    </div>
  );
}
