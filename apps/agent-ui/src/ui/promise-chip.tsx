import type { SlaClockView } from '#contract';
import { useI18n } from '../i18n/use-i18n.js';
import { IconAlert, IconClock } from './icons.js';
import { useNow } from './use-now.js';
import { choosePromise, type ShownPromise } from './choose-promise.js';

const tones: Record<ShownPromise['standing'], string | undefined> = {
  calm: undefined,
  soon: 'warn',
  late: 'bad',
  paused: undefined,
};

/** When something is owed to the customer. Nothing where nothing is. */
export function PromiseChip({ clocks }: { clocks: readonly SlaClockView[] }) {
  const { t, format } = useI18n();
  const now = useNow();
  const promise = choosePromise(clocks, now);
  if (!promise) {
    return null;
  }
  const { what, standing, dueAt } = promise;
  const Icon = standing === 'late' ? IconAlert : IconClock;
  return (
    <span className="chip" data-tone={tones[standing]} title={dueAt === null ? undefined : format.dateTime(dueAt)}>
      <Icon size={13} aria-hidden />
      {dueAt === null
        ? t(`promise.${what}.paused`)
        : t(`promise.${what}.${standing === 'late' ? 'late' : 'due'}`, { time: distance(dueAt) })}
    </span>
  );

  function distance(at: string): string {
    const due = new Date(at).getTime();
    return due < now ? format.ago(at, now) : format.ago(new Date(now).toISOString(), due);
  }
}
