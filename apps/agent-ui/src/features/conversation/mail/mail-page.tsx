import { Button, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { hub } from '../../../api/hub.js';
import { keys } from '../../../api/keys.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { Dialog } from '../../../ui/dialog.js';
import { IconDownload, IconImages } from '../../../ui/icons.js';
import { Failed } from '../../../ui/states.js';
import { closePage, useOpenedPage } from './opened-page.js';
import './mail-page.css';

/** A mail as it was sent, in a frame that runs nothing and, until somebody says so, asks nobody for pictures. */
export function MailPage() {
  const { t } = useI18n();
  const mail = useOpenedPage((state) => state.mail);
  return mail ? (
    <Dialog size="900px" title={<bdi>{mail.subject || t('mail.pageTitle')}</bdi>} onClose={closePage}>
      <Page key={mail.id} id={mail.id} hasSource={mail.hasSource} />
    </Dialog>
  ) : null;
}

function Page({ id, hasSource }: { id: string; hasSource: boolean }) {
  const { t } = useI18n();
  const [images, setImages] = useState(false);
  const blocked = useQuery({ queryKey: keys.mailPage(id), queryFn: ({ signal }) => hub.blockedImages(id, signal) });
  if (blocked.isError) {
    return <Failed what={t('mail.pageFailed')} error={blocked.error} retry={() => void blocked.refetch()} />;
  }
  if (blocked.data === undefined) {
    return <Skeleton className="mail-page-frame" />;
  }
  return (
    <>
      <div className="mail-page-bar">
        <output>{!images && blocked.data > 0 && t('mail.imagesBlocked', { count: blocked.data })}</output>
        {!images && blocked.data > 0 && (
          <Button size="xs" variant="light" leftSection={<IconImages size={15} />} onClick={() => setImages(true)}>
            {t('mail.loadImages')}
          </Button>
        )}
        {hasSource && <DownloadOriginal id={id} />}
      </div>
      <iframe
        key={String(images)}
        className="mail-page-frame"
        title={t('mail.pageTitle')}
        src={`/api/messages/${id}/html?images=${images ? 1 : 0}`}
        sandbox="allow-popups allow-popups-to-escape-sandbox"
        referrerPolicy="no-referrer"
      />
    </>
  );
}

function DownloadOriginal({ id }: { id: string }) {
  const { t } = useI18n();
  return (
    <Button
      size="xs"
      variant="default"
      component="a"
      href={`/api/messages/${id}/raw`}
      download
      leftSection={<IconDownload size={15} />}
    >
      {t('mail.download')}
    </Button>
  );
}
