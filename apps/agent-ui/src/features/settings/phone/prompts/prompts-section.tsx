import { Button, Group, SegmentedControl, Skeleton, Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { PromptView } from '#contract';
import { keys } from '../../../../api/keys.js';
import { useManages } from '../../../../api/queries.js';
import { prompts } from '../../../../api/recordings.js';
import { useI18n } from '../../../../i18n/use-i18n.js';
import { useTexts } from '../../../../i18n/use-texts.js';
import { IconDownload } from '../../../../ui/icons.js';
import { Empty, Failed } from '../../../../ui/states.js';
import { PromptRow } from './prompt-row.js';
import './prompts.css';
import { RecordDialog } from './record-dialog.js';
import { RecordingPolicies } from './recording-policies.js';
import { countPrompts, sortPrompts } from './sort-prompts.js';

/** What callers hear, sentence by sentence, and whether calls are recorded. */
export function PromptsSection() {
  const isSpoken = useTexts('phone');
  const isAdmin = useManages('automation.manage');
  const library = useQuery({ queryKey: keys.prompts, queryFn: ({ signal }) => prompts.list(signal) });
  if (library.isError) {
    return <Failed error={library.error} retry={() => void library.refetch()} />;
  }
  if (!library.data || !isSpoken) {
    return <Skeleton height={180} />;
  }
  return (
    <>
      <Library prompts={library.data.prompts} hasPolicies={isAdmin} />
      {isAdmin && <RecordingPolicies />}
    </>
  );
}

function Library({ prompts: all, hasPolicies }: { prompts: PromptView[]; hasPolicies: boolean }) {
  const { t, locale: reader } = useI18n();
  const [locale, setLocale] = useState<PromptView['locale']>(reader);
  const [onlyMissing, setOnlyMissing] = useState(false);
  const [recorded, setRecorded] = useState<PromptView | null>(null);
  const parts = sortPrompts(all, { locale, onlyMissing });
  const { missing, starter } = countPrompts(all.filter((prompt) => prompt.locale === locale));
  return (
    <>
      <div className="settings-head">
        <h2>{t('settings.prompts')}</h2>
        <Group gap={8}>
          {hasPolicies && (
            <Button component="a" href="#recording-policies" variant="subtle">
              {t('recording.policies')}
            </Button>
          )}
          <Button component="a" href="/api/prompts/archive" variant="light" leftSection={<IconDownload size={17} />}>
            {t('prompt.download')}
          </Button>
        </Group>
      </div>
      <p className="settings-hint">{t('prompt.intro')}</p>
      {starter > 0 && <p className="prompt-starter">{t('prompt.starterNote', { count: starter })}</p>}
      <div className="prompt-filters">
        <SegmentedControl
          aria-label={t('prompt.language')}
          value={locale}
          onChange={(value) => setLocale(value as PromptView['locale'])}
          data={[
            { value: 'fa', label: t('prompt.locale_fa') },
            { value: 'en', label: t('prompt.locale_en') },
          ]}
        />
        <Switch
          label={t('prompt.onlyMissing', { count: missing })}
          checked={onlyMissing}
          onChange={(event) => setOnlyMissing(event.currentTarget.checked)}
        />
      </div>
      {parts.length === 0 && <Empty>{t('prompt.nothingMissing')}</Empty>}
      {parts.map(({ group, prompts: inside }) => (
        <details key={group} className="prompt-part" open={group === 'line' || group === 'script' || onlyMissing}>
          <summary>
            {t(`prompt.group_${group}`)} <span className="chip">{t('prompt.count', { count: inside.length })}</span>
          </summary>
          <ul className="prompt-list">
            {inside.map((prompt) => (
              <PromptRow key={prompt.name} prompt={prompt} onRecord={() => setRecorded(prompt)} />
            ))}
          </ul>
        </details>
      ))}
      {recorded && <RecordDialog prompt={recorded} onClose={() => setRecorded(null)} />}
    </>
  );
}
