import type { Icon } from '@tabler/icons-react';
import type { MessageView } from '#contract';
import { useI18n } from '../../../i18n/use-i18n.js';
import {
  IconAlert,
  IconAway,
  IconBot,
  IconComplaint,
  IconDamaged,
  IconForged,
  IconNewsletter,
  IconPlug,
  IconRelated,
  IconUndelivered,
} from '../../../ui/icons.js';
import { ExplainedChip } from './explained-chip.js';
import { marksOf, type ToldFlag } from './told-flags.js';

const looks: Record<ToldFlag, { Icon: Icon; tone?: 'bad' | 'warn' }> = {
  simulated: { Icon: IconPlug, tone: 'warn' },
  forged: { Icon: IconForged, tone: 'bad' },
  unverified: { Icon: IconAlert, tone: 'warn' },
  spam: { Icon: IconAlert, tone: 'warn' },
  complaint: { Icon: IconComplaint, tone: 'bad' },
  bounce: { Icon: IconUndelivered, tone: 'warn' },
  possibly_related: { Icon: IconRelated, tone: 'warn' },
  oversized: { Icon: IconDamaged, tone: 'warn' },
  malformed: { Icon: IconDamaged, tone: 'warn' },
  out_of_office: { Icon: IconAway },
  newsletter: { Icon: IconNewsletter },
  automatic: { Icon: IconBot },
};

/** What was noticed about a message, each as a mark that explains itself. */
export function MailFlags({ message: { flags, mail } }: { message: Pick<MessageView, 'flags' | 'mail'> }) {
  const { t, format } = useI18n();
  const marks = marksOf(flags);
  if (marks.length === 0) {
    return null;
  }
  const awayUntil = mail?.report?.awayUntil;
  const labelOf = (flag: ToldFlag) =>
    flag === 'out_of_office' && awayUntil
      ? t('flag.awayUntil', { day: format.day(`${awayUntil}T12:00:00`) })
      : t(`flag.${flag}`);
  return (
    <p className="bubble-flags">
      {marks.map((flag) => (
        <ExplainedChip key={flag} {...looks[flag]} label={labelOf(flag)}>
          {t(flag === 'oversized' && !mail ? 'flagWhy.oversizedFile' : `flagWhy.${flag}`)}
        </ExplainedChip>
      ))}
    </p>
  );
}
