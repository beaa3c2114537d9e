import { Button, Group, Skeleton, Stack, Textarea, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import type { BrandTexts, BrandView } from '#contract';
import { brand, brandKeys, type BrandDraft } from '../../../api/brand.js';
import { useTexts } from '../../../i18n/use-texts.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { notify } from '../../../ui/notify.js';
import { Failed } from '../../../ui/states.js';
import { useAction } from '../../../ui/use-action.js';
import { SaveProblem } from '../save-problem.js';
import { BrandLogo } from './brand-logo.js';
import { BrandPreview } from './brand-preview.js';
import './brand.css';
import { bestContrast, isColour } from './contrast.js';

const languages = ['en', 'fa'] as const;
const ownAccent = '#006f77';

/** How mails, customers' pages and chats look where a channel says nothing of its own. */
export function BrandSection() {
  const { t } = useI18n();
  const isSpoken = useTexts('brand');
  const stored = useQuery({ queryKey: brandKeys.brand, queryFn: ({ signal }) => brand.read(signal) });
  if (!isSpoken || stored.isPending) {
    return <Skeleton height={320} />;
  }
  if (!stored.data) {
    return <Failed error={stored.error} retry={() => void stored.refetch()} />;
  }
  return (
    <>
      <div className="settings-head">
        <h2>{t('brand.title')}</h2>
      </div>
      <p className="settings-hint">{t('brand.what')}</p>
      <BrandForm stored={stored.data} />
    </>
  );
}

/** What was typed stays when the picture changes: that is stored by itself. */
function BrandForm({ stored }: { stored: BrandView }) {
  const { t } = useI18n();
  const queries = useQueryClient();
  const [draft, setDraft] = useState<BrandDraft>(stored);
  const [error, setError] = useState<unknown>(null);
  const keep = (next: BrandView) => queries.setQueryData(brandKeys.brand, next);
  const save = useAction(
    () =>
      brand
        .change(stored.version, { name: draft.name, footer: draft.footer, accent: draft.accent })
        .catch((problem) => {
          setError(problem);
          throw problem;
        }),
    (next) => {
      keep(next);
      setError(null);
      notify(t('brand.saved'));
    },
  );
  const change = (part: Partial<BrandDraft>) => setDraft({ ...draft, ...part });
  const isWrong = draft.accent !== null && !isColour(draft.accent);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isWrong) {
      save.mutate(undefined);
    }
  };
  const lookAgain = async () => {
    const now = await brand.read();
    keep(now);
    setDraft(now);
    setError(null);
  };
  return (
    <div className="brand">
      <form onSubmit={submit}>
        <Stack>
          <BothLanguages part="name" value={draft.name} onChange={(name) => change({ name })} />
          <Accent value={draft.accent} onChange={(accent) => change({ accent })} />
          <BrandLogo logo={stored.logo} onChange={keep} />
          <BothLanguages part="footer" value={draft.footer} onChange={(footer) => change({ footer })} />
          {error !== null && <SaveProblem error={error} onLookAgain={() => void lookAgain()} />}
          <Group justify="end">
            <Button type="submit" loading={save.isPending}>
              {t('brand.save')}
            </Button>
          </Group>
        </Stack>
      </form>
      <BrandPreview draft={draft} logo={stored.logo} />
    </div>
  );
}

interface TextsProps {
  part: 'name' | 'footer';
  value: BrandTexts;
  onChange: (value: BrandTexts) => void;
}

function BothLanguages({ part, value, onChange }: TextsProps) {
  const { t } = useI18n();
  const Field = part === 'name' ? TextInput : Textarea;
  return (
    <fieldset className="form-part">
      <legend>{t(`brand.${part}`)}</legend>
      <Stack gap="sm">
        <p className="settings-hint">{t(`brand.${part}Hint`)}</p>
        {languages.map((language) => (
          <Field
            key={language}
            label={t(`brand.in_${language}`)}
            aria-label={`${t(`brand.${part}`)}: ${t(`brand.in_${language}`)}`}
            dir={language === 'fa' ? 'rtl' : 'ltr'}
            lang={language}
            maxLength={part === 'name' ? 80 : 600}
            value={value[language]}
            onChange={(event) => onChange({ ...value, [language]: event.currentTarget.value })}
          />
        ))}
      </Stack>
    </fieldset>
  );
}

function Accent({ value, onChange }: { value: string | null; onChange: (value: string | null) => void }) {
  const { t, format } = useI18n();
  const shown = value ?? ownAccent;
  const isGood = isColour(shown);
  return (
    <fieldset className="form-part">
      <legend>{t('brand.accent')}</legend>
      <Stack gap="sm">
        <p className="settings-hint">{t('brand.accentHint')}</p>
        <TextInput
          aria-label={t('brand.accent')}
          dir="ltr"
          spellCheck={false}
          maxLength={7}
          error={isGood ? undefined : t('brand.accentBad')}
          leftSection={
            <input
              type="color"
              className="brand-colour"
              aria-label={t('brand.accent')}
              value={isGood ? shown : '#000000'}
              onChange={(event) => onChange(event.currentTarget.value)}
            />
          }
          value={shown}
          onChange={(event) => onChange(event.currentTarget.value.trim())}
        />
        {isGood && (
          <p className="settings-hint">
            {t('brand.accentOn', { ratio: format.number(Math.floor(bestContrast(shown) * 10) / 10) })}
          </p>
        )}
        {value !== null && (
          <Button variant="default" size="xs" className="brand-own" onClick={() => onChange(null)}>
            {t('brand.accentNone')}
          </Button>
        )}
      </Stack>
    </fieldset>
  );
}
