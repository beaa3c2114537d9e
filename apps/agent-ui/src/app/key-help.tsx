import { Modal } from '@mantine/core';
import { Fragment } from 'react';
import { useI18n } from '../i18n/use-i18n.js';
import { bindings } from '../ui/commands.js';

export function KeyHelp({ onClose }: { onClose: () => void }) {
  const { t } = useI18n();
  return (
    <Modal opened onClose={onClose} title={t('keys.title')} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <dl className="key-list">
        {bindings.map(({ command, shows }) => (
          <Fragment key={command}>
            <dt>{t(`keys.${command}`)}</dt>
            <dd>
              <kbd dir="ltr">{shows}</kbd>
            </dd>
          </Fragment>
        ))}
        <dt>{t('keys.send')}</dt>
        <dd>
          <kbd dir="ltr">Ctrl Enter</kbd>
        </dd>
      </dl>
      <p className="key-note">{t('keys.single')}</p>
    </Modal>
  );
}
