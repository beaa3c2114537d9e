import { Popover, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { MessageView } from '#contract';
import { hub } from '../../api/hub.js';
import { keys } from '../../api/keys.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { Failed } from '../../ui/states.js';
import { Words } from './words.js';
import './revisions.css';

/** Says that a message was changed, and shows what it said before once somebody asks. */
export function EditedMark({ message }: { message: MessageView }) {
  const { t, format } = useI18n();
  const [isOpen, setOpen] = useState(false);
  const when = message.editedAt ? format.dateTime(message.editedAt) : '';
  return (
    <Popover
      width={360}
      position="bottom-start"
      shadow="md"
      trapFocus
      opened={isOpen}
      onChange={setOpen}
      portalProps={{ target: '#content' }}
    >
      <Popover.Target>
        <button type="button" className="edited-mark" title={when} onClick={() => setOpen(!isOpen)}>
          {t('message.edited')}
        </button>
      </Popover.Target>
      <Popover.Dropdown className="revisions" tabIndex={-1} data-autofocus>
        {isOpen && <Earlier message={message} />}
      </Popover.Dropdown>
    </Popover>
  );
}

function Earlier({ message: { id, editedAt } }: { message: MessageView }) {
  const { t, format } = useI18n();
  const earlier = useQuery({
    queryKey: keys.revisions(id, editedAt ?? ''),
    queryFn: ({ signal }) => hub.revisions(id, signal),
  });
  if (earlier.isError) {
    return <Failed error={earlier.error} retry={() => void earlier.refetch()} />;
  }
  if (!earlier.data) {
    return <Skeleton height={40} />;
  }
  return earlier.data.length === 0 ? (
    <p>{t('message.noRevisions')}</p>
  ) : (
    <>
      <strong>{t('message.revisions')}</strong>
      <ol className="revisions-list">
        {earlier.data.map(({ number, body, until }) => (
          <li key={number}>
            {body === '' ? <em>{t('message.noWords')}</em> : <Words text={body} />}
            <time dateTime={until}>{t('message.revisedAt', { when: format.dateTime(until) })}</time>
          </li>
        ))}
      </ol>
    </>
  );
}
