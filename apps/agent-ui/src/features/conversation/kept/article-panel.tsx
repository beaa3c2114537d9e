import { Button, CloseButton, TextInput } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState, type RefObject } from 'react';
import type { ConversationView, FoundArticleView } from '#contract';
import { kept, keptKeys } from '../../../api/kept.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import type { Composing } from '../use-composer.js';
import { insertText } from './insert-text.js';

interface Props {
  view: ConversationView;
  composing: Composing;
  suggested: FoundArticleView[];
  field: RefObject<HTMLTextAreaElement | null>;
  onClose: () => void;
}

/** Articles that may help with what the customer wrote, and a search for others. */
export function ArticlePanel({ view, composing, suggested, field, onClose }: Props) {
  const { t } = useI18n();
  const [search, setSearch] = useState('');
  const wanted = search.trim();
  const language = view.customer.locale.startsWith('fa') ? 'fa' : 'en';
  const found = useQuery({
    queryKey: keptKeys.found(language, wanted),
    queryFn: ({ signal }) => kept.findArticles(wanted, language, signal),
    enabled: wanted !== '',
    placeholderData: keepPreviousData,
  });
  const articles = wanted === '' ? suggested : (found.data ?? []);
  const insert = ({ body }: FoundArticleView) => {
    const end = composing.draft.body.length;
    const gap = end === 0 ? '' : '\n\n';
    insertText({ conversation: view.id, kind: composing.kind, at: { from: end, to: end }, text: gap + body, field });
    onClose();
  };
  return (
    <section className="kept-menu kept-articles" aria-label={t('kept.articles')}>
      <div className="kept-offer-head">
        <TextInput
          size="xs"
          flex={1}
          aria-label={t('kept.findArticle')}
          placeholder={t('kept.findArticle')}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        <CloseButton aria-label={t('common.close')} onClick={onClose} />
      </div>
      <div className="kept-articles-list">
        {articles.map((article) => (
          <Article
            key={article.id}
            article={article}
            mayGoOut={article.public || composing.kind === 'note'}
            onInsert={() => insert(article)}
          />
        ))}
        {articles.length === 0 && !found.isFetching && (
          <p className="kept-none">{wanted === '' ? t('kept.noneSuggested') : t('kept.noArticle')}</p>
        )}
      </div>
    </section>
  );
}

interface ArticleProps {
  article: FoundArticleView;
  mayGoOut: boolean;
  onInsert: () => void;
}

function Article({ article: { title, body, public: isPublic }, mayGoOut, onInsert }: ArticleProps) {
  const { t } = useI18n();
  return (
    <details>
      <summary>
        <bdi>{title}</bdi> {!isPublic && <span className="chip">{t('kept.internal')}</span>}
      </summary>
      <p dir="auto">{body}</p>
      <Button size="compact-sm" variant="default" disabled={!mayGoOut || body.trim() === ''} onClick={onInsert}>
        {mayGoOut ? t('kept.insertArticle') : t('kept.internalStays')}
      </Button>
    </details>
  );
}
