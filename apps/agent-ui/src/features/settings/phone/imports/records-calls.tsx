import type { CdrCallView, CdrPreviewView } from '#contract';
import { useI18n } from '../../../../i18n/use-i18n.js';

const mostFaults = 20;

/** The first lines of a file as the calls that they will be, and what of them cannot be read. */
export function RecordsCalls({ preview }: { preview: CdrPreviewView }) {
  const { t, format } = useI18n();
  return (
    <div className="records-calls" aria-live="polite">
      <h3 className="phone-head">{t('records.calls')}</h3>
      {preview.calls.length === 0 ? <p>{t('records.noCalls')}</p> : <Calls calls={preview.calls} />}
      {preview.internal > 0 && <p className="settings-hint">{t('records.internal', { count: preview.internal })}</p>}
      {preview.lacksUnanswered && preview.calls.length > 0 && (
        <p className="settings-hint">{t('records.lacksUnanswered')}</p>
      )}
      {preview.faults.length > 0 && (
        <>
          <h3 className="phone-head">{t('records.faults')}</h3>
          <ul>
            {preview.faults.slice(0, mostFaults).map(({ line, code, value }) => (
              <li key={line}>
                {t('records.fault', { line: format.digits(line), why: t(`records.wrong.${code as 'truncated'}`) })}{' '}
                <bdi className="settings-hint">{value.slice(0, 80)}</bdi>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

function Calls({ calls }: { calls: readonly CdrCallView[] }) {
  const { t } = useI18n();
  const heads = ['when', 'direction', 'number', 'outcome', 'talked', 'legs'] as const;
  return (
    // Wide tables are read by scrolling, also without a mouse.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section className="records-table" aria-label={t('records.calls')} tabIndex={0}>
      <table>
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                {t(`records.callsHead.${head}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {calls.map((call) => (
            <Call key={call.callId} call={call} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Call({ call }: { call: CdrCallView }) {
  const { t, format } = useI18n();
  return (
    <tr>
      <td>{format.dateTime(call.startedAt)}</td>
      <td>{t(`call.${call.direction}`)}</td>
      <td>
        <bdi dir="ltr">{call.number}</bdi>
      </td>
      <td>{t(`call.${call.outcome as 'missed'}`)}</td>
      <td>{format.duration(call.durationSeconds)}</td>
      <td>
        {call.legs.map(({ to, isAnswered }, at) => (
          // Legs have no name of their own here, and their order stays.
          // eslint-disable-next-line react/no-array-index-key
          <span key={at} className="chip" data-tone={isAnswered ? 'good' : undefined}>
            <bdi>{to}</bdi>
          </span>
        ))}
      </td>
    </tr>
  );
}
