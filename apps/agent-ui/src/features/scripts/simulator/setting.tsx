import { NativeSelect, Textarea } from '@mantine/core';
import { useI18n } from '../../../i18n/use-i18n.js';
import { DateTimeField } from '../../../ui/dates/date-time-field.js';
import { listOf, scriptChannels, wordOf, type LooseScript, type ScriptChannelName } from '../document/script-words.js';
import { languageOf } from '../editor/local-texts.js';
import { lookupFailures, lookupNames, readJson, type LookupAnswer, type Weather } from './simulated-world.js';

export interface SimulatorSetting extends Weather {
  channel: ScriptChannelName;
  locale: string;
  /** ISO instant. */
  at: string;
}

interface Props {
  script: LooseScript | null;
  setting: SimulatorSetting;
  onChange: (setting: SimulatorSetting) => void;
  onRestart: () => void;
}

/** Where and when the talk is held, and how the world is. Another channel or language begins it anew. */
export function Setting({ script, setting, onChange, onRestart }: Props) {
  const { t } = useI18n();
  const change = (part: Partial<SimulatorSetting>) => onChange({ ...setting, ...part });
  const begin = (part: Partial<SimulatorSetting>) => {
    change(part);
    onRestart();
  };
  const allowed = listOf(script?.root['channels']).map(wordOf);
  const channels = scriptChannels.filter((channel) => allowed.length === 0 || allowed.includes(channel));
  const lookups = script ? lookupNames(script) : [];
  return (
    <div className="sim-setting">
      <NativeSelect
        size="xs"
        label={t('sim.channel')}
        value={setting.channel}
        onChange={(event) => begin({ channel: event.currentTarget.value as ScriptChannelName })}
        data={channels.map((value) => ({ value, label: t(`script.channel_${value}`) }))}
      />
      <NativeSelect
        size="xs"
        label={t('sim.language')}
        value={setting.locale}
        onChange={(event) => begin({ locale: event.currentTarget.value })}
        data={(script?.locales ?? ['en', 'fa']).map((value) => ({ value, label: languageOf(value) }))}
      />
      <NativeSelect
        size="xs"
        label={t('sim.hours')}
        value={setting.hours}
        onChange={(event) => change({ hours: event.currentTarget.value as Weather['hours'] })}
        data={(['open', 'closed', 'holiday'] as const).map((value) => ({ value, label: t(`sim.hours_${value}`) }))}
      />
      <NativeSelect
        size="xs"
        label={t('sim.agents')}
        value={setting.agents}
        onChange={(event) => change({ agents: event.currentTarget.value as Weather['agents'] })}
        data={(['available', 'away'] as const).map((value) => ({ value, label: t(`sim.agents_${value}`) }))}
      />
      <details className="script-more sim-wide">
        <summary>{t('sim.more')}</summary>
        <DateTimeField
          size="xs"
          label={t('sim.begins')}
          value={setting.at}
          onChange={(at) => at !== null && change({ at })}
        />
        {lookups.map((name) => (
          <OneLookup
            key={name}
            name={name}
            answer={setting.lookups[name]}
            onChange={(answer) => change({ lookups: { ...setting.lookups, [name]: answer } })}
          />
        ))}
      </details>
    </div>
  );
}

interface LookupProps {
  name: string;
  answer: LookupAnswer | undefined;
  onChange: (answer: LookupAnswer) => void;
}

function OneLookup({ name, answer = { fails: 'absent' }, onChange }: LookupProps) {
  const { t } = useI18n();
  const isAnswered = 'json' in answer;
  return (
    <>
      <NativeSelect
        size="xs"
        label={t('sim.lookup', { name })}
        value={isAnswered ? 'json' : answer.fails}
        onChange={({ currentTarget: { value } }) => {
          const fails = lookupFailures.find((one) => one === value);
          onChange(fails ? { fails } : { json: '{}' });
        }}
        data={[
          { value: 'json', label: t('sim.answers') },
          ...lookupFailures.map((value) => ({ value, label: t(`sim.fails_${value}`) })),
        ]}
      />
      {isAnswered && (
        <Textarea
          size="xs"
          className="script-code"
          dir="ltr"
          autosize
          minRows={2}
          aria-label={t('sim.answerOf', { name })}
          error={readJson(answer.json) === undefined && t('sim.noJson')}
          value={answer.json}
          onChange={(event) => onChange({ json: event.currentTarget.value })}
        />
      )}
    </>
  );
}
