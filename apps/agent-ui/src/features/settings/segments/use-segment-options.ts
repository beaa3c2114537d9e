import { useQuery } from '@tanstack/react-query';
import type { CustomerAttributeView } from '#contract';
import { segmentKeys, segments } from '../../../api/segments.js';
import { useI18n } from '../../../i18n/use-i18n.js';

const wayNames = ['email', 'phone', 'telegram', 'web', 'external'] as const;

/** What may be known of customers; none while it is looked up. */
export function useAttributes(): CustomerAttributeView[] {
  return (
    useQuery({ queryKey: segmentKeys.attributes, queryFn: ({ signal }) => segments.attributes(signal) }).data ?? []
  );
}

export function useWayNames(): { value: string; label: string }[] {
  const { t } = useI18n();
  return wayNames.map((value) => ({ value, label: t(`segment.ways.${value}`) }));
}
