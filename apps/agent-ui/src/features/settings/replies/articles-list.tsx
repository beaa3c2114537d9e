import { useQuery } from '@tanstack/react-query';
import type { ArticleView } from '#contract';
import { kept, keptKeys } from '../../../api/kept.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { ArticleForm } from './article-form.js';
import { KeptList } from './kept-list.js';

/** The knowledge list: supervisors write it, agents read it in the composer. */
export function ArticlesList({ overseesAll }: { overseesAll: boolean }) {
  const { t } = useI18n();
  const list = useQuery({ queryKey: keptKeys.articles, queryFn: ({ signal }) => kept.articles(signal) });
  return (
    <KeptList
      title={t('kept.articles')}
      intro={t('kept.articlesIntro')}
      add={t('kept.addArticle')}
      none={t('kept.noArticles')}
      list={list}
      wordsOf={({ texts, tags, keywords }) => [texts.en.title, texts.fa.title, ...tags, ...keywords].join(' ')}
      line={(article) => <Line article={article} />}
      form={(article, done) => <ArticleForm article={article} onDone={done} />}
      mayAdd={overseesAll}
      mayOpen={() => overseesAll}
    />
  );
}

function Line({ article: { texts, tags, public: isPublic } }: { article: ArticleView }) {
  const { t, locale } = useI18n();
  const other = locale === 'fa' ? 'en' : 'fa';
  return (
    <>
      <span className="channels-name">
        <bdi>{texts[locale].title || texts[other].title}</bdi>
        {tags.length > 0 && <small>{tags.join(t('kept.listJoin'))}</small>}
      </span>
      <span className="chip" data-tone={isPublic ? 'good' : undefined}>
        {t(isPublic ? 'kept.public' : 'kept.internal')}
      </span>
    </>
  );
}
