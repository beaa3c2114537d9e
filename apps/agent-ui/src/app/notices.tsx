import { useDirection } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { useIsPhone } from '../ui/layout.js';
import './notices.css';

/** News and short words. They lie where lines begin and the page ends, over the least of what is being read and pressed. */
export function Notices() {
  const { dir } = useDirection();
  const isPhone = useIsPhone();
  const atStart = dir === 'rtl' ? 'bottom-right' : 'bottom-left';
  return (
    <Notifications className="notices" position={isPhone ? 'top-center' : atStart} containerWidth={400} limit={4} />
  );
}
