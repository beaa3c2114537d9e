import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { keys } from '../../api/keys.js';
import { useAgents, useManages, useQueues } from '../../api/queries.js';
import { scriptKeys, scripts } from '../../api/scripts.js';
import { serviceTerms } from '../../api/service-terms.js';
import { useI18n } from '../../i18n/use-i18n.js';
import type { KnownNames } from './editor/editor-context.js';

/** What a node can name. Scripts name queues and calendars as people do, so that a script can be carried elsewhere. */
export function useKnownNames(): KnownNames {
  const { t } = useI18n();
  const queues = useQueues();
  const agents = useAgents();
  const isAdmin = useManages('automation.manage');
  const calendars = useQuery({
    queryKey: keys.calendars,
    queryFn: ({ signal }) => serviceTerms.calendars(signal),
    enabled: isAdmin,
  }).data;
  const connectors = useQuery({
    queryKey: scriptKeys.connectors,
    queryFn: ({ signal }) => scripts.connectors(signal),
  }).data;
  const others = useQuery({ queryKey: scriptKeys.list, queryFn: ({ signal }) => scripts.list(signal) }).data;
  return useMemo(() => {
    const byName = (rows: readonly { name: string }[] | undefined) =>
      (rows ?? []).map(({ name }) => ({ value: name, label: name }));
    return {
      queues: byName(queues),
      agents: agents.map(({ id, name }) => ({ value: id, label: name })),
      calendars: [{ value: 'default', label: t('script.ownCalendar') }, ...byName(calendars)],
      connectors: (connectors ?? []).map(({ key, title }) => ({ value: key, label: title || key })),
      scripts: (others ?? []).map(({ key, name }) => ({ value: key, label: name })),
      skills: [],
    };
  }, [queues, agents, calendars, connectors, others, t]);
}
