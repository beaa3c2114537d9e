/** An article in one language; both empty where it is not written in it. */
export interface ArticleText {
  title: string;
  body: string;
}

export interface ArticleView {
  id: string;
  version: number;
  /** The body is Markdown, without pages of HTML in it. */
  texts: { en: ArticleText; fa: ArticleText };
  tags: string[];
  /** Words by which it is found and that it does not say. */
  keywords: string[];
  /** Customers and bots may read it; otherwise only colleagues. */
  public: boolean;
  changedAt: string;
}

/** An article that was found, in one language, the best first. */
export interface FoundArticleView {
  id: string;
  locale: 'en' | 'fa';
  title: string;
  body: string;
  tags: string[];
  public: boolean;
  /** How well it fits; comparable within one search only. */
  score: number;
}

/** What may help with what the customer wrote last. */
export interface ArticleSuggestionsView {
  /** The message that they are for; null where the customer wrote nothing. */
  messageId: string | null;
  articles: FoundArticleView[];
}
