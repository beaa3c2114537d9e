import type { MailView } from '#contract';
import { useI18n } from '../../../i18n/use-i18n.js';
import { Ltr } from '../../../ui/ltr.js';

/** Which of our mails did not arrive or was complained about: the address, for how long, and the server's own words. */
export function MailReport({ report }: { report: MailView['report'] }) {
  const { t } = useI18n();
  if (!report || report.kind === 'away' || report.recipients.length === 0) {
    return null;
  }
  const { kind, recipients } = report;
  return (
    <ul className="mail-report">
      {recipients.map(({ address, status, hard, diagnostic }) => (
        <li key={address}>
          <strong>
            <Ltr>{address}</Ltr>
          </strong>
          <span>
            {kind === 'complaint' ? t('mail.complained') : hard ? t('mail.hardBounce') : t('mail.softBounce')}
          </span>
          {(status || diagnostic) && (
            <bdi dir="ltr" className="mail-report-words">
              {diagnostic.includes(status) ? diagnostic : `${status} ${diagnostic}`}
            </bdi>
          )}
        </li>
      ))}
    </ul>
  );
}
