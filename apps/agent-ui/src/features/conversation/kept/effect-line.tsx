import type { MacroEffect } from '#contract';
import { useI18n } from '../../../i18n/use-i18n.js';

interface Props {
  effect: MacroEffect;
  /** What ids are called. */
  names: Record<string, string>;
}

/** One step of a macro as it would change this ticket: what it was and what it becomes, or the words that are said. */
export function EffectLine({ effect: { change, action }, names }: Props) {
  const { t } = useI18n();
  const valueOf = useValues(names);
  if ('refused' in change) {
    const { refused: code, detail = '' } = change;
    return (
      <span data-tone="bad">
        {t(`kept.do_${action.do}`, { defaultValue: action.do })}:{' '}
        {t(`kept.refused_${code}`, { detail, defaultValue: detail || code })}
      </span>
    );
  }
  if ('says' in change) {
    const words = Object.values(change.text ?? {})[0];
    const named = change.subjectId === null ? undefined : names[change.subjectId];
    return (
      <>
        {t(`kept.says_${change.says}`)} {named && <bdi>{named}</bdi>}
        {words !== undefined && <blockquote dir="auto">{words}</blockquote>}
      </>
    );
  }
  const [from, to] = [valueOf(change.what, change.from), valueOf(change.what, change.to)];
  const label = change.field ?? t(`kept.part_${change.what}`, { defaultValue: change.what });
  return from === to ? (
    <span>
      <bdi>{label}</bdi>: <bdi>{to}</bdi> ({t('kept.staysSo')})
    </span>
  ) : (
    <span>
      <bdi>{label}</bdi>:{' '}
      <del>
        <bdi>{from}</bdi>
      </del>{' '}
      <span aria-hidden className="points">
        →
      </span>{' '}
      <ins>
        <bdi>{to}</bdi>
      </ins>
    </span>
  );
}

/** How values are told: states and priorities by their names, queues and people by theirs. */
function useValues(names: Record<string, string>) {
  const { t, format } = useI18n();
  const plain = (value: unknown): string => {
    if (typeof value === 'string') {
      return names[value] ?? value;
    }
    if (typeof value === 'number') {
      return format.number(value);
    }
    return typeof value === 'boolean' ? t(value ? 'kept.yes' : 'kept.no') : t('kept.nothing');
  };
  return (what: string, value: unknown): string => {
    if (Array.isArray(value)) {
      return value.length === 0 ? t('kept.nothing') : value.map(plain).join(t('kept.listJoin'));
    }
    if (what === 'state' || what === 'priority') {
      return t(`ticket.${what}.${String(value)}`, { defaultValue: plain(value) });
    }
    return what === 'snooze' ? snoozeWords(value, t, format) : plain(value);
  };
}

type Speaker = Pick<ReturnType<typeof useI18n>, 't' | 'format'>;

function snoozeWords(until: unknown, t: Speaker['t'], format: Speaker['format']): string {
  const { at, workDays } = (until ?? {}) as { at?: string; workDays?: number };
  if (until === null) {
    return t('kept.notSnoozed');
  }
  if (workDays !== undefined) {
    return t('kept.workDays', { count: workDays });
  }
  return at === undefined ? t('kept.untilReply') : format.dateTime(at);
}
