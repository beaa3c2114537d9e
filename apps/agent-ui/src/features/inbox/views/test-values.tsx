import { NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { TicketFieldView } from '#contract';
import { latinDigits } from '../../../i18n/latin-digits.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { wordsOf } from '../../../ui/field-words.js';
import { ChoiceChips } from './choice-chips.js';
import { useTicketFields } from './use-choices.js';
import { readWords, withOp, opsOf, type Test } from './view-draft.js';

interface NumberProps {
  label: string;
  value: number;
  least?: number;
  most: number;
  onChange: (value: number) => void;
}

/** A whole number within bounds, typed in either digits. What is none goes back to what it was. */
export function NumberField({ label, value, least = 0, most, onChange }: NumberProps) {
  const { format } = useI18n();
  const [typed, setTyped] = useState<string | null>(null);
  const take = (text: string) => {
    setTyped(text);
    const read = Number(latinDigits(text.trim()) || Number.NaN);
    if (Number.isInteger(read) && read >= least && read <= most) {
      onChange(read);
    }
  };
  return (
    <TextInput
      label={label}
      inputMode="numeric"
      maxLength={7}
      value={typed ?? format.digits(value)}
      onChange={(event) => take(event.currentTarget.value)}
      onBlur={() => setTyped(null)}
    />
  );
}

interface WordsProps {
  label: string;
  words: readonly string[];
  onChange: (words: string[]) => void;
}

/** Words with commas between them. What is typed stays as it was typed until it is left: a word that is begun is no word yet. */
export function WordsField({ label, words, onChange }: WordsProps) {
  const { t, locale } = useI18n();
  const [typed, setTyped] = useState(() => words.join(locale === 'fa' ? '، ' : ', '));
  return (
    <TextInput
      aria-label={label}
      description={t('views.tagsHint')}
      dir={typed ? 'auto' : undefined}
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        onChange(readWords(event.currentTarget.value));
      }}
    />
  );
}

/** Which field of the ticket, and what is to be in it. */
export function FieldValue({ test, onChange }: { test: Test; onChange: (test: Test) => void }) {
  const { t, locale } = useI18n();
  const fields = useTicketFields();
  const field = fields.find(({ key }) => key === test.key);
  const choose = (key: string) => {
    const kind = fields.find((one) => one.key === key)?.kind;
    const [op = 'is'] = opsOf(test, kind);
    const { value: _, ...rest } = test;
    onChange(withOp({ ...rest, key }, op));
  };
  return (
    <>
      <NativeSelect
        aria-label={t('views.whichField')}
        value={test.key ?? ''}
        onChange={(event) => choose(event.currentTarget.value)}
        data={[
          { value: '', label: t('views.whichField') },
          ...fields.map(({ key, name }) => ({ value: key, label: wordsOf(name, locale) })),
        ]}
      />
      {field && test.op !== 'is_empty' && <FieldAnswer field={field} test={test} onChange={onChange} />}
    </>
  );
}

function FieldAnswer({
  field,
  test,
  onChange,
}: {
  field: TicketFieldView;
  test: Test;
  onChange: (test: Test) => void;
}) {
  const { t, locale } = useI18n();
  const set = (value: unknown) => onChange({ ...test, value });
  const chosen = Array.isArray(test.value) ? (test.value as (string | number | boolean)[]) : [];
  if (test.op === 'at_least' || test.op === 'at_most') {
    return <NumberField label={t('views.value')} value={Number(test.value)} most={9_999_999} onChange={set} />;
  }
  if (field.kind === 'checkbox') {
    const choices = [
      { value: 'true', label: t('views.yes') },
      { value: 'false', label: t('views.no') },
    ];
    return (
      <ChoiceChips
        label={t('views.value')}
        choices={choices}
        chosen={chosen.map(String)}
        onChange={(values) => set(values.map((value) => value === 'true'))}
      />
    );
  }
  if (field.kind === 'choice' || field.kind === 'choices') {
    const choices = field.choices.map(({ value, name }) => ({ value, label: wordsOf(name, locale) }));
    return <ChoiceChips label={t('views.value')} choices={choices} chosen={chosen.map(String)} onChange={set} />;
  }
  const read = (words: string[]) => (field.kind === 'number' ? words.map((word) => Number(latinDigits(word))) : words);
  return (
    <WordsField
      label={t('views.value')}
      words={chosen.map(String)}
      onChange={(words) => set(read(words).filter((one) => !Number.isNaN(one)))}
    />
  );
}
