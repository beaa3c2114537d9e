import { Button, NativeSelect, SegmentedControl, Switch, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ConversationView, ReplyWay } from '#contract';
import { useI18n } from '../../../i18n/use-i18n.js';
import { IconAlert, IconDown } from '../../../ui/icons.js';
import type { Composing } from '../use-composer.js';
import { AddressField } from './address-field.js';
import { addAddresses, removeAddresses } from './mail-addresses.js';
import { newThread } from './mail-route.js';
import type { Mailing } from './use-mail.js';
import './composer-mail.css';

interface Props {
  view: ConversationView;
  way: ReplyWay;
  /** Counts what was sent: the next mail begins with the fields that it needs. */
  sent: number;
  mailing: Mailing;
  change: Composing['change'];
}

/** What a mail needs besides its words: the thread it continues, its subject, and who else gets it. */
export function ComposerMail({ view, way, sent, mailing, change }: Props) {
  const { t } = useI18n();
  const { subject, thread, leavesThread, lacks } = mailing;
  const [isOpen, setOpen] = useState(false);
  return (
    <div className="composer-mail" data-open={isOpen || lacks !== null || undefined}>
      <Reachable view={view} way={way} />
      <button type="button" className="composer-mail-more" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <IconDown size={15} aria-hidden />
        <span>{t('composer.mailDetails')}</span>
        <bdi className="one-line">{subject || t('composer.noSubject')}</bdi>
      </button>
      <Thread mailing={mailing} change={change} />
      <Copies key={`${way.identityId} ${way.channelId} ${sent}`} mailing={mailing} change={change} />
      <TextInput
        className="composer-subject"
        size="xs"
        aria-label={t('composer.subject')}
        placeholder={t('composer.subject')}
        required={thread === null}
        value={subject}
        onChange={(event) => change({ subject: event.currentTarget.value })}
      />
      <output className="composer-hint" data-tone={lacks === 'addresses' ? 'bad' : undefined}>
        {leavesThread && t('composer.newThreadHint')}
        {lacks === 'subject' && t('composer.subjectMissing')}
        {lacks === 'addresses' && t('composer.addressesWrong')}
      </output>
    </div>
  );
}

/** Says before anything is written what the hub already knows about the address. */
function Reachable({ view, way }: Pick<Props, 'view' | 'way'>) {
  const { t, format } = useI18n();
  const identity = view.customer.identities.find(({ id }) => id === way.identityId);
  if (!identity?.unreachable && !identity?.awayUntil) {
    return null;
  }
  return (
    <output className="composer-warned">
      <IconAlert size={16} aria-hidden />
      <span>
        {identity.unreachable
          ? t('composer.suppressed')
          : t('composer.awayUntil', { day: format.day(`${identity.awayUntil ?? ''}T12:00:00`) })}
        {identity.unreachable && (
          <bdi dir="ltr" className="composer-said">
            {identity.unreachable}
          </bdi>
        )}
      </span>
    </output>
  );
}

function Thread({ mailing: { threads, thread }, change }: Pick<Props, 'mailing' | 'change'>) {
  const { t } = useI18n();
  if (threads.length < 2) {
    return null;
  }
  return (
    <NativeSelect
      size="xs"
      className="composer-way"
      aria-label={t('composer.thread')}
      value={thread?.id ?? newThread}
      onChange={(event) => change({ threadId: event.currentTarget.value, subject: undefined })}
      data={[
        ...threads.map(({ id, subject }) => ({
          value: id,
          label: t('composer.threadOption', { subject: subject || t('composer.noSubject') }),
        })),
        { value: newThread, label: t('composer.threadNew') },
      ]}
    />
  );
}

function Copies({ mailing, change }: Pick<Props, 'mailing' | 'change'>) {
  const { t } = useI18n();
  const { cc, bcc, quote, thread, options } = mailing;
  const [opened, setOpened] = useState<readonly ('cc' | 'bcc')[]>([]);
  const fields = { cc, bcc };
  const shown = (['cc', 'bcc'] as const).filter((field) => fields[field].length > 0 || opened.includes(field));
  return (
    <>
      <div className="composer-copies">
        <ReplyAll mailing={mailing} change={change} />
        {(['cc', 'bcc'] as const).map(
          (field) =>
            !shown.includes(field) && (
              <Button
                key={field}
                size="compact-xs"
                variant="subtle"
                aria-label={t(`composer.add_${field}`)}
                onClick={() => setOpened([...opened, field])}
              >
                {t(`mail.${field}`)}
              </Button>
            ),
        )}
        {thread && options && (
          <Switch
            size="xs"
            label={t('composer.quote')}
            checked={quote}
            onChange={(event) => change({ quote: event.currentTarget.checked })}
          />
        )}
      </div>
      {shown.map((field) => (
        <AddressField
          key={field}
          label={t(`mail.${field}`)}
          addresses={fields[field]}
          isAwaited={opened.includes(field)}
          onChange={(addresses) => {
            setOpened([...opened.filter((one) => one !== field), field]);
            change({ [field]: addresses });
          }}
          onLeave={() => setOpened(opened.filter((one) => one !== field))}
        />
      ))}
    </>
  );
}

/** To the one who wrote, or to everybody who had their mail. */
function ReplyAll({ mailing: { cc, options }, change }: Pick<Props, 'mailing' | 'change'>) {
  const { t } = useI18n();
  const everybody = options?.replyAll ?? [];
  if (everybody.length === 0) {
    return null;
  }
  const isAll = addAddresses(cc, everybody).length === cc.length;
  return (
    <SegmentedControl
      size="xs"
      aria-label={t('composer.whom')}
      value={isAll ? 'all' : 'one'}
      onChange={(whom) => change({ cc: whom === 'all' ? addAddresses(cc, everybody) : removeAddresses(cc, everybody) })}
      data={[
        { value: 'one', label: t('composer.replyOne') },
        { value: 'all', label: t('composer.replyAll', { count: everybody.length + 1 }) },
      ]}
    />
  );
}
