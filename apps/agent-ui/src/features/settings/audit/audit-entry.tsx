import type { AuditEntryView } from '#contract';
import { useActWords } from '../../../i18n/use-act-words.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { Ltr } from '../../../ui/ltr.js';

/** One act: when, who, what, to what, and each field as it was and as it became. */
export function AuditEntry({
  entry: { at, actor, action, subject, subjectName, changes, details, hash },
}: {
  entry: AuditEntryView;
}) {
  const { t, format } = useI18n();
  const rest = Object.entries(details).filter(([, value]) => value !== null);
  return (
    <li>
      <details className="audit-entry">
        <summary>
          <time dateTime={at}>{format.dateTime(at)}</time>
          <span className="audit-act">
            <bdi>{actor ? actor.name || actor.id : t('audit.hubItself')}</bdi>
            <Acted action={action} />
            {subjectName !== null && <bdi>{subjectName}</bdi>}
          </span>
          {changes.length > 0 && <span className="chip">{t('audit.changed', { count: changes.length })}</span>}
        </summary>
        {changes.length > 0 && <Changes changes={changes} />}
        <dl>
          <div>
            <dt>{t('audit.what')}</dt>
            <dd>
              <Ltr>{action}</Ltr>
            </dd>
          </div>
          {rest.map(([name, value]) => (
            <div key={name}>
              <dt>
                <Ltr>{name}</Ltr>
              </dt>
              <dd>
                <Value value={value} />
              </dd>
            </div>
          ))}
          <div>
            <dt>{t('audit.subject')}</dt>
            <dd>
              <Ltr>{subject}</Ltr>
            </dd>
          </div>
          <div>
            <dt>{t('audit.hash')}</dt>
            <dd>
              <Ltr className="audit-hash">{hash}</Ltr>
            </dd>
          </div>
        </dl>
      </details>
    </li>
  );
}

/** In words; what older versions wrote and nobody writes any more stands as it was written. */
function Acted({ action }: Pick<AuditEntryView, 'action'>) {
  const words = useActWords()(action);
  return words === null ? <Ltr className="audit-action">{action}</Ltr> : <span>{words}</span>;
}

function Changes({ changes }: Pick<AuditEntryView, 'changes'>) {
  const { t } = useI18n();
  return (
    <table className="audit-changes">
      <thead>
        <tr>
          <th scope="col">{t('audit.field')}</th>
          <th scope="col">{t('audit.before')}</th>
          <th scope="col">{t('audit.after')}</th>
        </tr>
      </thead>
      <tbody>
        {changes.map(({ field, before, after }) => (
          <tr key={field}>
            <th scope="row">
              <Ltr>{field}</Ltr>
            </th>
            <td>
              <Value value={before} />
            </td>
            <td>
              <Value value={after} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Value({ value }: { value: unknown }) {
  const { t } = useI18n();
  if (value === null || value === '') {
    return <small>{t('audit.nothing')}</small>;
  }
  return typeof value === 'string' ? <bdi>{value}</bdi> : <code dir="ltr">{JSON.stringify(value)}</code>;
}
