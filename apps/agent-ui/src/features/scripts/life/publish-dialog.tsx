import { NativeSelect, Skeleton, Stack, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import type { ScriptGateView, ScriptView } from '#contract';
import { scriptKeys, scripts } from '../../../api/scripts.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { DateTimeField } from '../../../ui/dates/date-time-field.js';
import { Dialog } from '../../../ui/dialog.js';
import { notify } from '../../../ui/notify.js';
import { FormEnd } from '../../../ui/form-end.js';
import { useProblemText } from '../../../ui/problem-text.js';
import { Coverage, ResultList } from './scenario-results.js';

interface Props {
  script: ScriptView;
  onClose: () => void;
}

const shares = [100, 50, 20, 10, 5, 1] as const;

/** What stands between the draft and the customers; then for whom and from when. */
export function PublishDialog({ script, onClose }: Props) {
  const { t } = useI18n();
  const problemText = useProblemText();
  const gate = useQuery({
    queryKey: [...scriptKeys.one(script.id), 'gate', script.draftVersion],
    queryFn: () => scripts.gate(script.id),
    staleTime: 0,
    gcTime: 0,
  });
  return (
    <Dialog title={t('publish.title')} size="lg" onClose={onClose}>
      {gate.isPending && <Skeleton height={120} />}
      {gate.isError && (
        <p className="settings-problem" role="alert">
          {problemText(gate.error)}
        </p>
      )}
      {gate.data && (
        <Stack>
          <GateAnswers gate={gate.data} />
          {gate.data.open && <PublishForm script={script} onClose={onClose} />}
        </Stack>
      )}
    </Dialog>
  );
}

function GateAnswers({ gate }: { gate: ScriptGateView }) {
  const { t, locale, format } = useI18n();
  const errors = gate.problems.filter(({ severity }) => severity === 'error');
  const warnings = gate.problems.length - errors.length;
  return (
    <>
      <output className="script-gate" data-tone={gate.open ? 'good' : 'bad'}>
        {t(gate.open ? 'publish.open' : 'publish.shut')}
      </output>
      <ul className="script-problems">
        {errors.map((problem) => (
          <li key={`${problem.code}${problem.path.join('.')}`} data-tone="bad">
            {problem.node && <bdi dir="ltr">{problem.node}: </bdi>}
            {problem.text[locale]}
          </li>
        ))}
      </ul>
      {warnings > 0 && (
        <p className="settings-hint">{t('publish.warnings', { count: warnings, warnings: format.number(warnings) })}</p>
      )}
      <Results results={gate.scenarios} />
      {gate.coverage && <Coverage coverage={gate.coverage} />}
    </>
  );
}

/** Those that failed stand open; a long list of what is well would push the buttons away. */
function Results({ results }: { results: ScriptGateView['scenarios'] }) {
  const { t, format } = useI18n();
  const failed = results.filter(({ passed }) => !passed);
  const passed = results.length - failed.length;
  return (
    <>
      {failed.length > 0 && <ResultList results={failed} />}
      {passed > 0 && (
        <details className="script-more">
          <summary>
            {t('scenario.title')}:{' '}
            {t('scenario.sum', { passed: format.number(passed), failed: format.number(failed.length) })}
          </summary>
          <ResultList results={results.filter((one) => one.passed)} />
        </details>
      )}
    </>
  );
}

function PublishForm({ script, onClose }: Props) {
  const { t, format } = useI18n();
  const queries = useQueryClient();
  const [note, setNote] = useState('');
  const [at, setAt] = useState<string | null>(null);
  const [percent, setPercent] = useState<number>(100);
  const publishing = useMutation({
    mutationFn: () =>
      scripts.publish(script.id, {
        version: script.draftVersion,
        note: note.trim(),
        ...(at !== null && { at }),
        ...(percent < 100 && { percent }),
      }),
    onSuccess: (view) => {
      queries.setQueryData(scriptKeys.one(script.id), view);
      void queries.invalidateQueries({ queryKey: scriptKeys.list });
      notify(t(at !== null ? 'publish.scheduled' : 'publish.done'));
      onClose();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    publishing.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput
          label={t('publish.note')}
          maxLength={500}
          dir={note ? 'auto' : undefined}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <div className="script-pairs">
          <DateTimeField label={t('publish.at')} description={t('publish.atOnce')} value={at} onChange={setAt} />
          <NativeSelect
            label={t('publish.forWhom')}
            description={t('publish.forWhomHint')}
            value={percent}
            onChange={(event) => setPercent(Number(event.currentTarget.value))}
            data={shares.map((value) => ({
              value: String(value),
              label: value === 100 ? t('publish.everybody') : t('publish.percent', { percent: format.number(value) }),
            }))}
          />
        </div>
        <p className="settings-hint">{t('publish.running')}</p>
        <FormEnd
          error={publishing.error}
          isSaving={publishing.isPending}
          submit={t(at !== null ? 'publish.schedule' : 'publish.now')}
          onCancel={onClose}
        />
      </Stack>
    </form>
  );
}
