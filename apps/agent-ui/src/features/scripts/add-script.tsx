import { Skeleton, Stack, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import type { ReadyScriptView } from '#contract';
import { scriptKeys, scripts } from '../../api/scripts.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { Dialog } from '../../ui/dialog.js';
import { FormEnd } from '../../ui/form-end.js';
import { emptyScript } from './document/empty-script.js';

/** A script to begin with: one that comes with the hub, or an empty one. */
export function AddScript({ onClose }: { onClose: () => void }) {
  const { t, locale } = useI18n();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const ready = useQuery({ queryKey: scriptKeys.ready, queryFn: ({ signal }) => scripts.ready(signal) });
  const [chosen, choose] = useState<ReadyScriptView | null>(null);
  const [name, setName] = useState('');
  const wanted = name.trim() || chosen?.title[locale] || '';
  const adding = useMutation({
    mutationFn: () =>
      scripts.add(chosen ? { name: wanted, ready: chosen.key } : { name: wanted, source: emptyScript(wanted) }),
    onSuccess: (script) => {
      queries.setQueryData(scriptKeys.one(script.id), script);
      void queries.invalidateQueries({ queryKey: scriptKeys.list });
      void queries.invalidateQueries({ queryKey: scriptKeys.ready });
      void navigate({ to: '/settings/scripts/$script', params: { script: script.id } });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (wanted !== '') {
      adding.mutate();
    }
  };
  return (
    <Dialog title={t('script.add')} size="lg" onClose={onClose}>
      <form onSubmit={submit}>
        <Stack>
          <fieldset className="script-kinds script-ready">
            <legend>{t('script.beginWith')}</legend>
            <Choice isChosen={chosen === null} onChoose={() => choose(null)} title={t('script.empty')}>
              {t('script.emptyHint')}
            </Choice>
            {ready.data?.map((one) => (
              <Choice key={one.key} isChosen={chosen === one} onChoose={() => choose(one)} title={one.title[locale]}>
                {one.about[locale]} <Needs ready={one} all={ready.data} />
              </Choice>
            ))}
          </fieldset>
          {ready.isPending && <Skeleton height={120} />}
          <TextInput
            label={t('script.name')}
            required={chosen === null}
            maxLength={100}
            placeholder={chosen?.title[locale]}
            dir={name ? 'auto' : undefined}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <FormEnd error={adding.error} isSaving={adding.isPending} submit={t('common.add')} onCancel={onClose} />
        </Stack>
      </form>
    </Dialog>
  );
}

function Needs({ ready: { needs, brings }, all }: { ready: ReadyScriptView; all: readonly ReadyScriptView[] }) {
  const { t, locale } = useI18n();
  const titles = brings.map((key) => all.find((one) => one.key === key)?.title[locale] ?? key);
  return (
    <>
      {brings.length > 0 && t('script.brings', { keys: titles.join(t('script.join')) })}{' '}
      {needs.length > 0 && t('script.needs', { keys: needs.join(t('script.join')) })}
    </>
  );
}

interface ChoiceProps {
  isChosen: boolean;
  onChoose: () => void;
  title: string;
  children: React.ReactNode;
}

function Choice({ isChosen, onChoose, title, children }: ChoiceProps) {
  return (
    <label data-chosen={isChosen || undefined}>
      <input type="radio" name="ready" className="unseen" aria-label={title} checked={isChosen} onChange={onChoose} />
      <span>
        <bdi>{title}</bdi>
        <small>{children}</small>
      </span>
    </label>
  );
}
