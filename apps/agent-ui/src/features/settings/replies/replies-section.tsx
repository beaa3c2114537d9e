import { SegmentedControl, Skeleton } from '@mantine/core';
import { useState } from 'react';
import { useMay } from '../../../api/queries.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { useTexts } from '../../../i18n/use-texts.js';
import { ArticlesList } from './articles-list.js';
import { CannedList } from './canned-list.js';
import { MacrosList } from './macros-list.js';
import './replies.css';

type Part = 'replies' | 'macros' | 'articles';
const parts: readonly Part[] = ['replies', 'macros', 'articles'];

/** What is kept ready for the composer: texts, actions, and what the organisation knows. */
export function RepliesSection() {
  const { t } = useI18n();
  const isSpoken = useTexts('replies');
  const [part, setPart] = useState<Part>('replies');
  const overseesAll = useMay('replies.manage');
  if (!isSpoken) {
    return <Skeleton height={180} />;
  }
  return (
    <div className="replies">
      <SegmentedControl
        value={part}
        onChange={(next) => setPart(next as Part)}
        aria-label={t('kept.title')}
        data={parts.map((value) => ({ value, label: t(`kept.${value}`) }))}
      />
      {part === 'replies' && <CannedList overseesAll={overseesAll} />}
      {part === 'macros' && <MacrosList overseesAll={overseesAll} />}
      {part === 'articles' && <ArticlesList overseesAll={overseesAll} />}
    </div>
  );
}
