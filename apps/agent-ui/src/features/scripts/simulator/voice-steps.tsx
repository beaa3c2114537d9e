import { useI18n } from '../../../i18n/use-i18n.js';
import { listOf, mappingOf, wordOf } from '../document/script-words.js';

/** A turn on the telephone: what is played and read out, and what is waited for. */
export function VoiceSteps({ steps, dir }: { steps: unknown; dir: 'ltr' | 'rtl' }) {
  return (
    <ol className="sim-voice">
      {listOf(steps).map((step, at) => (
        // oxlint-disable-next-line react/no-array-index-key -- What was said stays as it was.
        <li key={at}>
          <VoiceStep step={mappingOf(step)} dir={dir} />
        </li>
      ))}
    </ol>
  );
}

function VoiceStep({ step, dir }: { step: Record<string, unknown>; dir: 'ltr' | 'rtl' }) {
  const { t, format } = useI18n();
  const seconds = (ms: unknown) => format.number(Math.round(Number(ms) / 100) / 10);
  if ('play' in step) {
    return (
      <>
        <b>{t('sim.plays')}</b> <bdi dir="ltr">{wordOf(step['play'])}</bdi>
      </>
    );
  }
  if ('say' in step) {
    return (
      <>
        <b>{t('sim.says')}</b>{' '}
        <span className="words" dir={dir}>
          {wordOf(step['say'])}
        </span>
      </>
    );
  }
  if ('gather' in step) {
    return <b>{gatherText(mappingOf(step['gather']))}</b>;
  }
  if ('pause' in step) {
    return <b>{t('sim.pauses', { seconds: seconds(mappingOf(step['pause'])['ms']) })}</b>;
  }
  if ('enqueue' in step) {
    return (
      <>
        <b>{t('sim.enqueues')}</b> <bdi>{wordOf(mappingOf(step['enqueue'])['queue'])}</bdi>
      </>
    );
  }
  return <b>{t('record' in step ? 'sim.records' : 'sim.hangsUp')}</b>;

  function gatherText({ dtmf, speech, finishOnKey, timeoutMs }: Record<string, unknown>): string {
    const what = t(
      dtmf === true && speech === true ? 'sim.gathersBoth' : dtmf === true ? 'sim.gathersKeys' : 'sim.gathersSpeech',
    );
    const until = typeof finishOnKey === 'string' ? t('sim.untilKey', { key: finishOnKey }) : '';
    const patience = typeof timeoutMs === 'number' ? t('sim.patience', { seconds: seconds(timeoutMs) }) : '';
    return [what, until, patience].filter(Boolean).join(' · ');
  }
}
