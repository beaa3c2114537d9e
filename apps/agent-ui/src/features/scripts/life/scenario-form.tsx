import { NativeSelect, Stack, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ScriptScenarioView } from '#contract';
import { useI18n } from '../../../i18n/use-i18n.js';

interface Props {
  scenario: ScriptScenarioView;
  readOnly: boolean;
  onChange: (scenario: ScriptScenarioView) => void;
}

const outcomes = ['resolved', 'unresolved', 'abandoned', 'handed_off'] as const;

/** What has to come of a talk. */
export function ScenarioForm({ scenario, readOnly, onChange }: Props) {
  const { t } = useI18n();
  const [said, setSaid] = useState((scenario.expect.says ?? []).join('\n'));
  const { node = '', outcome = '' } = scenario.expect;
  /** Nothing is expected of what is left empty. */
  const expect = (key: 'node' | 'outcome' | 'says', value: string | string[]) => {
    const { [key]: _gone, ...others } = scenario.expect;
    onChange({ ...scenario, expect: value.length === 0 ? others : { ...others, [key]: value } });
  };
  return (
    <Stack gap="xs">
      <div className="script-pairs">
        <TextInput
          label={t('scenario.endsAt')}
          dir="ltr"
          readOnly={readOnly}
          value={node}
          onChange={(event) => expect('node', event.currentTarget.value.trim())}
        />
        <NativeSelect
          label={t('script.field_outcome')}
          disabled={readOnly}
          value={outcome}
          onChange={(event) => expect('outcome', event.currentTarget.value)}
          data={[
            { value: '', label: t('scenario.any') },
            ...outcomes.map((value) => ({ value, label: t(`script.choice_${value}`) })),
          ]}
        />
      </div>
      <Textarea
        label={t('scenario.says')}
        description={t('script.oneALine')}
        dir={said ? 'auto' : undefined}
        autosize
        minRows={2}
        readOnly={readOnly}
        value={said}
        onChange={(event) => {
          setSaid(event.currentTarget.value);
          expect(
            'says',
            event.currentTarget.value
              .split('\n')
              .map((line) => line.trim())
              .filter(Boolean),
          );
        }}
      />
    </Stack>
  );
}
