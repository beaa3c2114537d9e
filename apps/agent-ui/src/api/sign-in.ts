import type {
  OwnIdentityView,
  SignInBegunView,
  SignInCheckView,
  SignInProviderView,
  SignInSettingsView,
  SignInWaysView,
} from '#contract';
import { request } from './request.js';

export type ProviderDraft = Omit<SignInProviderView, 'id' | 'version' | 'hasSecret' | 'people'> & {
  version?: number;
  clientSecret?: string;
};

export type ProviderLook = Pick<ProviderDraft, 'issuer' | 'clientId' | 'clientSecret'>;

/** Signing in by a provider, one line a call. */
export const signIn = {
  ways: (signal?: AbortSignal) => request<SignInWaysView>('/sign-in', { signal, alwaysAsks: true }),
  begin: (wish: { provider: string; to: string }) =>
    request<SignInBegunView>(`/sign-in/${wish.provider}`, { method: 'POST', body: { to: wish.to }, alwaysAsks: true }),

  settings: (signal?: AbortSignal) => request<SignInSettingsView>('/sign-in-settings', { signal }),
  put: (id: string, draft: ProviderDraft) =>
    request<SignInProviderView>(`/sign-in-settings/providers/${id}`, { method: 'PUT', body: draft }),
  remove: (id: string) => request<void>(`/sign-in-settings/providers/${id}`, { method: 'DELETE' }),
  check: (id: string, look: ProviderLook) =>
    request<SignInCheckView>(`/sign-in-settings/providers/${id}/check`, { method: 'POST', body: look }),
  setPasswords: (rule: { passwords: SignInWaysView['passwords']; keepPassword: string[] }) =>
    request<SignInSettingsView>('/sign-in-settings/passwords', { method: 'PUT', body: rule }),

  identities: (signal?: AbortSignal) => request<OwnIdentityView[]>('/me/identities', { signal }),
  unlink: (id: string) => request<void>(`/me/identities/${id}`, { method: 'DELETE' }),
};
