import type { RuleEffectView } from '#contract';
import { useI18n } from '../../../i18n/use-i18n.js';
import { RefusalText } from './refusal-text.js';
import { useNamed } from './use-options.js';
import { say } from './why-tree.js';

type Part = 'state' | 'priority' | 'tags' | 'field' | 'queue' | 'owner' | 'snooze' | 'followers';
type Said = 'note' | 'reply' | 'survey' | 'webhook';

/** What actions changed and said, a line each. */
export function EffectLines({ effects }: { effects: readonly RuleEffectView[] }) {
  return (
    <ul className="rule-effects">
      {effects.map((effect, index) => (
        <li key={index}>
          <Effect change={effect.change} />
        </li>
      ))}
    </ul>
  );
}

function Effect({ change }: { change: Record<string, unknown> }) {
  const { t } = useI18n();
  if (typeof change['refused'] === 'string') {
    return <RefusalText code={change['refused']} />;
  }
  if (change['says'] !== undefined) {
    const text = Object.values((change['text'] ?? {}) as Record<string, string>)[0] ?? '';
    return <bdi>{t('rule.says', { what: t(`rule.says_${change['says'] as Said}`), text })}</bdi>;
  }
  return <Moved part={change['what'] as Part} field={change['field']} from={change['from']} to={change['to']} />;
}

interface MovedProps {
  part: Part;
  field: unknown;
  from: unknown;
  to: unknown;
}

function Moved({ part, field, from, to }: MovedProps) {
  const { t } = useI18n();
  const named = useNamed();
  const word = (value: unknown): string => {
    const all = [...named.queues, ...named.agents];
    if (part === 'priority') {
      return t(`ticket.priority.${value as 1 | 2 | 3 | 4}`);
    }
    if (part === 'state' && typeof value === 'string') {
      return t(`ticket.state.${value as 'open'}`, { defaultValue: value });
    }
    return all.find((one) => one.value === value)?.label ?? say(value, t('rule.nothing'));
  };
  const what = part === 'field' ? say(field, '') : t(`rule.part_${part}`);
  return <>{t('rule.change', { what, from: word(from), to: word(to) })}</>;
}
