import type { MessageView } from '#contract';
import { useI18n } from '../../../i18n/use-i18n.js';
import { IconViewing } from '../../../ui/icons.js';
import { openPage } from './opened-page.js';
import { RelatedThread } from './related-thread.js';
import { SenderCheck } from './sender-check.js';

/** What can be looked up about a mail: its page, whether it is from whom it says, and what it points at. */
export function MailTools({ message: { id, subject, mail } }: { message: MessageView }) {
  const { t } = useI18n();
  if (!mail?.hasHtml && !mail?.checks && !mail?.relatedThreadId) {
    return null;
  }
  return (
    <p className="mail-tools">
      {mail.hasHtml && (
        <button
          type="button"
          className="chip chip-asks"
          aria-haspopup="dialog"
          onClick={() => openPage({ id, subject, hasSource: mail.hasSource })}
        >
          <IconViewing size={14} aria-hidden />
          {t('mail.viewAsSent')}
        </button>
      )}
      <SenderCheck checks={mail.checks} />
      {mail.relatedThreadId && <RelatedThread id={mail.relatedThreadId} />}
    </p>
  );
}
