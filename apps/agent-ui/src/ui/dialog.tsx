import { Modal } from '@mantine/core';
import { useEffect, useState, type ReactNode } from 'react';
import { useI18n } from '../i18n/use-i18n.js';
import { noteDialog } from './open-dialogs.js';

interface Props {
  title: ReactNode;
  size?: string;
  onClose: () => void;
  children: ReactNode;
}

/**
 * A question over the page, mounted while it is asked. The library gives the focus back only to those who keep their dialogs mounted, so
 * it is done here: to what opened it, or to the page's content where that is gone.
 */
export function Dialog({ title, size, onClose, children }: Props) {
  const { t } = useI18n();
  const [opener] = useState(() => document.activeElement);
  useEffect(() => noteDialog(), []);
  useEffect(() => () => void setTimeout(() => returnFocus(opener)), [opener]);
  return (
    <Modal.Root opened onClose={onClose} centered {...(size === undefined ? {} : { size })}>
      <Modal.Overlay />
      <Modal.Content>
        {/* Over a drawer it would be the page's second banner. */}
        <Modal.Header role="none">
          <Modal.Title>{title}</Modal.Title>
          <Modal.CloseButton aria-label={t('common.close')} />
        </Modal.Header>
        <Modal.Body>{children}</Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

function returnFocus(opener: Element | null): void {
  const holder = document.activeElement;
  if (holder !== null && holder !== document.body) {
    return;
  }
  const target = opener?.isConnected ? opener : document.getElementById('content');
  if (target instanceof HTMLElement) {
    target.focus({ preventScroll: true });
  }
}
