import type {
  AccountLinkView,
  AccountRulesView,
  EnrolmentView,
  MeView,
  OpenedLinkView,
  OwnSessionView,
  RecoveryCodesView,
  SecondFactorView,
  SignInStepView,
} from '#contract';
import { request } from './request.js';

/** Signed in, or asked for something more first. */
export type SignInAnswer = MeView | SignInStepView;

export function isStep(answer: SignInAnswer): answer is SignInStepView {
  return 'ticket' in answer;
}

/** Nobody is signed in yet: these ask whatever the session says. */
const post = <Answer>(path: string, body?: object) => request<Answer>(path, { method: 'POST', body, alwaysAsks: true });

/** How people come into their accounts and look after them, one line a call. */
export const accounts = {
  signIn: (credentials: { email: string; password: string }) => post<SignInAnswer>('/session', credentials),
  proveCode: (wish: { ticket: string; code: string }) => post<MeView>('/session/code', wish),
  enrolAtSignIn: (ticket: string) => post<EnrolmentView>('/session/enrolment', { ticket }),
  confirmAtSignIn: (wish: { ticket: string; code: string }) =>
    post<RecoveryCodesView & { me: MeView }>('/session/enrolment/code', wish),

  look: (token: string) => post<OpenedLinkView>('/account-links/look', { token }),
  join: (wish: { token: string; name: string; password: string; locale: MeView['locale'] }) =>
    post<SignInAnswer>('/account-links/join', wish),
  reset: (wish: { token: string; password: string }) => post<void>('/account-links/reset', wish),
  canMail: () => request<{ byMail: boolean }>('/account-links/forgotten', { alwaysAsks: true }),
  forget: (email: string) => post<{ byMail: boolean }>('/account-links/forgotten', { email }),

  secondFactor: (signal?: AbortSignal) => request<SecondFactorView>('/me/second-factor', { signal }),
  beginEnrolment: (wish: { password: string; code?: string }) =>
    request<EnrolmentView>('/me/second-factor/enrolment', { method: 'POST', body: wish }),
  confirmEnrolment: (code: string) =>
    request<RecoveryCodesView>('/me/second-factor/enrolment/code', { method: 'POST', body: { code } }),
  renewCodes: (wish: { password: string; code: string }) =>
    request<RecoveryCodesView>('/me/second-factor/recovery-codes', { method: 'POST', body: wish }),
  endSecondFactor: (wish: { password: string; code: string }) =>
    request<void>('/me/second-factor/end', { method: 'POST', body: wish }),

  sessions: (signal?: AbortSignal) => request<OwnSessionView[]>('/me/sessions', { signal }),
  endSession: (id: string) => request<void>(`/me/sessions/${id}`, { method: 'DELETE' }),
  endOtherSessions: () => request<void>('/me/sessions', { method: 'DELETE' }),

  invite: (id: string) => request<AccountLinkView>(`/agents/${id}/invitation`, { method: 'POST' }),
  revokeInvitation: (id: string) => request<void>(`/agents/${id}/invitation`, { method: 'DELETE' }),
  makeReset: (id: string) => request<AccountLinkView>(`/agents/${id}/reset-link`, { method: 'POST' }),
  resetSecondFactor: (id: string) => request<void>(`/agents/${id}/second-factor`, { method: 'DELETE' }),

  rules: (signal?: AbortSignal) => request<AccountRulesView>('/account-rules', { signal }),
  setRules: (rules: AccountRulesView) => request<AccountRulesView>('/account-rules', { method: 'PUT', body: rules }),
};

/** A link as it can be passed on, also where the hub does not know under which address it is reached. */
export function wholeLink({ link }: AccountLinkView): string {
  return new URL(link, location.origin).href;
}
