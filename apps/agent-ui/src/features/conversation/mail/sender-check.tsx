import type { MailView } from '#contract';
import { useI18n } from '../../../i18n/use-i18n.js';
import { IconAlert, IconForged, IconProven } from '../../../ui/icons.js';
import { Ltr } from '../../../ui/ltr.js';
import { ExplainedChip } from './explained-chip.js';

const methods = ['spf', 'dkim', 'dmarc'] as const;
const tones = { passed: 'good', failed: 'bad', open: undefined } as const;
const icons = { passed: IconProven, failed: IconForged, open: IconAlert };

/** DMARC speaks of the address that people see; the other two only of servers and domains on the way. */
function verdictOf({ spf, dkim, dmarc }: NonNullable<MailView['checks']>): keyof typeof tones {
  if (dmarc === 'pass') {
    return 'passed';
  }
  const isRefused = dmarc === 'fail' || (spf === 'fail' && dkim !== 'pass');
  return isRefused ? 'failed' : 'open';
}

/** What is known about whether a mail comes from where it says. */
export function SenderCheck({ checks }: { checks: MailView['checks'] }) {
  const { t } = useI18n();
  if (!checks) {
    return null;
  }
  const verdict = verdictOf(checks);
  return (
    <ExplainedChip Icon={icons[verdict]} tone={tones[verdict]} label={t('mail.checks')}>
      <p>{t(`mail.checks_${verdict}`)}</p>
      <dl className="mail-checks">
        {methods.map((method) => (
          <div key={method}>
            <dt>
              <Ltr>{method.toUpperCase()}</Ltr>
            </dt>
            <dd>
              <Result result={checks[method]} />
            </dd>
          </div>
        ))}
      </dl>
      <p className="mail-checks-by">{t(`mail.checkedBy_${checks.by}`)}</p>
    </ExplainedChip>
  );
}

const known = ['pass', 'fail', 'softfail', 'neutral', 'none', 'temperror', 'permerror'] as const;

function Result({ result }: { result: string }) {
  const { t } = useI18n();
  const word = known.find((one) => one === result);
  return (
    <>
      {word && <span>{t(`mail.result_${word}`)} </span>}
      <Ltr className="mail-checks-code">{result}</Ltr>
    </>
  );
}
