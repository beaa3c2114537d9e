import { MantineThemeProvider, useDirection } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { useMemo } from 'react';
import { useI18n } from '../i18n/use-i18n.js';
import { useIsPhone } from '../ui/layout.js';
import './notices.css';

/** News and short words. They lie where lines begin and the page ends, over the least of what is being read and pressed. */
export function Notices() {
  const { t } = useI18n();
  const { dir } = useDirection();
  const isPhone = useIsPhone();
  const atStart = dir === 'rtl' ? 'bottom-right' : 'bottom-left';
  const close = t('common.close');
  const named = useMemo(
    () => ({ components: { Notification: { defaultProps: { closeButtonProps: { 'aria-label': close } } } } }),
    [close],
  );
  return (
    <MantineThemeProvider theme={named}>
      <Notifications className="notices" position={isPhone ? 'top-center' : atStart} containerWidth={400} limit={4} />
    </MantineThemeProvider>
  );
}
