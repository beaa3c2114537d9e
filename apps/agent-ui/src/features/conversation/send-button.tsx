import { ActionIcon, Button } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { useI18n } from '../../i18n/use-i18n.js';
import { IconExpand, IconLock, IconSend } from '../../ui/icons.js';
import type { Composing } from './use-composer.js';

/** What else can be decided with it comes when somebody asks for it. */
const SendMenu = lazy(async () => ({ default: (await import('./send-menu.js')).SendMenu }));

/** Sends, and for a reply offers what may become of its ticket with it. */
export function SendButton({ composing }: { composing: Composing }) {
  const { t } = useI18n();
  const [isAsked, setAsked] = useState(false);
  const { kind, maySend, submit } = composing;
  if (kind === 'note') {
    return (
      <Button
        className="composer-send"
        disabled={!maySend}
        onClick={() => submit()}
        leftSection={<IconLock size={17} />}
      >
        {t('composer.addNote')}
      </Button>
    );
  }
  const more = (
    <ActionIcon
      className="composer-more"
      variant="filled"
      color="peyk"
      size={36}
      disabled={!maySend}
      aria-label={t('composer.sendMore')}
      title={t('composer.sendMore')}
      aria-haspopup="menu"
      onClick={() => setAsked(true)}
    >
      <IconExpand size={17} />
    </ActionIcon>
  );
  return (
    <div className="composer-split">
      <Button
        className="composer-send"
        disabled={!maySend}
        onClick={() => submit()}
        leftSection={<IconSend size={17} className="points" />}
      >
        {t('composer.send')}
      </Button>
      {isAsked ? (
        <Suspense fallback={more}>
          <SendMenu target={more} onSend={submit} onClose={() => setAsked(false)} />
        </Suspense>
      ) : (
        more
      )}
    </div>
  );
}
