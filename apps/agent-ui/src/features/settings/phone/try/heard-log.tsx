import { ActionIcon } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { KeyCaps } from '../../../../calls/card/key-caps.js';
import { useI18n } from '../../../../i18n/use-i18n.js';
import { IconPlay } from '../../../../ui/icons.js';
import type { TrialLine, TrialStop } from './trial-log.js';

interface Props {
  lines: readonly TrialLine[];
  stop: TrialStop;
  /** Somebody of ours answered. */
  talks: boolean;
}

/** What the caller heard so far, and what the line does now. */
export function HeardLog({ lines, stop, talks }: Props) {
  const { t } = useI18n();
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const log = end.current?.parentElement;
    log?.scrollTo({ top: log.scrollHeight });
  }, [lines.length, stop]);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- Who cannot point scrolls it by the keyboard.
    <div className="try-log" role="log" aria-label={t('tryCall.heard')} tabIndex={0}>
      {lines.map((line, at) => (
        // oxlint-disable-next-line react/no-array-index-key -- A call only grows.
        <Line key={at} line={line} />
      ))}
      <output className="try-now">{useStopText(stop, talks)}</output>
      <div ref={end} />
    </div>
  );
}

function Line({ line }: { line: TrialLine }) {
  const { t, format } = useI18n();
  if (line.who === 'tester') {
    return <p data-who="tester">{line.did === 'pressed' ? <KeyCaps keys={line.words} /> : <Said line={line} />}</p>;
  }
  const { step } = line;
  switch (step.kind) {
    case 'say':
      return (
        <p data-who="hub" dir="auto">
          {step.text}
        </p>
      );
    case 'pause':
      return <small>{t('tryCall.pause', { seconds: format.number(step.ms / 1_000) })}</small>;
    case 'play':
      return <Played step={step} />;
  }
}

function Said({ line }: { line: Extract<TrialLine, { who: 'tester' }> }) {
  const { t } = useI18n();
  return line.did === 'spoke' ? <span dir="auto">{line.words}</span> : t('tryCall.silent');
}

/** A recording: its words where they are known, its name where they are not, and its sound. */
function Played({ step }: { step: Extract<Extract<TrialLine, { who: 'hub' }>['step'], { kind: 'play' }> }) {
  const { t } = useI18n();
  const { url } = step;
  return (
    <p data-who="hub" className="try-played">
      {url !== null && (
        <ActionIcon
          size="sm"
          variant="subtle"
          aria-label={`${t('tryCall.play')} ${step.name}`}
          onClick={() => void new Audio(url).play().catch(() => undefined)}
        >
          <IconPlay size={14} aria-hidden />
        </ActionIcon>
      )}
      <span>
        {step.text && <span dir="auto">{step.text}</span>}
        <bdi dir="ltr" className="try-file">
          {step.name}
        </bdi>
        {url === null && <small>{t('tryCall.noSound')}</small>}
      </span>
    </p>
  );
}

/** What the line does, in words. */
function useStopText(stop: TrialStop, talks: boolean): string {
  const { t } = useI18n();
  const gatherText = useGatherText();
  switch (stop.kind) {
    case 'gather':
      return gatherText(stop);
    case 'hold':
      return t('tryCall.hold');
    case 'dial':
      if (talks) {
        return t('tryCall.talk');
      }
      return stop.agent
        ? t('tryCall.dial', { name: stop.agent, address: stop.to.address })
        : t('tryCall.dialNobody', { address: stop.to.address });
    case 'record':
      return t('tryCall.record');
    case 'again':
      return t('tryCall.thinks');
    case 'hangup':
      return t('tryCall.ended');
  }
}

function useGatherText() {
  const { t } = useI18n();
  return ({ keys, speech, digits, finishOnKey }: Extract<TrialStop, { kind: 'gather' }>): string => {
    if (keys && speech) {
      return t('tryCall.waitBoth');
    }
    if (speech) {
      return t('tryCall.waitSpeech');
    }
    if (digits !== null) {
      return t('tryCall.waitKeys', { count: digits });
    }
    return finishOnKey === null ? t('tryCall.waitAnyKeys') : t('tryCall.waitKeysEnd', { key: finishOnKey });
  };
}
