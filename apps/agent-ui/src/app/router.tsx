import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { beWriter } from '../api/drafts.js';
import { isProblem } from '../api/problem.js';
import { meQuery, setupQuery } from '../api/queries.js';
import type { ReportSearch } from '../features/reports/report-search.js';
import { beSender } from '../features/conversation/outbox.js';
import { Desk } from './desk.js';
import { InboxPage } from './inbox-page.js';
import { NotFound, PageFailed } from './page-states.js';

const root = createRootRouteWithContext<{ queries: QueryClient }>()({ component: Outlet });

const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);

const login = createRoute({
  getParentRoute: () => root,
  path: '/login',
  component: lazyRouteComponent(() => import('./login-page.js'), 'LoginPage'),
});

const forgotten = createRoute({
  getParentRoute: () => root,
  path: '/forgotten',
  component: lazyRouteComponent(() => import('./account-link-pages.js'), 'ForgottenRoutePage'),
});

/** Where one-time links lead, whoever is signed in at this browser. */
const join = createRoute({
  getParentRoute: () => root,
  path: '/join',
  component: lazyRouteComponent(() => import('./account-link-pages.js'), 'JoinRoutePage'),
});

const reset = createRoute({
  getParentRoute: () => root,
  path: '/reset',
  component: lazyRouteComponent(() => import('./account-link-pages.js'), 'ResetRoutePage'),
});

const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  validateSearch: (search): { token?: string | undefined } => ({ token: text(search['token']) }),
  component: lazyRouteComponent(() => import('./first-run-page.js'), 'FirstRunPage'),
});

/** A stranger goes to sign-in, or to set-up where nobody has an account yet. */
const needsSession = async ({ context: { queries } }: { context: { queries: QueryClient } }): Promise<void> => {
  try {
    const { id } = await queries.ensureQueryData(meQuery);
    beWriter(id);
    beSender(id);
  } catch (error) {
    if (!isProblem(error) || error.status !== 401) {
      throw error;
    }
    const { needed } = await queries.fetchQuery(setupQuery).catch(() => ({ needed: false }));
    redirect({ to: needed ? '/setup' : '/login', throw: true });
  }
};

/** Everything behind the session. */
const desk = createRoute({ getParentRoute: () => root, id: 'desk', beforeLoad: needsSession, component: Desk });

/** The first steps of a new hub, calm and without the desk around them. */
const first = createRoute({ getParentRoute: () => root, id: 'first', beforeLoad: needsSession });

const startHome = createRoute({
  getParentRoute: () => first,
  path: '/start',
  beforeLoad: () => {
    redirect({ to: '/start/$step', params: { step: 'next' }, throw: true });
  },
});

const start = createRoute({
  getParentRoute: () => first,
  path: '/start/$step',
  component: lazyRouteComponent(() => import('./start-page.js'), 'StartRoutePage'),
});

const home = createRoute({
  getParentRoute: () => desk,
  path: '/',
  beforeLoad: () => {
    redirect({ to: '/inbox/$view', params: { view: 'mine' }, throw: true });
  },
});

const inbox = createRoute({
  getParentRoute: () => desk,
  path: '/inbox/$view',
  validateSearch: (
    search,
  ): { queue?: string | undefined; ticket?: string | undefined; message?: string | undefined } => ({
    queue: text(search['queue']),
    ticket: text(search['ticket']),
    // The one that the link leads to.
    message: text(search['message']),
  }),
  component: InboxPage,
});

/** The page above shows it: the list stays while conversations come and go beside it. */
const conversation = createRoute({ getParentRoute: () => inbox, path: '/$conversation' });

const settings = createRoute({
  getParentRoute: () => desk,
  path: '/settings/$section',
  component: lazyRouteComponent(() => import('./settings-page.js'), 'SettingsRoutePage'),
});

/** What was searched for stands in the address, so that it can be gone back to. */
const search = createRoute({
  getParentRoute: () => desk,
  path: '/search',
  validateSearch: (asked): { q?: string | undefined } => ({ q: text(asked['q']) }),
  component: lazyRouteComponent(() => import('./search-page.js'), 'SearchRoutePage'),
});

const customers = createRoute({
  getParentRoute: () => desk,
  path: '/customers',
  validateSearch: (asked): { q?: string | undefined; tier?: number | undefined; blocked?: 'yes' | undefined } => ({
    q: text(asked['q']),
    tier: typeof asked['tier'] === 'number' ? asked['tier'] : undefined,
    blocked: asked['blocked'] === 'yes' ? 'yes' : undefined,
  }),
  component: lazyRouteComponent(() => import('./customers-page.js'), 'CustomersRoutePage'),
});

const customer = createRoute({
  getParentRoute: () => desk,
  path: '/customers/$customer',
  component: lazyRouteComponent(() => import('./customers-page.js'), 'ProfileRoutePage'),
});

const monitor = createRoute({
  getParentRoute: () => desk,
  path: '/monitor',
  component: lazyRouteComponent(() => import('./monitor-page.js'), 'MonitorRoutePage'),
});

const wall = createRoute({
  getParentRoute: () => desk,
  path: '/monitor/wall',
  component: lazyRouteComponent(() => import('./monitor-page.js'), 'WallRoutePage'),
});

/** Looking on at a conversation, without being among those who have it open. */
const watch = createRoute({
  getParentRoute: () => desk,
  path: '/watch/$conversation',
  component: lazyRouteComponent(() => import('./watch-page.js'), 'WatchRoutePage'),
});

/** Where the reader left off. */
const reportsHome = createRoute({
  getParentRoute: () => desk,
  path: '/reports',
  component: lazyRouteComponent(() => import('./reports-page.js'), 'ReportsHomePage'),
});

/** All that is asked stands in the address. */
const report = createRoute({
  getParentRoute: () => desk,
  path: '/reports/$report',
  // The page reads what it can mean: its rules come with it.
  validateSearch: (asked): ReportSearch => asked,
  component: lazyRouteComponent(() => import('./reports-page.js'), 'ReportsRoutePage'),
});

/** Samples of work and their reviews; agents come here for those of their own. */
const quality = createRoute({
  getParentRoute: () => desk,
  path: '/quality/$part',
  validateSearch: (asked): { sample?: string | undefined; ticket?: string | undefined } => ({
    sample: text(asked['sample']),
    ticket: text(asked['ticket']),
  }),
  component: lazyRouteComponent(() => import('./quality-page.js'), 'QualityRoutePage'),
});

/** A script is written on a page of its own, beside the conversation that it would lead. */
const script = createRoute({
  getParentRoute: () => desk,
  path: '/settings/scripts/$script',
  validateSearch: (search): { tab?: string | undefined; node?: string | undefined } => ({
    tab: text(search['tab']),
    node: text(search['node']),
  }),
  component: lazyRouteComponent(() => import('./script-page.js'), 'ScriptRoutePage'),
});

/** Whoever types the address without a section. */
const settingsHome = createRoute({
  getParentRoute: () => desk,
  path: '/settings',
  beforeLoad: () => {
    redirect({ to: '/settings/$section', params: { section: 'mine' }, throw: true });
  },
});

const pages = [
  home,
  inbox.addChildren([conversation]),
  monitor,
  wall,
  watch,
  search,
  reportsHome,
  report,
  quality,
  customers,
  customer,
  settings,
  script,
  settingsHome,
];
const routes = root.addChildren([
  login,
  forgotten,
  join,
  reset,
  setup,
  first.addChildren([startHome, start]),
  desk.addChildren(pages),
]);

export function createAppRouter(queries: QueryClient) {
  return createRouter({
    routeTree: routes,
    context: { queries },
    defaultErrorComponent: PageFailed,
    defaultNotFoundComponent: NotFound,
    defaultPreload: false,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
