import { Button, Group } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { WebhookSecretView, WebhookView } from '#contract';
import { keys } from '../../../api/keys.js';
import { webhooks } from '../../../api/webhooks.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { IconSend } from '../../../ui/icons.js';
import { notify } from '../../../ui/notify.js';
import { useProblemText } from '../../../ui/problem-text.js';
import { useAction } from '../../../ui/use-action.js';
import { WebhookForm } from './webhook-form.js';
import { WebhookLog } from './webhook-log.js';
import { WebhookSecret } from './webhook-secret.js';

interface Props {
  /** Null for one that is being added. */
  webhook: WebhookView | null;
  /** Set right after it was made, while its secret can be shown. */
  made: WebhookSecretView | null;
  onMade: (made: WebhookSecretView) => void;
  onDone: () => void;
}

/** One webhook: its settings, its secret, a try, and what became of its deliveries. */
export function OneWebhook({ webhook, made, onMade, onDone }: Props) {
  const { t } = useI18n();
  const queries = useQueryClient();
  const noted = () => void queries.invalidateQueries({ queryKey: keys.webhooks });
  const remove = useAction(
    (id: string) => webhooks.remove(id),
    () => {
      noted();
      onDone();
    },
  );
  const saved = (secret: WebhookSecretView | null) => {
    noted();
    notify(t('common.saved'));
    if (secret) {
      onMade(secret);
    }
  };
  const removeIfSure = ({ id, name }: WebhookView) => {
    if (window.confirm(t('webhooks.removeSure', { name }))) {
      remove.mutate(id);
    }
  };
  return (
    <>
      <div className="settings-head">
        <h2>{webhook ? t('settings.editChannel', { name: webhook.name }) : t('webhooks.add')}</h2>
        {webhook && (
          <Button variant="light" color="red" loading={remove.isPending} onClick={() => removeIfSure(webhook)}>
            {t('webhooks.remove')}
          </Button>
        )}
      </div>
      {webhook?.off && <OffNotice webhook={webhook} onChanged={noted} />}
      {webhook && <WebhookSecret webhook={webhook} made={made} onRotated={onMade} />}
      {webhook && <TryOut id={webhook.id} />}
      <WebhookForm webhook={webhook} onSaved={saved} onCancel={onDone} />
      {webhook && <WebhookLog id={webhook.id} />}
    </>
  );
}

/** Why Peyk switched it off, and both ways of switching it on again. */
function OffNotice({ webhook: { id, off }, onChanged }: { webhook: WebhookView; onChanged: () => void }) {
  const { t, format } = useI18n();
  const on = useAction((catchUp: boolean) => webhooks.change(id, { enabled: true, catchUp }), onChanged);
  if (!off) {
    return null;
  }
  return (
    <section className="settings-problem webhooks-off" role="alert">
      <p>
        {t(`webhooks.off_${off.reason}`)} {t('webhooks.offSince', { when: format.dateTime(off.at) })}
      </p>
      <Group>
        <Button loading={on.isPending} onClick={() => on.mutate(true)}>
          {t('webhooks.onWithMissed')}
        </Button>
        <Button variant="default" loading={on.isPending} onClick={() => on.mutate(false)}>
          {t('webhooks.onFromNow')}
        </Button>
      </Group>
    </section>
  );
}

function TryOut({ id }: { id: string }) {
  const { t } = useI18n();
  const problemText = useProblemText();
  const test = useMutation({ mutationFn: () => webhooks.test(id) });
  return (
    <section className="webhooks-part" aria-label={t('webhooks.test')}>
      <Button
        variant="light"
        leftSection={<IconSend size={17} className="points" />}
        loading={test.isPending}
        onClick={() => test.mutate()}
      >
        {t('webhooks.test')}
      </Button>
      <output data-tone={test.data?.ok ? 'good' : 'bad'}>
        {test.data && (test.data.ok ? t('webhooks.testTaken') : t('webhooks.testRefused'))}
        {test.data?.code === 'address_refused' && ` ${t('webhooks.privateAddress')}`}
        {test.data && !test.data.ok && (
          <bdi dir="ltr" className="webhooks-words">
            {test.data.text}
          </bdi>
        )}
        {test.isError && problemText(test.error)}
      </output>
    </section>
  );
}
