import { Button, Group, Stack, Switch, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { ScriptScenarioView } from '#contract';
import { useI18n } from '../../../i18n/use-i18n.js';
import { Dialog } from '../../../ui/dialog.js';
import { notify } from '../../../ui/notify.js';
import type { ScriptChannelName } from '../document/script-words.js';
import type { Draft } from '../use-draft.js';
import type { Run } from './simulator.js';

interface Props {
  draft: Draft;
  run: Run;
  /** The talk as it was played. */
  begun: Pick<ScriptScenarioView, 'locale' | 'at' | 'inputs' | 'world'>;
  channel: ScriptChannelName;
  onScenarios: () => void;
  onClose: () => void;
}

/** Keeps the talk with what came of it, to be proven again before every publication. */
export function KeepScenario({ draft, run, begun, channel, onScenarios, onClose }: Props) {
  const { t } = useI18n();
  const [name, setName] = useState('');
  const [everywhere, setEverywhere] = useState(true);
  const { node, outcome, status } = run.state;
  const isTaken = draft.scenarios.some((scenario) => scenario.name === name.trim());
  const keep = (event: FormEvent) => {
    event.preventDefault();
    const expect = { status, ...(node !== null && { node }), ...(outcome !== null && { outcome }) };
    const only = everywhere ? {} : { channels: [channel] };
    draft.putScenarios([...draft.scenarios, { name: name.trim(), ...begun, ...only, expect }]);
    notify(t('sim.kept'));
    onClose();
    onScenarios();
  };
  return (
    <Dialog title={t('sim.keep')} onClose={onClose}>
      <form onSubmit={keep}>
        <Stack>
          <TextInput
            label={t('sim.scenarioName')}
            required
            maxLength={100}
            dir={name ? 'auto' : undefined}
            value={name}
            error={isTaken && t('sim.nameTaken')}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <p className="settings-hint">
            {t('sim.expects', {
              node: node ?? '',
              outcome: outcome ? t(`script.choice_${outcome}` as 'script.choice_resolved') : t(`sim.status_${status}`),
            })}
          </p>
          <Switch
            label={t('sim.everywhere')}
            checked={everywhere}
            onChange={(event) => setEverywhere(event.currentTarget.checked)}
          />
          <Group>
            <Button type="submit" disabled={isTaken}>
              {t('common.save')}
            </Button>
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
