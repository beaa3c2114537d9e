import { useNavigate, useParams } from '@tanstack/react-router';
import { hub } from '../../../api/hub.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { IconRelated } from '../../../ui/icons.js';
import { useAction } from '../../../ui/use-action.js';
import { showMessage } from '../wanted-message.js';

/** Leads to the thread that a mail points at without continuing it, which may be another person's. */
export function RelatedThread({ id }: { id: string }) {
  const { t } = useI18n();
  const navigate = useNavigate();
  const { view = 'all' } = useParams({ strict: false });
  const open = useAction(
    () => hub.threadPlace(id),
    ({ conversation, message }) => {
      showMessage({ conversation, message: message.id });
      void navigate({ to: '/inbox/$view/$conversation', params: { view, conversation } });
    },
  );
  return (
    <button type="button" className="chip chip-asks" disabled={open.isPending} onClick={() => open.mutate(undefined)}>
      <IconRelated size={14} aria-hidden />
      {t('mail.relatedThread')}
    </button>
  );
}
