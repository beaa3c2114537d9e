import type { CallLegView } from '#contract';
import { useAgents } from '../../api/queries.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { PersonAvatar } from '../../ui/person-avatar.js';
import { legSeconds } from './call-stage.js';

/** How one of ours is called on a call: by name, else by what was dialled. */
export function useAgentName(): (leg: Pick<CallLegView, 'agentId' | 'to'>) => string {
  const { t } = useI18n();
  const agents = useAgents();
  return ({ agentId, to }) => agents.find(({ id }) => id === agentId)?.name ?? (to || t('callCard.someone'));
}

/** Everybody of ours whom the call rang, in that order. */
export function CallLegs({ legs }: { legs: readonly CallLegView[] }) {
  const { t } = useI18n();
  return (
    legs.length > 0 && (
      <ul className="call-legs" aria-label={t('callCard.legs')}>
        {legs.map((leg) => (
          <Leg key={leg.id} leg={leg} />
        ))}
      </ul>
    )
  );
}

function Leg({ leg }: { leg: CallLegView }) {
  const { format } = useI18n();
  const name = useAgentName()(leg);
  return (
    <li>
      <PersonAvatar name={name} size={24} />
      <span className="call-leg-who">
        <bdi>{name}</bdi>
        {leg.to && leg.to !== name && <bdi dir="ltr">{leg.to}</bdi>}
      </span>
      <span data-tone={leg.outcome === 'answered' ? 'good' : undefined}>{useLegText(leg)}</span>
      {leg.startedAt && <time dateTime={leg.startedAt}>{format.time(leg.startedAt)}</time>}
    </li>
  );
}

function useLegText(leg: CallLegView): string {
  const { t, format } = useI18n();
  const { outcome } = leg;
  const seconds = legSeconds(leg);
  if (outcome === 'answered' && leg.endedAt === null) {
    return t('callCard.leg_talks');
  }
  if (outcome === 'answered' && seconds > 0) {
    return t('callCard.leg_answered', { time: format.duration(seconds) });
  }
  return outcome === 'answered' || outcome === null ? t('callCard.leg_answeredShort') : t(`callCard.leg_${outcome}`);
}
