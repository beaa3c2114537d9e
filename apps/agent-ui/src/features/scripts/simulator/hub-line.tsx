import type { ScriptStepView } from '#contract';
import { useI18n } from '../../../i18n/use-i18n.js';
import { wordOf } from '../document/script-words.js';

const effects = [
  'lookup',
  'tag',
  'set',
  'ticket',
  'handoff',
  'withdraw',
  'callback',
  'voicemail',
  'end',
  'alert',
] as const;

/** What the hub would do meanwhile. */
export function HubLine({ step: { effect, does } }: { step: ScriptStepView }) {
  const { t } = useI18n();
  const kind = effects.find((one) => one === effect?.['kind']);
  const what = wordOf(effect?.['ref']) || wordOf(effect?.['queue']) || wordOf(effect?.['act']);
  return (
    <p className="sim-hub">
      {kind ? t(effect?.['csat'] === true ? 'sim.effect_asks' : `sim.effect_${kind}`) : <bdi>{does}</bdi>}
      {kind && what && (
        <>
          {' '}
          <bdi>{what}</bdi>
        </>
      )}
    </p>
  );
}
