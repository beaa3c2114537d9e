import type { ExplainCandidate, ExplainOfferEnd, ExplainStep, ExplainView } from '#contract';
import type { Answers } from './choose-answers.js';
import { WhyNobody } from './why-nobody.js';
import { useExplainWords, type ExplainWords } from './use-explain-words.js';

const reasons = ['sticky', 'skill', 'longest_idle', 'least_loaded', 'round_robin', 'broadcast', 'by_hand'] as const;

interface Props extends Pick<Answers, 'choice' | 'handed'> {
  view: ExplainView;
}

/** Who has it or is asked, why they and nobody else, and who else could have had it. */
export function AgentAnswer({ view, choice, handed }: Props) {
  const words = useExplainWords();
  const { t } = words;
  return (
    <>
      <p>{sayWho(view, { choice, handed }, words)}</p>
      <WhyNobody view={view} />
      {choice && <p>{sayWhy(choice, view, words)}</p>}
      {choice?.kind === 'accepted' && choice.auto && <p>{t('explain.agent.auto')}</p>}
      {choice && choice.eligible !== null && <p>{t('explain.agent.eligible', { count: choice.eligible })}</p>}
      {choice && choice.candidates.length > 0 && <Candidates candidates={choice.candidates} />}
      {view.steps.filter(isRefusal).map((step) => (
        <p key={step.at}>
          {step.reason === ''
            ? t('explain.step.declined', { agent: words.agent(step.agent) })
            : t('explain.step.declinedWhy', { agent: words.agent(step.agent), reason: step.reason })}
        </p>
      ))}
    </>
  );
}

type Refusal = ExplainOfferEnd & { kind: 'declined' };

function isRefusal(step: ExplainStep): step is Refusal {
  return step.kind === 'declined';
}

function sayWho(view: ExplainView, { choice, handed }: Omit<Props, 'view'>, words: ExplainWords): string {
  const { t, agent } = words;
  const { owner, state } = view;
  if (owner === null) {
    return state === 'solved' || state === 'closed' ? t('explain.agent.done') : sayAsked(view, words);
  }
  const by = handed?.by ?? null;
  if (by === null) {
    return t('explain.agent.given', { agent: agent(owner) });
  }
  if (by.id !== owner.id) {
    return t('explain.agent.handedBy', { name: agent(by), agent: agent(owner) });
  }
  return t(choice === null ? 'explain.agent.tookIt' : 'explain.agent.accepted', { agent: agent(owner) });
}

function sayAsked({ place }: ExplainView, { t, agent }: ExplainWords): string {
  const [offer, ...others] = place?.offers ?? [];
  if (offer === undefined) {
    return t('explain.agent.waiting');
  }
  return others.length > 0
    ? t('explain.agent.offeredToAll')
    : t('explain.agent.offered', { agent: agent(offer.agent) });
}

function sayWhy(choice: NonNullable<Answers['choice']>, { owner }: ExplainView, { t, agent }: ExplainWords): string {
  const why = reasons.find((one) => one === choice.why);
  if (why === undefined) {
    return '';
  }
  const chosen = choice.agent ?? owner;
  return chosen === null ? t('explain.step.offeredToAll') : t(`explain.agent.${why}`, { agent: agent(chosen) });
}

/** What is known of nobody is no column. */
function Candidates({ candidates }: { candidates: readonly ExplainCandidate[] }) {
  const words = useExplainWords();
  const { t, agent } = words;
  const shown = columns.filter(({ of }) => candidates.some((candidate) => of(candidate, words) !== null));
  return (
    <table className="explain-candidates">
      <caption>{t('explain.agent.candidates')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('explain.agent.candidate')}</th>
          {shown.map(({ name }) => (
            <th key={name} scope="col">
              {t(`explain.agent.${name}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {candidates.map((candidate) => (
          <tr key={candidate.agent.id}>
            <th scope="row">
              <bdi>{agent(candidate.agent)}</bdi>
            </th>
            {shown.map(({ name, of }) => (
              <td key={name}>{of(candidate, words) ?? t('explain.agent.none')}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface Column {
  name: 'level' | 'idle' | 'load' | 'since';
  of: (candidate: ExplainCandidate, words: ExplainWords) => string | null;
}

const columns: readonly Column[] = [
  // Where no skill is asked for nobody has any.
  { name: 'level', of: ({ skill }, { format }) => (skill ? format.number(skill) : null) },
  { name: 'idle', of: ({ idleMs }, { span }) => (idleMs === null ? null : span(idleMs)) },
  {
    name: 'load',
    of: ({ load }, { t, format }) =>
      load === null ? null : t('explain.agent.percent', { share: format.number(Math.round(load * 100)) }),
  },
  {
    name: 'since',
    of: ({ sinceMs }, { t, span }) => (sinceMs === null ? null : t('explain.agent.ago', { time: span(sinceMs) })),
  },
];
