import type { ScriptCoverageView, ScriptScenarioFailureView, ScriptScenarioResultView } from '#contract';
import { useI18n } from '../../../i18n/use-i18n.js';
import { IconDone, IconFailed } from '../../../ui/icons.js';

/** How scenarios went, those that failed with what was wanted and what came. */
export function ResultList({ results }: { results: readonly ScriptScenarioResultView[] }) {
  const { t } = useI18n();
  return (
    <ul className="script-results">
      {results.map((result) => (
        <li key={`${result.name} ${result.channel}`}>
          <span className="script-sign" data-tone={result.passed ? 'good' : 'bad'}>
            {result.passed ? <IconDone size={16} aria-hidden /> : <IconFailed size={16} aria-hidden />}
            <span className="unseen">{t(result.passed ? 'scenario.passed' : 'scenario.failed')}</span>
          </span>
          <bdi>{result.name}</bdi> <small>{t(`script.channel_${result.channel}`)}</small>
          {result.failures.map((failure) => (
            <Failure key={`${failure.expected} ${failure.name} ${asText(failure.wanted)}`} failure={failure} />
          ))}
        </li>
      ))}
    </ul>
  );
}

const expectations = ['node', 'outcome', 'status', 'vars', 'says', 'effects', 'input'] as const;

function Failure({ failure: { expected, name, wanted, found } }: { failure: ScriptScenarioFailureView }) {
  const { t } = useI18n();
  const what = expectations.find((one) => one === expected);
  return (
    <p>
      {what ? t(`scenario.expected_${what}`) : expected} {name && <bdi dir="ltr">{name}</bdi>}:{' '}
      {t('scenario.wantedFound', { wanted: asText(wanted), found: asText(found) })}
    </p>
  );
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '–');
}

/** How much of the script was gone through, and what was not. */
export function Coverage({ coverage: { nodes, edges } }: { coverage: ScriptCoverageView }) {
  const { t, format } = useI18n();
  const percent = (share: number) => format.number(Math.floor(share * 100));
  return (
    <details className="script-more">
      <summary>{t('scenario.coverage', { nodes: percent(nodes.share), edges: percent(edges.share) })}</summary>
      {nodes.unseen.length + edges.unseen.length === 0 ? (
        <p className="settings-hint">{t('scenario.allSeen')}</p>
      ) : (
        <>
          <p className="settings-hint">{t('scenario.unseen')}</p>
          <ul className="script-unseen" dir="ltr">
            {[...nodes.unseen, ...edges.unseen].map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        </>
      )}
    </details>
  );
}
