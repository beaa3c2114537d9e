import { Button, Skeleton, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { hub, type MailDnsRecord } from '../../../api/hub.js';
import { keys } from '../../../api/keys.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { IconAlert, IconCopy, IconDone, IconFailed, IconRefresh, IconSkipped } from '../../../ui/icons.js';
import { Ltr } from '../../../ui/ltr.js';
import { notify } from '../../../ui/notify.js';
import { Failed } from '../../../ui/states.js';
import { useAction } from '../../../ui/use-action.js';

/** What the domain publishes so that mails are believed and answers arrive, each to be copied, with what DNS has now. */
export function DnsRecords({ id }: { id: string }) {
  const { t } = useI18n();
  const dns = useQuery({ queryKey: keys.mailDns(id), queryFn: () => hub.mailDns(id), retry: false });
  return (
    <section aria-label={t('mailbox.dns')}>
      <div className="settings-head">
        <h3>{t('mailbox.dns')}</h3>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconRefresh size={15} />}
          loading={dns.isFetching}
          onClick={() => void dns.refetch()}
        >
          {t('mailbox.dnsAgain')}
        </Button>
      </div>
      <p className="settings-hint">{t('mailbox.dnsHint')}</p>
      {dns.isError && <Failed error={dns.error} retry={() => void dns.refetch()} />}
      {dns.isPending && <Skeleton height={160} />}
      {dns.data && (
        <ul className="mailbox-records">
          {dns.data.records.map((record) => (
            <Entry key={record.purpose} record={record} />
          ))}
        </ul>
      )}
      <DkimKey id={id} />
    </section>
  );
}

const marks = {
  ok: { Icon: IconDone, tone: 'good' },
  missing: { Icon: IconFailed, tone: 'bad' },
  different: { Icon: IconAlert, tone: 'warn' },
  unknown: { Icon: IconSkipped, tone: undefined },
} as const;

function Entry({ record: { purpose, name, type, value, status, found } }: { record: MailDnsRecord }) {
  const { t } = useI18n();
  const { Icon, tone } = marks[status];
  return (
    <li>
      <div className="mailbox-line">
        <strong>{t(`mailbox.dns_${purpose}`)}</strong>
        <span className="chip" data-tone={tone}>
          <Icon size={14} aria-hidden /> {t(`mailbox.dnsIs_${status}`)}
        </span>
      </div>
      <dl>
        <Copyable label={t('mailbox.dnsName')} text={name} />
        <div>
          <dt>{t('mailbox.dnsType')}</dt>
          <dd>
            <Ltr>{type}</Ltr>
          </dd>
        </div>
        {value ? <Copyable label={t('mailbox.dnsValue')} text={value} /> : null}
        {status === 'different' && (
          <div>
            <dt>{t('mailbox.dnsFound')}</dt>
            <dd>
              <Ltr>{found.join(' | ')}</Ltr>
            </dd>
          </div>
        )}
      </dl>
      {purpose === 'dkim' && !value && <p className="settings-hint">{t('mailbox.dkimNone')}</p>}
    </li>
  );
}

function Copyable({ label, text }: { label: string; text: string }) {
  const { t } = useI18n();
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    notify(t('common.copied'));
  };
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        <code dir="ltr">{text}</code>
        {'clipboard' in navigator && (
          <Button
            size="compact-xs"
            variant="subtle"
            aria-label={t('mailbox.copyOf', { what: label, value: text.slice(0, 40) })}
            leftSection={<IconCopy size={14} />}
            onClick={() => void copy()}
          >
            {t('common.copy')}
          </Button>
        )}
      </dd>
    </div>
  );
}

/** A new key begins to sign at once, so its record should be published right after. */
function DkimKey({ id }: { id: string }) {
  const { t } = useI18n();
  const queries = useQueryClient();
  const [selector, setSelector] = useState('peyk');
  const make = useAction(
    (name: string) => hub.makeDkimKey(id, name),
    (dns) => {
      queries.setQueryData(keys.mailDns(id), dns);
      void queries.invalidateQueries({ queryKey: keys.channels });
    },
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (window.confirm(t('mailbox.dkimSure'))) {
      make.mutate(selector.trim());
    }
  };
  return (
    <form onSubmit={submit} aria-label={t('mailbox.dkim')} className="mailbox-line">
      <TextInput
        label={t('mailbox.dkimSelector')}
        dir="ltr"
        required
        pattern="[a-z0-9]([a-z0-9\\-]{0,61}[a-z0-9])?"
        value={selector}
        onChange={(event) => setSelector(event.currentTarget.value)}
      />
      <Button type="submit" variant="default" loading={make.isPending}>
        {t('mailbox.dkim')}
      </Button>
    </form>
  );
}
