import type { ScriptProblemView } from '#contract';
import { useI18n } from '../../../i18n/use-i18n.js';
import { IconAlert, IconDone, IconFailed } from '../../../ui/icons.js';
import type { SyntaxProblem } from '../document/read-document.js';

interface Props {
  problems: readonly ScriptProblemView[];
  syntax: readonly SyntaxProblem[];
  onOpen: (problem: ScriptProblemView) => void;
}

/** Everything that is wrong, errors first; each leads to where it is. */
export function ProblemList({ problems, syntax, onOpen }: Props) {
  const { t, locale, format } = useI18n();
  const errors = problems.filter(({ severity }) => severity === 'error');
  const warnings = problems.filter(({ severity }) => severity === 'warning');
  const isClean = problems.length === 0 && syntax.length === 0;
  return (
    <section className="script-wrongs" aria-label={t('script.problems')}>
      <h2>
        <output>
          {isClean ? (
            <>
              <IconDone size={16} className="script-good" aria-hidden /> {t('script.noProblems')}
            </>
          ) : (
            t('script.problemSum', {
              errors: format.number(Math.max(errors.length, syntax.length > 0 ? 1 : 0)),
              warnings: format.number(warnings.length),
            })
          )}
        </output>
      </h2>
      <ul>
        {[...errors, ...warnings].map((problem) => (
          <li key={`${problem.code} ${problem.path.join('.')}`}>
            <button type="button" onClick={() => onOpen(problem)}>
              <Sign severity={problem.severity} />
              {problem.node && (
                <bdi dir="ltr" className="script-id">
                  {problem.node}
                </bdi>
              )}
              <span>{problem.text[locale]}</span>
              {problem.line !== null && <small>{t('script.line', { line: format.digits(problem.line) })}</small>}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Sign({ severity }: Pick<ScriptProblemView, 'severity'>) {
  const { t } = useI18n();
  const Icon = severity === 'error' ? IconFailed : IconAlert;
  return (
    <span className="script-sign" data-tone={severity === 'error' ? 'bad' : 'warn'}>
      <Icon size={16} aria-hidden />
      <span className="unseen">{t(`script.severity_${severity}`)}</span>
    </span>
  );
}
