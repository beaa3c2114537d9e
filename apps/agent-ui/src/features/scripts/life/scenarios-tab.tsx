import { Button, CloseButton, Group } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { ScriptInputView, ScriptScenarioView } from '#contract';
import { scripts } from '../../../api/scripts.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { Empty } from '../../../ui/states.js';
import { useProblemText } from '../../../ui/problem-text.js';
import { languageOf } from '../editor/local-texts.js';
import type { TabProps } from '../script-desk.js';
import { Replay } from './replay.js';
import { Coverage, ResultList } from './scenario-results.js';
import { ScenarioForm } from './scenario-form.js';

/** Talks with what has to come of them; all have to pass before a version is published. */
export function ScenariosTab({ draft, script, mayEdit, onTab }: TabProps) {
  const { t, format } = useI18n();
  const problemText = useProblemText();
  const [opened, open] = useState<number | null>(null);
  const trying = useMutation({ mutationFn: () => scripts.tryScenarios(draft.source, draft.scenarios) });
  const put = (at: number, scenario: ScriptScenarioView | null) =>
    draft.putScenarios(scenario ? draft.scenarios.with(at, scenario) : draft.scenarios.toSpliced(at, 1));
  const results = trying.data?.scenarios ?? [];
  const failed = results.filter(({ passed }) => !passed).length;
  return (
    <>
      <div className="settings-head">
        <h2>{t('scenario.title')}</h2>
        <Group gap="xs">
          <Button variant="default" onClick={() => onTab('outline')}>
            {t('scenario.record')}
          </Button>
          <Button disabled={draft.scenarios.length === 0} loading={trying.isPending} onClick={() => trying.mutate()}>
            {t('scenario.runAll')}
          </Button>
        </Group>
      </div>
      <p className="settings-hint">{t('scenario.intro')}</p>
      {draft.scenarios.length === 0 && <Empty>{t('scenario.none')}</Empty>}
      <ul className="script-scenarios">
        {draft.scenarios.map((scenario, at) => (
          <li key={scenario.name}>
            <div className="script-entry-head">
              <button type="button" aria-expanded={opened === at} onClick={() => open(opened === at ? null : at)}>
                <bdi>{scenario.name}</bdi>{' '}
                <small>
                  {languageOf(scenario.locale)} ·{' '}
                  {t('scenario.steps', { count: scenario.inputs.length, steps: format.number(scenario.inputs.length) })}
                </small>
              </button>
              {mayEdit && (
                <CloseButton
                  aria-label={t('script.removeEntry', { name: scenario.name })}
                  onClick={() => put(at, null)}
                />
              )}
            </div>
            {opened === at && (
              <>
                <Inputs inputs={scenario.inputs} />
                <ScenarioForm scenario={scenario} readOnly={!mayEdit} onChange={(next) => put(at, next)} />
              </>
            )}
          </li>
        ))}
      </ul>
      {trying.isError && (
        <p className="settings-problem" role="alert">
          {problemText(trying.error)}
        </p>
      )}
      {trying.data && (
        <section aria-label={t('scenario.results')}>
          <output className="script-gate" data-tone={failed === 0 && results.length > 0 ? 'good' : 'bad'}>
            {results.length === 0
              ? t('sim.notPlayable')
              : t('scenario.sum', { passed: format.number(results.length - failed), failed: format.number(failed) })}
          </output>
          {trying.data.coverage && <Coverage coverage={trying.data.coverage} />}
          <ResultList results={results} />
        </section>
      )}
      <Replay script={script} source={draft.source} />
    </>
  );
}

function Inputs({ inputs }: { inputs: readonly ScriptInputView[] }) {
  const { t } = useI18n();
  return (
    <ol className="script-inputs">
      {inputs.map((input, at) => {
        const [kind = '', value] = Object.entries(input)[0] ?? [];
        return (
          // oxlint-disable-next-line react/no-array-index-key -- A talk is its order.
          <li key={at}>
            <b>{t(`scenario.input_${kind}` as 'scenario.input_type')}</b>{' '}
            <bdi>{typeof value === 'string' || typeof value === 'number' ? value : ''}</bdi>
          </li>
        );
      })}
    </ol>
  );
}
