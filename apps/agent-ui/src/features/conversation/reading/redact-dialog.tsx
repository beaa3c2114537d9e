import { Button, Group, Stack } from '@mantine/core';
import type { MessageView } from '#contract';
import { privacy } from '../../../api/privacy.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { useTexts } from '../../../i18n/use-texts.js';
import { Dialog } from '../../../ui/dialog.js';
import { notify } from '../../../ui/notify.js';
import { useAction } from '../../../ui/use-action.js';

/** Says what goes and what is out of reach, and takes the words of a message away. Every console hears of it by a frame. */
export function RedactDialog({ message, onClose }: { message: MessageView; onClose: () => void }) {
  const { t } = useI18n();
  const isSpoken = useTexts('privacy');
  const redact = useAction(
    () => privacy.redact(message.id),
    () => {
      notify(t('privacy.redacted'));
      onClose();
    },
  );
  if (!isSpoken) {
    return null;
  }
  return (
    <Dialog onClose={onClose} title={t('privacy.redactTitle')}>
      <Stack>
        <p>{t('privacy.redactWhat')}</p>
        {message.direction !== 'internal' && <p>{t('privacy.redactElsewhere')}</p>}
        <Group justify="end">
          <Button variant="default" data-autofocus onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button color="red" loading={redact.isPending} onClick={() => redact.mutate(undefined)}>
            {t('privacy.redactDo')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
