import { UnstyledButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { hub } from '../../../api/hub.js';
import { keys } from '../../../api/keys.js';
import type { Locale } from '../../../i18n/i18n.js';
import { readersTag } from '../../../i18n/intl-tag.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { countSegments, plainerText } from './count-segments.js';
import './sms-counter.css';

interface Props {
  channelId: string;
  body: string;
  onChange: (body: string) => void;
}

/** What the text will cost before it leaves: its segments, how it travels, and money where the channel has a price. */
export function SmsCounter({ channelId, body, onChange }: Props) {
  const { t, locale } = useI18n();
  const terms = useQuery({
    queryKey: keys.smsTerms(channelId),
    queryFn: ({ signal }) => hub.smsTerms(channelId, signal),
    staleTime: 300_000,
    retry: false,
  }).data;
  const text = body.trim();
  if (text === '') {
    return null;
  }
  const { encoding, segments, left } = countSegments(text);
  const plainer = plainerText(body);
  const cost = terms?.price ? money(segments * terms.price.perSegment, terms.price.currency, locale) : null;
  return (
    <span className="sms-counter" data-long={segments > 3 || undefined}>
      <span>
        {t('sms.segments', { count: segments })}
        {' · '}
        {encoding === 'GSM-7' ? t('sms.gsm') : t('sms.ucs2')}
        {' · '}
        {t('sms.left', { count: left })}
        {cost && ` · ${t('sms.cost', { cost })}`}
      </span>
      {plainer !== null && (
        <UnstyledButton className="sms-plainer" title={t('sms.plainerWhy')} onClick={() => onChange(plainer)}>
          {t('sms.plainer', { count: countSegments(plainer.trim()).segments })}
        </UnstyledButton>
      )}
    </span>
  );
}

/** In the reader's own digits and words; a price of a segment is often a fraction of the smallest coin. */
function money(amount: number, currency: string, locale: Locale): string {
  return new Intl.NumberFormat(readersTag(locale), {
    style: 'currency',
    currency,
    maximumFractionDigits: 4,
    minimumFractionDigits: 0,
  }).format(amount);
}
