import { Button, Group } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { ScriptInputView, ScriptRunView, ScriptView } from '#contract';
import { scriptKeys, scripts, type Simulation } from '../../../api/scripts.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { useProblemText } from '../../../ui/problem-text.js';
import { listOf, wordOf, type LooseScript, type ScriptChannelName } from '../document/script-words.js';
import type { Draft } from '../use-draft.js';
import { useSettled } from '../use-settled.js';
import { CustomerPart } from './customer-part.js';
import { KeepScenario } from './keep-scenario.js';
import { Setting, type SimulatorSetting } from './setting.js';
import { worldOf } from './simulated-world.js';
import { Talk } from './talk.js';
import { VariablesAndPath } from './variables-and-path.js';

interface Props {
  draft: Draft;
  script: ScriptView;
  mayEdit: boolean;
  onLit: (node: string | null) => void;
  onScenarios: () => void;
}

export type Run = NonNullable<ScriptRunView['run']>;

const playAfterMs = 600;

/** Plays the script as it is written now: what a customer does is kept, and played anew whenever something changes. */
export function Simulator({ draft, mayEdit, onLit, onScenarios }: Props) {
  const { t, locale: reader } = useI18n();
  const { script } = draft.read;
  const [setting, setSetting] = useState<SimulatorSetting>(() => beginSetting(script, reader));
  const [inputs, setInputs] = useState<ScriptInputView[]>([]);
  const [isKeeping, setKeeping] = useState(false);
  const source = useSettled(draft.source, playAfterMs);
  const world = script && worldOf(script, setting);
  const { channel, locale, at } = setting;
  const simulation: Simulation = { source, channel, locale, at, inputs, ...(world && { world }) };
  const played = useQuery({
    queryKey: [...scriptKeys.all, 'play', simulation],
    queryFn: ({ signal }) => scripts.simulate(simulation, signal),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
  });
  const run = played.data?.run ?? null;
  const node = run?.state.node ?? null;
  useEffect(() => {
    onLit(node);
    return () => onLit(null);
  }, [node, onLit]);
  const act = (input: ScriptInputView) => setInputs((known) => [...known, input]);
  return (
    <div className="sim">
      <Setting script={script} setting={setting} onChange={setSetting} onRestart={() => setInputs([])} />
      {played.isError && <Refused error={played.error} />}
      {played.data && !run && <p className="settings-problem">{t('sim.notPlayable')}</p>}
      {run && (
        <>
          <Talk run={run} locale={locale} channel={channel} onAct={act} />
          <CustomerPart key={channel} run={run} channel={channel} onAct={act} />
          <Group gap={6}>
            <Button
              size="compact-sm"
              variant="default"
              disabled={inputs.length === 0}
              onClick={() => setInputs((known) => known.slice(0, -1))}
            >
              {t('sim.stepBack')}
            </Button>
            <Button size="compact-sm" variant="default" disabled={inputs.length === 0} onClick={() => setInputs([])}>
              {t('sim.restart')}
            </Button>
            {mayEdit && (
              <Button size="compact-sm" variant="default" onClick={() => setKeeping(true)}>
                {t('sim.keep')}
              </Button>
            )}
          </Group>
          <VariablesAndPath run={run} />
        </>
      )}
      {isKeeping && run && (
        <KeepScenario
          draft={draft}
          run={run}
          begun={{ locale, at, inputs, ...(world && { world }) }}
          channel={channel}
          onScenarios={onScenarios}
          onClose={() => setKeeping(false)}
        />
      )}
    </div>
  );
}

function Refused({ error }: { error: unknown }) {
  const problemText = useProblemText();
  return (
    <p className="settings-problem" role="alert">
      {problemText(error)}
    </p>
  );
}

/** In the reader's own language where the script speaks it. */
function beginSetting(script: LooseScript | null, reader: string): SimulatorSetting {
  const channels = listOf(script?.root['channels']).map(wordOf);
  const channel = (channels[0] ?? 'web') as ScriptChannelName;
  const spoken = script?.locales ?? [];
  const locale = spoken.includes(reader) ? reader : (spoken[0] ?? 'en');
  const minute = new Date();
  minute.setSeconds(0, 0);
  return { channel, locale, at: minute.toISOString(), hours: 'open', agents: 'available', lookups: {} };
}
