import type { MailView } from '#contract';
import { useI18n } from '../../../i18n/use-i18n.js';
import { Ltr } from '../../../ui/ltr.js';

/** Who else has this mail. It is said where somebody besides the two who write to each other has it. */
export function MailRecipients({ mail }: { mail: MailView }) {
  const { t } = useI18n();
  const lines = (['to', 'cc', 'bcc'] as const).filter((field) => mail[field].length > 0);
  const count = lines.reduce((sum, field) => sum + mail[field].length, 0);
  if (count < 2) {
    return null;
  }
  return (
    <dl className="mail-recipients">
      {lines.map((field) => (
        <div key={field}>
          <dt>{t(`mail.${field}`)}</dt>
          <dd>
            {mail[field].map((address) => (
              <Ltr key={address}>{address}</Ltr>
            ))}
          </dd>
        </div>
      ))}
    </dl>
  );
}
