import { ActionIcon } from '@mantine/core';
import IconArticle from '@tabler/icons-react/dist/esm/icons/IconBook2.mjs';
import IconMacro from '@tabler/icons-react/dist/esm/icons/IconBolt.mjs';
import IconSlash from '@tabler/icons-react/dist/esm/icons/IconSlash.mjs';
import { useQuery } from '@tanstack/react-query';
import { useState, type RefObject } from 'react';
import type { ConversationView, TicketView } from '#contract';
import { kept, keptKeys } from '../../../api/kept.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { useTexts } from '../../../i18n/use-texts.js';
import type { Composing } from '../use-composer.js';
import { ArticlePanel } from './article-panel.js';
import { insertText } from './insert-text.js';
import './kept.css';
import { MacroDialog } from './macro-dialog.js';

interface Props {
  view: ConversationView;
  ticket: TicketView | undefined;
  composing: Composing;
  field: RefObject<HTMLTextAreaElement | null>;
}

/** What is kept ready and stands beside the text: canned replies, macros, and articles that may help. */
export function ComposerExtras({ view, ticket, composing, field }: Props) {
  const { t } = useI18n();
  const [opened, open] = useState<'macros' | 'articles' | null>(null);
  const isSpoken = useTexts('replies');
  const last = lastWordsOf(view);
  const suggestions = useQuery({
    queryKey: keptKeys.suggestions(view.id, last ?? ''),
    queryFn: ({ signal }) => kept.suggest(view.id, signal),
    enabled: last !== null,
    staleTime: 60_000,
  });
  if (!isSpoken) {
    return null;
  }
  const count = suggestions.data?.articles.length ?? 0;
  const beginSlash = () => {
    const end = composing.draft.body.length;
    const gap = /(^|\s)$/u.test(composing.draft.body) ? '' : ' ';
    insertText({ conversation: view.id, kind: composing.kind, at: { from: end, to: end }, text: `${gap}/`, field });
  };
  return (
    <>
      <ActionIcon aria-label={t('kept.insert')} title={t('kept.insertHint')} onClick={beginSlash}>
        <IconSlash size={19} />
      </ActionIcon>
      {ticket && ticket.state !== 'closed' && (
        <ActionIcon aria-label={t('kept.runMacro')} title={t('kept.runMacro')} onClick={() => open('macros')}>
          <IconMacro size={19} />
        </ActionIcon>
      )}
      <ActionIcon
        aria-label={count > 0 ? t('kept.suggested', { count }) : t('kept.findArticle')}
        title={count > 0 ? t('kept.suggested', { count }) : t('kept.findArticle')}
        aria-expanded={opened === 'articles'}
        {...(count > 0 ? { variant: 'light' } : {})}
        onClick={() => open(opened === 'articles' ? null : 'articles')}
      >
        <IconArticle size={19} />
      </ActionIcon>
      {opened === 'macros' && ticket && <MacroDialog view={view} ticket={ticket} onClose={() => open(null)} />}
      {opened === 'articles' && (
        <ArticlePanel
          view={view}
          composing={composing}
          suggested={suggestions.data?.articles ?? []}
          field={field}
          onClose={() => open(null)}
        />
      )}
    </>
  );
}

function lastWordsOf({ messages }: ConversationView): string | null {
  return messages.findLast(({ direction, body }) => direction === 'in' && body !== '')?.id ?? null;
}
