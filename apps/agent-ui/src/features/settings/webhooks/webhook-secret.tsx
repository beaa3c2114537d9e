import { Button } from '@mantine/core';
import type { WebhookSecretView, WebhookView } from '#contract';
import { webhooks } from '../../../api/webhooks.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { notify } from '../../../ui/notify.js';
import { useAction } from '../../../ui/use-action.js';

interface Props {
  webhook: WebhookView;
  /** Holds the secret when it was made a moment ago. */
  made: WebhookSecretView | null;
  onRotated: (made: WebhookSecretView) => void;
}

/** The secret by which its receiver knows Peyk: shown once, and replaced when somebody wishes. */
export function WebhookSecret({ webhook: { id, formerSecretUntil }, made, onRotated }: Props) {
  const { t, format } = useI18n();
  const rotate = useAction(() => webhooks.rotate(id), onRotated);
  const copy = async (secret: string) => {
    await navigator.clipboard.writeText(secret);
    notify(t('common.copied'));
  };
  return (
    <section className="snippet" aria-label={t('webhooks.secret')}>
      {made ? (
        <>
          <p>{t('webhooks.secretOnce')}</p>
          <pre dir="ltr">{made.secret}</pre>
          {'clipboard' in navigator && (
            <Button variant="default" size="xs" onClick={() => void copy(made.secret)}>
              {t('common.copy')}
            </Button>
          )}
        </>
      ) : (
        <>
          <p>{t('webhooks.secretHidden')}</p>
          <Button
            variant="default"
            size="xs"
            mt={8}
            loading={rotate.isPending}
            onClick={() => window.confirm(t('webhooks.rotateSure')) && rotate.mutate(undefined)}
          >
            {t('webhooks.rotate')}
          </Button>
        </>
      )}
      {formerSecretUntil && (
        <p className="settings-hint">{t('webhooks.formerUntil', { when: format.dateTime(formerSecretUntil) })}</p>
      )}
    </section>
  );
}
