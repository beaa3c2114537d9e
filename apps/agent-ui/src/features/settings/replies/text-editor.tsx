import { NativeSelect, Textarea } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import type { ReplyTrialView } from '#contract';
import { kept, keptKeys } from '../../../api/kept.js';
import { useI18n } from '../../../i18n/use-i18n.js';

interface Props {
  locale: 'en' | 'fa';
  text: string;
  onChange: (text: string) => void;
}

const settleMs = 300;

/** A text in one language: its variables at hand, and below it how it comes out for an imagined customer. */
export function TextEditor({ locale, text, onChange }: Props) {
  const { t } = useI18n();
  const field = useRef<HTMLTextAreaElement>(null);
  const variables = useQuery({
    queryKey: keptKeys.variables,
    queryFn: ({ signal }) => kept.variables(signal),
    staleTime: 60_000,
  });
  const insert = (name: string) => {
    const { selectionStart: from = text.length, selectionEnd: to = text.length } = field.current ?? {};
    onChange(`${text.slice(0, from)}{{ ${name} }}${text.slice(to)}`);
    field.current?.focus();
  };
  return (
    <fieldset className="form-part replies-text">
      <legend>{t(`kept.textIn_${locale}`)}</legend>
      <Textarea
        ref={field}
        aria-label={t(`kept.textIn_${locale}`)}
        dir={locale === 'fa' ? 'rtl' : 'ltr'}
        lang={locale}
        autosize
        minRows={4}
        maxRows={16}
        maxLength={10_000}
        value={text}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <NativeSelect
        size="xs"
        aria-label={t('kept.insertVariable')}
        value=""
        onChange={(event) => insert(event.currentTarget.value)}
        data={[
          { value: '', label: t('kept.insertVariable') },
          ...(variables.data ?? []).map(({ name }) => ({ value: name, label: name })),
        ]}
      />
      <Trial locale={locale} text={text} />
    </fieldset>
  );
}

function Trial({ locale, text }: Omit<Props, 'onChange'>) {
  const { t } = useI18n();
  const [settled] = useDebouncedValue(text, settleMs);
  const trial = useQuery({
    queryKey: keptKeys.trial(locale, settled),
    queryFn: ({ signal }) => kept.tryText(settled, locale, signal),
    enabled: settled.trim() !== '',
    placeholderData: keepPreviousData,
  });
  if (settled.trim() === '' || !trial.data) {
    return null;
  }
  return (
    <output className="replies-trial">
      {trial.data.fault ? (
        <span data-tone="bad">{t(`kept.fault_${trial.data.fault.why}`, { ...trial.data.fault })}</span>
      ) : (
        <Outcome trial={trial.data} locale={locale} />
      )}
    </output>
  );
}

function Outcome({ trial: { text, risky }, locale }: { trial: ReplyTrialView; locale: 'en' | 'fa' }) {
  const { t } = useI18n();
  return (
    <>
      <small>{t('kept.trial')}</small>
      <blockquote dir={locale === 'fa' ? 'rtl' : 'ltr'}>{text}</blockquote>
      {risky.length > 0 && <small>{t('kept.risky', { names: risky.join(' · '), first: risky[0] })}</small>}
    </>
  );
}
