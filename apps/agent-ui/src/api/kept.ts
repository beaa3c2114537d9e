import type {
  ArticleSuggestionsView,
  ArticleView,
  BothTexts,
  CannedFileView,
  CannedReplyView,
  ChannelKind,
  FoundArticleView,
  MacroAction,
  MacroPreviewView,
  MacroView,
  OfferedReplyView,
  ReplyTrialView,
  ReplyVariableView,
  TicketView,
  WrittenReplyView,
} from '#contract';
import { query, request } from './request.js';

/** For what a reply is written, besides the conversation. */
export interface ReplyPlace {
  channelId?: string | undefined;
  ticketId?: string | undefined;
  locale?: 'en' | 'fa' | undefined;
}

export interface ReplyDraft {
  short: string;
  title: string;
  texts: BothTexts;
  queueIds: string[];
  channelKinds: ChannelKind[];
  fileIds: string[];
}

export interface MacroDraft {
  name: string;
  queueIds: string[];
  actions: MacroAction[];
}

export interface ArticleDraft {
  texts: ArticleView['texts'];
  tags: string[];
  keywords: string[];
  public: boolean;
}

/** What something was seen as, so that a colleague's change is not overwritten. */
type Seen = { version: number };
/** Made for everybody, or only for oneself. */
type Made = { personal: boolean };

const keptKey = ['kept'] as const;
export const keptKeys = {
  replies: [...keptKey, 'replies'] as const,
  variables: [...keptKey, 'variables'] as const,
  macros: [...keptKey, 'macros'] as const,
  articles: [...keptKey, 'articles'] as const,
  offered: (conversation: string, place: ReplyPlace, q: string) =>
    [...keptKey, 'offered', conversation, place, q] as const,
  trial: (locale: string, text: string) => [...keptKey, 'trial', locale, text] as const,
  ticketMacros: (ticket: string, queue: string) => [...keptKey, 'ticket-macros', ticket, queue] as const,
  preview: (ticket: string, version: number, macro: string) => [...keptKey, 'preview', ticket, version, macro] as const,
  suggestions: (conversation: string, last: string) => [...keptKey, 'suggestions', conversation, last] as const,
  found: (locale: string, q: string) => [...keptKey, 'found', locale, q] as const,
};

/** Everything the console asks of the hub about canned replies, macros and articles, one line a call. */
export const kept = {
  offered: (conversation: string, place: ReplyPlace, q: string, signal?: AbortSignal) =>
    request<OfferedReplyView[]>(`/conversations/${conversation}/canned-replies${query({ ...place, q, limit: 12 })}`, {
      signal,
    }),
  write: (conversation: string, reply: string, place: ReplyPlace) =>
    request<WrittenReplyView>(`/conversations/${conversation}/canned-replies/${reply}`, {
      method: 'POST',
      body: place,
    }),
  replies: (signal?: AbortSignal) => request<CannedReplyView[]>('/canned-replies', { signal }),
  addReply: (draft: ReplyDraft & Made) => request<CannedReplyView>('/canned-replies', { method: 'POST', body: draft }),
  changeReply: (id: string, change: ReplyDraft & Seen) =>
    request<CannedReplyView>(`/canned-replies/${id}`, { method: 'PATCH', body: change }),
  removeReply: (id: string) => request<void>(`/canned-replies/${id}`, { method: 'DELETE' }),
  variables: (signal?: AbortSignal) => request<ReplyVariableView[]>('/canned-replies/variables', { signal }),
  tryText: (text: string, locale: 'en' | 'fa', signal?: AbortSignal) =>
    request<ReplyTrialView>('/canned-replies/trial', { method: 'POST', body: { text, locale }, signal }),
  uploadFile: (file: File) => request<CannedFileView>('/canned-replies/files', { method: 'POST', file }),
  macros: (signal?: AbortSignal) => request<MacroView[]>('/macros', { signal }),
  macrosFor: (ticket: string, signal?: AbortSignal) => request<MacroView[]>(`/tickets/${ticket}/macros`, { signal }),
  preview: (ticket: string, macro: string, signal?: AbortSignal) =>
    request<MacroPreviewView>(`/tickets/${ticket}/macros/${macro}/preview`, { signal }),
  run: (ticket: string, macro: string, version: number) =>
    request<TicketView>(`/tickets/${ticket}/macros/${macro}`, { method: 'POST', body: { version } }),
  addMacro: (draft: MacroDraft & Made) => request<MacroView>('/macros', { method: 'POST', body: draft }),
  changeMacro: (id: string, change: MacroDraft & Seen) =>
    request<MacroView>(`/macros/${id}`, { method: 'PATCH', body: change }),
  removeMacro: (id: string) => request<void>(`/macros/${id}`, { method: 'DELETE' }),
  articles: (signal?: AbortSignal) => request<ArticleView[]>('/articles', { signal }),
  suggest: (conversation: string, signal?: AbortSignal) =>
    request<ArticleSuggestionsView>(`/conversations/${conversation}/article-suggestions`, { signal }),
  findArticles: (q: string, locale: 'en' | 'fa', signal?: AbortSignal) =>
    request<FoundArticleView[]>(`/articles/search${query({ q, locale, limit: 8 })}`, { signal }),
  addArticle: (draft: ArticleDraft) => request<ArticleView>('/articles', { method: 'POST', body: draft }),
  changeArticle: (id: string, change: ArticleDraft & Seen) =>
    request<ArticleView>(`/articles/${id}`, { method: 'PATCH', body: change }),
  removeArticle: (id: string) => request<void>(`/articles/${id}`, { method: 'DELETE' }),
};
