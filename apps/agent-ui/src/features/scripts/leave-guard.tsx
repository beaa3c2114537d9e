import { Button, Group } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';
import { useI18n } from '../../i18n/use-i18n.js';
import { Dialog } from '../../ui/dialog.js';

/** Asks before what is written here and not saved is left behind. Another part of the same page is no leaving. */
export function LeaveGuard({ isChanged }: { isChanged: boolean }) {
  const { t } = useI18n();
  const leaving = useBlocker({
    shouldBlockFn: ({ current, next }) => isChanged && current.pathname !== next.pathname,
    enableBeforeUnload: () => isChanged,
    withResolver: true,
  });
  if (leaving.status !== 'blocked') {
    return null;
  }
  return (
    <Dialog title={t('script.unsaved')} onClose={leaving.reset}>
      <p>{t('script.unsavedHint')}</p>
      <Group>
        <Button onClick={leaving.reset}>{t('script.stay')}</Button>
        <Button variant="light" color="red" onClick={leaving.proceed}>
          {t('script.leave')}
        </Button>
      </Group>
    </Dialog>
  );
}
