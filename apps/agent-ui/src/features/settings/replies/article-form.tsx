import { Stack, Switch, Textarea, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { ArticleText, ArticleView } from '#contract';
import { kept, keptKeys, type ArticleDraft } from '../../../api/kept.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { splitWords } from './action-fields.js';
import { KeptEnd } from './kept-end.js';
import { useKeptSave } from './use-kept-save.js';

interface Props {
  article: ArticleView | null;
  onDone: () => void;
}

const blank: ArticleText = { title: '', body: '' };

export function ArticleForm({ article, onDone }: Props) {
  const { t } = useI18n();
  const [draft, setDraft] = useState<ArticleDraft>(() => draftOf(article));
  const change = (part: Partial<ArticleDraft>) => setDraft((known) => ({ ...known, ...part }));
  const keeping = useKeptSave({
    listKey: keptKeys.articles,
    save: (wish: ArticleDraft) =>
      article ? kept.changeArticle(article.id, { ...wish, version: article.version }) : kept.addArticle(wish),
    remove: () => kept.removeArticle(article?.id ?? ''),
    sure: t('kept.removeArticleSure', { name: draft.texts.fa.title || draft.texts.en.title }),
    done: onDone,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    keeping.save(draft);
  };
  return (
    <form onSubmit={submit}>
      <Stack maw={640}>
        {(['fa', 'en'] as const).map((locale) => (
          <ArticleFields
            key={locale}
            locale={locale}
            text={draft.texts[locale]}
            onChange={(text) => change({ texts: { ...draft.texts, [locale]: text } })}
          />
        ))}
        <TextInput
          label={t('ticket.tags')}
          description={t('kept.commas')}
          dir="auto"
          defaultValue={draft.tags.join(t('kept.listJoin'))}
          onChange={(event) => change({ tags: splitWords(event.currentTarget.value) })}
        />
        <TextInput
          label={t('kept.keywords')}
          description={t('kept.keywordsHint')}
          dir="auto"
          defaultValue={draft.keywords.join(t('kept.listJoin'))}
          onChange={(event) => change({ keywords: splitWords(event.currentTarget.value) })}
        />
        <Switch
          label={t('kept.isPublic')}
          description={t('kept.isPublicHint')}
          checked={draft.public}
          onChange={(event) => change({ public: event.currentTarget.checked })}
        />
        <KeptEnd
          error={keeping.error}
          isSaving={keeping.isSaving}
          isRemoving={keeping.isRemoving}
          onRemove={article && keeping.remove}
          onCancel={onDone}
        />
      </Stack>
    </form>
  );
}

interface FieldsProps {
  locale: 'en' | 'fa';
  text: ArticleText;
  onChange: (text: ArticleText) => void;
}

function ArticleFields({ locale, text, onChange }: FieldsProps) {
  const { t } = useI18n();
  const dir = locale === 'fa' ? 'rtl' : 'ltr';
  return (
    <fieldset className="form-part replies-text">
      <legend>{t(`kept.articleIn_${locale}`)}</legend>
      <TextInput
        label={t('kept.articleTitle')}
        maxLength={200}
        dir={dir}
        lang={locale}
        required={text.body.trim() !== ''}
        value={text.title}
        onChange={(event) => onChange({ ...text, title: event.currentTarget.value })}
      />
      <Textarea
        label={t('kept.articleBody')}
        dir={dir}
        lang={locale}
        autosize
        minRows={5}
        maxRows={24}
        maxLength={50_000}
        value={text.body}
        onChange={(event) => onChange({ ...text, body: event.currentTarget.value })}
      />
    </fieldset>
  );
}

function draftOf(article: ArticleView | null): ArticleDraft {
  if (!article) {
    return { texts: { en: blank, fa: blank }, tags: [], keywords: [], public: false };
  }
  const { texts, tags, keywords, public: isPublic } = article;
  return { texts, tags, keywords, public: isPublic };
}
