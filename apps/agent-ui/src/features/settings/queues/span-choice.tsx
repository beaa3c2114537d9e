import { NativeSelect } from '@mantine/core';
import { spanOf } from '../../../i18n/spans.js';
import { useI18n } from '../../../i18n/use-i18n.js';

interface Props {
  label: string;
  description?: string;
  /** Seconds; null is what `none` says. */
  value: number | null;
  /** Lengths to choose from, in seconds. What is set otherwise stays among them. */
  choices: readonly number[];
  /** What no length is called; absent where there must be one. */
  none?: string;
  zero?: string;
  onChange: (value: number | null) => void;
}

/** One of a few lengths of time. */
export function SpanChoice({ value, choices, none, zero, onChange, ...field }: Props) {
  const { locale } = useI18n();
  const spans = [...new Set([...choices, ...(value === null ? [] : [value])])].toSorted((one, other) => one - other);
  return (
    <NativeSelect
      {...field}
      value={value === null ? '' : String(value)}
      onChange={(event) => onChange(event.currentTarget.value === '' ? null : Number(event.currentTarget.value))}
      data={[
        ...(none === undefined ? [] : [{ value: '', label: none }]),
        ...spans.map((seconds) => ({
          value: String(seconds),
          label: seconds === 0 && zero !== undefined ? zero : spanOf(seconds * 1000, locale),
        })),
      ]}
    />
  );
}
