import { Drawer } from '@mantine/core';
import type { ReactNode } from 'react';
import { useI18n } from '../i18n/use-i18n.js';
import { isUnderDialog } from '../ui/open-dialogs.js';

interface Props {
  title: string;
  /** `left` is where the language begins: the library turns it round in Persian. */
  side: 'left' | 'right';
  onClose: () => void;
  children: ReactNode;
}

/** A column that a narrow window has no room for, over the others while it is needed. */
export function SideDrawer({ title, side, onClose, children }: Props) {
  const { t } = useI18n();
  return (
    <Drawer
      opened
      onClose={() => isUnderDialog() || onClose()}
      position={side}
      size={320}
      padding="xs"
      title={title}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {children}
    </Drawer>
  );
}
