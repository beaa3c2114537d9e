import { Button, Loader, TextInput } from '@mantine/core';
import { useInfiniteQuery, useQuery, type InfiniteData, type UseInfiniteQueryResult } from '@tanstack/react-query';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import type { SearchAnswer, SearchProblem } from '#contract';
import { keys } from '../../api/keys.js';
import { people } from '../../api/people.js';
import { useMe } from '../../api/queries.js';
import { searchFor } from '../../api/search.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { useTexts } from '../../i18n/use-texts.js';
import { IconSearch } from '../../ui/icons.js';
import { Failed } from '../../ui/states.js';
import { CustomerHits } from './customer-hits.js';
import { MessageHit } from './message-hit.js';
import { forgetSearches, recentSearches, rememberSearch } from './recent-searches.js';
import { SearchFacets } from './search-facets.js';
import './search.css';

interface Props {
  /** What is searched for; '' before anything is. */
  wanted: string;
  onSearch: (text: string) => void;
  /** A message was chosen: it is to be seen where it leads. */
  onShow: (place: { conversation: string; message: string }) => void;
}

/** Everything that was said, and everybody who said it. */
export function SearchPage(props: Props) {
  const isSpoken = useTexts('search');
  return isSpoken ? <Page {...props} /> : <Loader className="search-wait" />;
}

function Page({ wanted, onSearch, onShow }: Props) {
  const { t } = useI18n();
  const { id: account } = useMe();
  const [typed, setTyped] = useState({ text: wanted, beside: wanted });
  // What is searched for changes by other ways too: by a filter, by going back.
  const text = typed.beside === wanted ? typed.text : wanted;
  const setText = (next: string) => setTyped({ text: next, beside: wanted });
  const field = useRef<HTMLInputElement>(null);
  // Whoever comes here by the key goes on typing.
  useEffect(() => field.current?.focus(), []);
  const search = (next: string) => {
    rememberSearch(account, next.trim());
    onSearch(next.trim());
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    search(text);
  };
  return (
    <main className="search" id="content">
      <h1>{t('search.label')}</h1>
      <search>
        <form className="search-form" onSubmit={submit}>
          <TextInput
            className="search-field"
            type="search"
            value={text}
            dir={text ? 'auto' : undefined}
            aria-label={t('search.label')}
            placeholder={t('search.placeholder')}
            leftSection={<IconSearch size={18} aria-hidden />}
            ref={field}
            maxLength={500}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <Button type="submit">{t('search.go')}</Button>
        </form>
        <SearchFacets text={text} onSearch={search} />
      </search>
      {wanted === '' && <Recent account={account} onSearch={search} />}
      {wanted === '' ? (
        <Hints onTry={(filter) => setText(`${text} ${filter}`.trim())} />
      ) : (
        <Found wanted={wanted} onShow={onShow} />
      )}
    </main>
  );
}

/** Filters by their names in both languages, as they would be typed. */
const filters = {
  en: ['from', 'channel', 'is', 'assignee', 'tag', 'queue', 'before', 'after'],
  fa: ['از', 'کانال', 'وضعیت', 'مسئول', 'برچسب', 'صف', 'پیش', 'پس'],
} as const;

/** What was searched for before in this window. */
function Recent({ account, onSearch }: { account: string; onSearch: (text: string) => void }) {
  const { t } = useI18n();
  const [recent, setRecent] = useState(() => recentSearches(account));
  if (recent.length === 0) {
    return null;
  }
  const clear = () => {
    forgetSearches(account);
    setRecent([]);
  };
  return (
    <section aria-labelledby="search-recent">
      <div className="search-head">
        <h2 id="search-recent">{t('search.recent')}</h2>
        <Button variant="subtle" size="compact-xs" onClick={clear}>
          {t('search.clearRecent')}
        </Button>
      </div>
      <ul className="search-recent">
        {recent.map((text) => (
          <li key={text}>
            <button type="button" className="search-filter" dir="auto" onClick={() => onSearch(text)}>
              {text}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Hints({ onTry }: { onTry: (filter: string) => void }) {
  const { t, locale } = useI18n();
  return (
    <section className="search-hints" aria-labelledby="search-filters">
      <p>{t('search.hint')}</p>
      <h2 id="search-filters">{t('search.typedFilters')}</h2>
      <ul>
        {filters.en.map((name, index) => {
          const shown = `${filters[locale][index] ?? name}:`;
          return (
            <li key={name}>
              <button type="button" className="search-filter" onClick={() => onTry(shown)}>
                <bdi>{shown}</bdi>
              </button>
              {t(`search.filter_${name}`)}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** Whoever may read little gets pages in which nothing is theirs: so many are gone past without a press. */
const mostEmptyPages = 5;

type Answers = Pick<
  UseInfiniteQueryResult<InfiniteData<SearchAnswer>>,
  'data' | 'hasNextPage' | 'isFetching' | 'isError' | 'fetchNextPage'
>;

function useLookOn({ data, hasNextPage, isFetching, isError, fetchNextPage }: Answers): void {
  const pages = data?.pages ?? [];
  const isEmpty = pages.length < mostEmptyPages && pages.every(({ rows }) => rows.length === 0);
  const looksOn = isEmpty && hasNextPage && !isFetching && !isError;
  useEffect(() => {
    if (looksOn) {
      void fetchNextPage();
    }
  }, [looksOn, fetchNextPage]);
}

function Found({ wanted, onShow }: Omit<Props, 'onSearch'>) {
  const { t } = useI18n();
  const answer = useInfiniteQuery({
    queryKey: keys.search(wanted),
    queryFn: ({ pageParam, signal }) => searchFor(wanted, pageParam, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  });
  useLookOn(answer);
  // People are found by what they are called; a filter says nothing of them.
  const isPlain = !/[\p{L}]:|^#/u.test(wanted);
  const customers = useQuery({
    queryKey: keys.customerSearch(wanted),
    queryFn: ({ signal }) => people.find(wanted, signal),
    enabled: isPlain && wanted.length > 1,
  });
  if (answer.isPending) {
    return <Loader className="search-wait" />;
  }
  if (answer.isError) {
    return <Failed error={answer.error} retry={() => void answer.refetch()} />;
  }
  const { pages } = answer.data;
  const found = customers.data?.rows ?? [];
  const isOver = !customers.isLoading && !answer.hasNextPage;
  return (
    <>
      {found.length > 0 && <CustomerHits rows={found} />}
      <Hits pages={pages} isOver={isOver && found.length === 0} onShow={onShow} />
      {answer.hasNextPage && (
        <Button variant="default" loading={answer.isFetchingNextPage} onClick={() => void answer.fetchNextPage()}>
          {t('search.more')}
        </Button>
      )}
    </>
  );
}

interface HitsProps {
  pages: readonly SearchAnswer[];
  /** Nothing else was found, and nothing more will be. */
  isOver: boolean;
  onShow: Props['onShow'];
}

function Hits({ pages, isOver, onShow }: HitsProps) {
  const { t } = useI18n();
  const rows = pages.flatMap((page) => page.rows);
  const problems = pages.flatMap((page) => page.problems);
  return (
    <>
      <Problems problems={problems} />
      {rows.length > 0 && (
        <section aria-labelledby="search-found">
          <h2 id="search-found">{t('search.found')}</h2>
          <ul className="search-hits">
            {rows.map((hit) => (
              <MessageHit key={hit.message?.id ?? hit.ticket?.id} hit={hit} onShow={onShow} />
            ))}
          </ul>
        </section>
      )}
      <output className="search-nothing">
        {isOver && rows.length === 0 && problems.length === 0 && t('search.nothing')}
      </output>
    </>
  );
}

function Problems({ problems }: { problems: readonly SearchProblem[] }) {
  const { t } = useI18n();
  return (
    <div role="alert" className="search-problems">
      {problems.map(({ term, why }) => (
        <p key={`${why} ${term}`}>{t(`search.problem_${why}`, { term })}</p>
      ))}
    </div>
  );
}
