import { NativeSelect, Switch, Textarea, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { latinDigits } from '../../../i18n/latin-digits.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { setValue } from '../document/edit-document.js';
import { listOf, valueAt, wordOf, type Path } from '../document/script-words.js';
import { problemsAt, useEditor } from './editor-context.js';

interface FieldProps {
  /** From the root of the script. */
  path: Path;
  label: ReactNode;
  description?: ReactNode;
}

/** What stands at a place, what is wrong with it, and how it is written anew. */
export function usePlace(path: Path) {
  const { locale } = useI18n();
  const { script, problems, edit, mayEdit } = useEditor();
  const error = problemsAt(problems, path)[0]?.text[locale];
  return {
    value: valueAt(script.root, path),
    error,
    readOnly: !mayEdit,
    put: (value: unknown, place: string | null = path.join('.')) => edit(setValue(path, value), place),
  };
}

interface LineProps extends FieldProps {
  lines?: boolean;
  dir?: 'ltr' | 'rtl' | 'auto';
  lang?: string;
  /** Numbers are kept as numbers. */
  numbers?: boolean;
  placeholder?: string;
}

/** A text of one line, or of several. */
export function LineField({ path, lines = false, dir = 'auto', numbers = false, ...field }: LineProps) {
  const { value, error, readOnly, put } = usePlace(path);
  const text = wordOf(value);
  const props = {
    ...field,
    dir: text === '' && dir === 'auto' ? undefined : dir,
    error,
    readOnly,
    value: text,
    onChange: (event: { currentTarget: { value: string } }) =>
      put(numbers ? numberOr(event.currentTarget.value) : event.currentTarget.value),
  };
  return lines ? <Textarea autosize minRows={2} maxRows={14} {...props} /> : <TextInput {...props} />;
}

/** A number where one is typed, in either digits; the text otherwise. */
export function numberOr(typed: string): string | number {
  const written = latinDigits(typed).trim();
  return /^-?\d+(\.\d+)?$/u.test(written) ? Number(written) : typed;
}

export function VariableField({ path, ...field }: FieldProps) {
  const { value, error, readOnly, put } = usePlace(path);
  return (
    <TextInput
      {...field}
      dir="ltr"
      maxLength={48}
      error={error}
      readOnly={readOnly}
      value={wordOf(value)}
      onChange={(event) => put(event.currentTarget.value.trim())}
    />
  );
}

/** 30s, 6m, 2h: letters and digits, either digits. */
export function DurationText({ path, ...field }: FieldProps) {
  const { t } = useI18n();
  const { value, error, readOnly, put } = usePlace(path);
  return (
    <TextInput
      {...field}
      dir="ltr"
      maxLength={9}
      placeholder={t('script.durationHint')}
      error={error}
      readOnly={readOnly}
      value={wordOf(value)}
      onChange={(event) => put(latinDigits(event.currentTarget.value).trim())}
    />
  );
}

export function SwitchField({ path, ...field }: FieldProps) {
  const { value, readOnly, put } = usePlace(path);
  return (
    <Switch
      {...field}
      disabled={readOnly}
      checked={value === true}
      onChange={(event) => put(event.currentTarget.checked || undefined, null)}
    />
  );
}

interface ChoiceProps extends FieldProps {
  choices: { value: string | number; label: string }[];
  /** What nothing means; absent where something must be chosen. */
  none?: string | undefined;
}

/** One of a few; what is written there and not among them stays visible. */
export function ChoiceField({ path, choices, none, ...field }: ChoiceProps) {
  const { value, error, readOnly, put } = usePlace(path);
  const written = wordOf(value);
  const isKnown = written === '' || choices.some((choice) => String(choice.value) === written);
  return (
    <NativeSelect
      {...field}
      error={error}
      disabled={readOnly}
      value={written}
      onChange={(event) => {
        const found = choices.find((choice) => String(choice.value) === event.currentTarget.value);
        put(found?.value, null);
      }}
      data={[
        ...(none !== undefined || written === '' ? [{ value: '', label: none ?? '—' }] : []),
        ...(isKnown ? [] : [{ value: written, label: written }]),
        ...choices.map((choice) => ({ value: String(choice.value), label: choice.label })),
      ]}
    />
  );
}

interface WordsProps extends FieldProps {
  dir?: 'ltr' | 'rtl';
  lang?: string;
}

/** Words, one on each line. What is typed stays as typed until the field is left. */
export function WordsField({ path, dir, ...field }: WordsProps) {
  const { value, error, readOnly, put } = usePlace(path);
  const [typed, setTyped] = useState<string | null>(null);
  const stored = listOf(value).map(wordOf).join('\n');
  const type = (text: string) => {
    setTyped(text);
    const words = text.split('\n').map((word) => word.trim());
    const kept = words.filter((word) => word !== '');
    put(kept.length > 0 ? kept : undefined);
  };
  return (
    <Textarea
      {...field}
      dir={dir ?? (stored ? 'auto' : undefined)}
      autosize
      minRows={2}
      maxRows={12}
      error={error}
      readOnly={readOnly}
      value={typed ?? stored}
      onChange={(event) => type(event.currentTarget.value)}
      onBlur={() => setTyped(null)}
    />
  );
}
