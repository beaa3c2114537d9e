import { useEffect, useRef } from 'react';
import type { ScriptInputView, ScriptStepView } from '#contract';
import { useI18n } from '../../../i18n/use-i18n.js';
import { mappingOf, wordOf, type ScriptChannelName } from '../document/script-words.js';
import { ScriptFile } from '../script-file.js';
import { HubLine } from './hub-line.js';
import type { Run } from './simulator.js';
import { VoiceSteps } from './voice-steps.js';

interface Props {
  run: Run;
  locale: string;
  channel: ScriptChannelName;
  onAct: (input: ScriptInputView) => void;
}

/** What the customer sees or hears, from the first word on. */
export function Talk({ run, locale, channel, onAct }: Props) {
  const { t } = useI18n();
  const end = useRef<HTMLDivElement>(null);
  const { steps, state } = run;
  useEffect(() => {
    const log = end.current?.parentElement;
    log?.scrollTo({ top: log.scrollHeight });
  }, [steps.length]);
  const last = steps.findLastIndex(({ who }) => who === 'bot');
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- Who cannot point scrolls it by the keyboard.
    <div className="sim-talk" role="log" aria-label={t('sim.talk')} tabIndex={0}>
      {steps.map((step, at) => (
        // oxlint-disable-next-line react/no-array-index-key -- A talk only grows.
        <Step
          key={at}
          step={step}
          label={pressedLabel(steps, at)}
          locale={locale}
          channel={channel}
          onAct={at === last ? onAct : null}
        />
      ))}
      <output className="sim-state">
        {t(`sim.status_${state.status}`)}
        {state.outcome && ` · ${t(`script.choice_${state.outcome}` as 'script.choice_resolved')}`}
      </output>
      <div ref={end} />
    </div>
  );
}

interface StepProps {
  step: ScriptStepView;
  /** What the customer pressed, by its label; '' where nothing was pressed. */
  label: string;
  locale: string;
  channel: ScriptChannelName;
  /** null: what could be chosen there is past. */
  onAct: ((input: ScriptInputView) => void) | null;
}

function Step({ step, label, locale, channel, onAct }: StepProps) {
  const { t } = useI18n();
  const dir = locale === 'fa' ? 'rtl' : 'ltr';
  if (step.who === 'hub') {
    return <HubLine step={step} />;
  }
  if (step.who === 'customer') {
    return (
      <div className="sim-said" data-who="customer">
        <span className="unseen">{t('sim.customer')}: </span>
        <span className="words">{label || said(step, t('sim.hangup'))}</span>
      </div>
    );
  }
  return (
    <>
      {(step.rendered ?? []).map((rendered, at) =>
        rendered['kind'] === 'voice' ? (
          // oxlint-disable-next-line react/no-array-index-key -- What was said stays as it was.
          <VoiceSteps key={at} steps={rendered['steps']} dir={dir} />
        ) : (
          // oxlint-disable-next-line react/no-array-index-key -- As above.
          <Message key={at} rendered={rendered} dir={dir} />
        ),
      )}
      {onAct && <Choices step={step} channel={channel} dir={dir} onAct={onAct} />}
    </>
  );
}

function Message({ rendered, dir }: { rendered: Record<string, unknown>; dir: 'ltr' | 'rtl' }) {
  const { t, format } = useI18n();
  const parts = rendered['smsParts'];
  const media = wordOf(rendered['media']);
  return (
    <div className="sim-said" data-who="bot">
      <span className="unseen">{t('sim.bot')}: </span>
      <p className="words" dir={dir}>
        {wordOf(rendered['body'])}
      </p>
      {media && parts === undefined && <ScriptFile name={media} />}
      {typeof parts === 'number' && <small>{t('sim.smsParts', { count: parts, parts: format.number(parts) })}</small>}
    </div>
  );
}

/** What may be chosen now: pressed in a chat, in the channel's own way elsewhere. */
function Choices({ step, channel, dir, onAct }: Omit<StepProps, 'locale' | 'label'> & { dir: 'ltr' | 'rtl' }) {
  const { t } = useI18n();
  const options = step.says?.findLast((say) => say.options.length > 0)?.options ?? [];
  if (options.length === 0) {
    return null;
  }
  return (
    <fieldset className="sim-choices" data-channel={channel} dir={dir} aria-label={t('sim.choices')}>
      {options.map(({ id, label, dtmf }) => (
        <button key={id} type="button" onClick={() => onAct?.({ press: id })}>
          {channel === 'voice' && dtmf !== null && `${dtmf} · `}
          {label}
        </button>
      ))}
    </fieldset>
  );
}

/** An option as the customer read it, in the last menu before. */
function pressedLabel(steps: readonly ScriptStepView[], at: number): string {
  const pressed = wordOf(mappingOf(mappingOf(steps[at])['input'])['press']);
  const menus = steps.slice(0, at).flatMap(({ says }) => says ?? []);
  return (
    pressed &&
    (menus.findLast(({ options }) => options.length > 0)?.options.find(({ id }) => id === pressed)?.label ?? pressed)
  );
}

function said(step: ScriptStepView, hungUp: string): string {
  const input = mappingOf(mappingOf(step)['input']);
  if ('hangup' in input) {
    return hungUp;
  }
  return wordOf(input['type']) || wordOf(input['keypad']) || wordOf(step.does);
}
