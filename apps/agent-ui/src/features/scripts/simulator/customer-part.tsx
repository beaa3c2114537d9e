import { Button, Group, NativeSelect, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { ScriptInputView } from '#contract';
import { useI18n } from '../../../i18n/use-i18n.js';
import { latinDigits } from '../../../i18n/latin-digits.js';
import type { ScriptChannelName } from '../document/script-words.js';
import type { Run } from './simulator.js';

interface Props {
  run: Run;
  channel: ScriptChannelName;
  onAct: (input: ScriptInputView) => void;
}

const waits = ['6s', '1m', '30m', '1d'] as const;
const keypad = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'];

/** What the customer can do now. */
export function CustomerPart({ run: { state, steps }, channel, onAct }: Props) {
  const { t } = useI18n();
  const [typed, setTyped] = useState('');
  const [wait, setWait] = useState<string>(channel === 'voice' ? '6s' : '30m');
  const isOver = state.status === 'ended';
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (typed.trim() !== '') {
      onAct({ type: typed });
      setTyped('');
    }
  };
  const isMenu = steps.findLast(({ who }) => who === 'bot')?.says?.at(-1)?.input?.kind === 'choice';
  return (
    <div className="sim-customer">
      <form onSubmit={send} className="sim-type">
        <TextInput
          size="xs"
          aria-label={t(channel === 'voice' ? 'sim.speak' : 'sim.type')}
          placeholder={t(channel === 'voice' ? 'sim.speak' : 'sim.type')}
          dir={typed ? 'auto' : undefined}
          disabled={isOver}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Button size="xs" type="submit" disabled={isOver || typed.trim() === ''}>
          {t('sim.send')}
        </Button>
      </form>
      {channel === 'voice' && <Keypad isMenu={isMenu} isOver={isOver} onKeys={(keys) => onAct({ keypad: keys })} />}
      <Group gap={6} align="end">
        <NativeSelect
          size="xs"
          aria-label={t('sim.howLong')}
          value={wait}
          onChange={(event) => setWait(event.currentTarget.value)}
          data={waits.map((value) => ({ value, label: t(`sim.wait_${value}`) }))}
        />
        <Button size="xs" variant="default" disabled={isOver} onClick={() => onAct({ wait })}>
          {t('sim.wait')}
        </Button>
        {channel === 'voice' && (
          <Button size="xs" variant="default" disabled={isOver} onClick={() => onAct({ hangup: true })}>
            {t('sim.hangup')}
          </Button>
        )}
        {state.status === 'handed_off' && (
          <Button size="xs" variant="default" onClick={() => onAct({ resume: true })}>
            {t('sim.giveBack')}
          </Button>
        )}
      </Group>
    </div>
  );
}

interface KeypadProps {
  /** One key is an answer; otherwise keys are collected until they are sent. */
  isMenu: boolean;
  isOver: boolean;
  onKeys: (keys: string) => void;
}

function Keypad({ isMenu, isOver, onKeys }: KeypadProps) {
  const { t, format } = useI18n();
  const [keyed, setKeyed] = useState('');
  const give = (keys: string) => {
    onKeys(keys);
    setKeyed('');
  };
  const press = (key: string) => (isMenu || key === '#' ? give(keyed + key) : setKeyed(keyed + key));
  const name = (key: string) => (/\d/u.test(key) ? format.digits(Number(key)) : key);
  return (
    <fieldset className="sim-keypad" aria-label={t('sim.keypad')} dir="ltr">
      {keypad.map((key) => (
        <button
          key={key}
          type="button"
          disabled={isOver}
          aria-label={t('sim.key', { key: name(key) })}
          onClick={() => press(key)}
        >
          {name(key)}
        </button>
      ))}
      <output>{latinDigits(keyed)}</output>
      <button type="button" className="sim-keys-send" disabled={isOver || keyed === ''} onClick={() => give(keyed)}>
        {t('sim.send')}
      </button>
    </fieldset>
  );
}
