import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { DryRunView } from '#contract';
import { rules, type RuleTerms } from '../../../api/rules.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { useProblemText } from '../../../ui/problem-text.js';
import { CountField } from '../count-field.js';
import { ticketNumber } from '../../../ui/ticket-number.js';
import { EffectLines } from './effect-lines.js';
import type { ActionKind } from './rule-draft.js';
import { WhyTree } from './why-tree.js';

const days = 3650;
const shown = 20;

/** What the rule as it stands here would have done with what has happened. */
export function DryRunPanel({ terms, ruleId }: { terms: RuleTerms; ruleId: string | null }) {
  const { t } = useI18n();
  const problemText = useProblemText();
  const [events, setEvents] = useState(1000);
  const run = useMutation({ mutationFn: () => rules.dryRun(terms, ruleId, { events, days }) });
  return (
    <fieldset className="form-part rule-dry">
      <legend>{t('rule.dryRun')}</legend>
      <p className="settings-hint">{t(terms.event.on === 'idle' ? 'rule.dryRunIdle' : 'rule.dryRunHint')}</p>
      <div className="rule-dry-ask">
        <CountField label={t('rule.events')} value={events} least={1} most={100_000} onChange={setEvents} />
        <Button variant="default" loading={run.isPending} onClick={() => run.mutate()}>
          {t('rule.run')}
        </Button>
      </div>
      <div aria-live="polite">
        {run.isError && <p className="settings-problem">{problemText(run.error)}</p>}
        {run.data && <Outcome outcome={run.data} />}
      </div>
    </fieldset>
  );
}

function Outcome({ outcome }: { outcome: DryRunView }) {
  const { t, format } = useI18n();
  const { considered, fired, refused, actions, approximate, cases, isCut } = outcome;
  const heldBack = refused.rate + refused.depth;
  return (
    <>
      <p>
        <strong>{t('rule.dryRunDone', { fired: format.number(fired), considered: format.number(considered) })}</strong>{' '}
        {heldBack > 0 && t('rule.dryRunRefused', { count: heldBack })}
      </p>
      {isCut && <p className="settings-problem">{t('rule.dryRunCut')}</p>}
      {approximate > 0 && <p className="settings-hint">{t('rule.dryRunApproximate', { count: approximate })}</p>}
      {fired > 0 && (
        <ul>
          {actions.map((action, index) => (
            <li key={index}>
              {t('rule.wouldDo', {
                action: t(`rule.do_${action.do as ActionKind}`),
                would: format.number(action.would),
                already: format.number(action.already),
                refused: format.number(action.refused),
              })}
            </li>
          ))}
        </ul>
      )}
      {cases.length > 0 && <h3>{t('rule.cases')}</h3>}
      <ol className="rule-runs">
        {cases.slice(0, shown).map((one) => (
          <li key={`${one.at} ${one.ticket.id}`}>
            <div className="settings-line">
              <span>
                <a href={`/inbox/all/${one.ticket.conversation}`} target="_blank" rel="noreferrer">
                  {t('rule.ticket', { number: ticketNumber(one.ticket, format) })}
                </a>{' '}
                <small>{format.dateTime(one.at)}</small>
              </span>
              <span className="chip" data-tone={one.refused ? 'warn' : 'good'}>
                {one.refused ? t(`rule.code_${one.refused}`) : t('rule.wouldRun')}
              </span>
            </div>
            <details>
              <summary>{t('rule.why')}</summary>
              <WhyTree why={one.why} />
              <EffectLines effects={one.effects} />
            </details>
          </li>
        ))}
      </ol>
    </>
  );
}
