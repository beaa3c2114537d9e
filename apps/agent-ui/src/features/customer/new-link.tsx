import { Button, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import type { CustomerLinkView, CustomerView } from '#contract';
import { keys } from '../../api/keys.js';
import { people } from '../../api/people.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { useLive } from '../../live/live-context.js';
import { notify } from '../../ui/notify.js';
import { useAction } from '../../ui/use-action.js';
import { linkUnits, readSpan, type LinkUnit } from './link-times.js';

interface Props {
  customer: CustomerView;
  onMade: (link: CustomerLinkView) => void;
}

/** Asks for whom and for how long. Addresses that the hub would refuse are not offered. */
export function NewLink({ customer, onMade }: Props) {
  const { t, format } = useI18n();
  const { cache } = useLive();
  const open = customer.identities.filter(({ trust, shared }) => trust !== 'unauthenticated' && !shared);
  const [identityId, setIdentity] = useState(open[0]?.id ?? '');
  const [typed, setTyped] = useState(() => format.digits(7));
  const [unit, setUnit] = useState<LinkUnit>('days');
  const hours = readSpan(typed, unit);
  const make = useAction(people.makeLink.bind(null, customer.id), (link) => {
    cache.refetch(keys.links(customer.id));
    onMade(link);
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (hours !== null) {
      make.mutate({ identityId, hours });
    }
  };
  if (open.length === 0) {
    return <p className="merge-intro">{t('people.linkNoAddress')}</p>;
  }
  return (
    <form onSubmit={submit}>
      <Stack>
        <NativeSelect
          label={t('people.linkFor')}
          data-autofocus
          value={identityId}
          onChange={(event) => setIdentity(event.currentTarget.value)}
          data={open.map(({ id, address }) => ({ value: id, label: `\u2066${address}\u2069` }))}
        />
        <div className="link-span">
          <TextInput
            label={t('people.linkSpan')}
            inputMode="numeric"
            value={typed}
            error={hours === null ? t('people.linkSpanBad') : undefined}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          <NativeSelect
            label={t('people.linkUnit')}
            value={unit}
            onChange={(event) => setUnit(event.currentTarget.value as LinkUnit)}
            data={linkUnits.map((value) => ({ value, label: t(`people.${value}`) }))}
          />
        </div>
        <Button type="submit" loading={make.isPending} disabled={hours === null}>
          {t('people.makeLink')}
        </Button>
      </Stack>
    </form>
  );
}

/** The link's address, this once. A hub that does not know its own address gives only the path. */
export function MadeLink({ url, words }: { url: string; words?: string }) {
  const { t } = useI18n();
  const whole = new URL(url, location.origin).href;
  const field = useRef<HTMLInputElement>(null);
  // What had the focus is gone, and this is what the reader came for.
  useEffect(() => field.current?.select(), []);
  const copy = async () => {
    await navigator.clipboard.writeText(whole);
    notify(t('common.copied'));
  };
  return (
    <div className="link-made">
      <output>{words ?? t('people.linkOnce')}</output>
      <TextInput ref={field} aria-label={t('people.links')} dir="ltr" readOnly value={whole} />
      {'clipboard' in navigator && <Button onClick={() => void copy()}>{t('common.copy')}</Button>}
    </div>
  );
}
