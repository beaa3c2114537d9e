import type { ExplainView, Named } from '#contract';
import { useExplainWords, type ExplainWords } from './use-explain-words.js';

const mostNames = 5;

/** Of a ticket that waits and is before nobody: what keeps each of those who serve its queue from it, the same of several in one line. */
export function WhyNobody({ view: { owner, place, servers } }: { view: ExplainView }) {
  const words = useExplainWords();
  const { t, agent } = words;
  if (owner !== null || place?.state !== 'queued' || place.offers.length > 0) {
    return null;
  }
  const alike = [...Map.groupBy(servers, ({ hindrance }) => hindrance ?? 'none')];
  return (
    <ul className="explain-parts">
      {place.preferred && <li>{t('place.preferred', { name: agent(place.preferred) })}</li>}
      {servers.length === 0 && <li>{t('explain.hindrance.nobody')}</li>}
      {alike.map(([hindrance, members]) => (
        <li key={hindrance}>
          {t(`explain.hindrance.${hindrance}`, {
            names: sayNames(
              members.map((member) => member.agent),
              words,
            ),
          })}
        </li>
      ))}
    </ul>
  );
}

function sayNames(agents: readonly Named[], { t, agent, list }: ExplainWords): string {
  const shown = agents.slice(0, agents.length > mostNames + 1 ? mostNames : agents.length).map(agent);
  const left = agents.length - shown.length;
  return list(left > 0 ? [...shown, t('explain.hindrance.more', { count: left })] : shown);
}
