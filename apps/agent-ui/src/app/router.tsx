import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { isProblem } from '../api/problem.js';
import { meQuery, setupQuery } from '../api/queries.js';
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

const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  validateSearch: (search): { token?: string | undefined } => ({ token: text(search['token']) }),
  component: lazyRouteComponent(() => import('./first-run-page.js'), 'FirstRunPage'),
});

/** Everything behind the session. A stranger goes to sign-in, or to set-up where nobody has an account yet. */
const desk = createRoute({
  getParentRoute: () => root,
  id: 'desk',
  beforeLoad: async ({ context: { queries } }) => {
    try {
      await queries.ensureQueryData(meQuery);
    } catch (error) {
      if (!isProblem(error) || error.status !== 401) {
        throw error;
      }
      const { needed } = await queries.fetchQuery(setupQuery).catch(() => ({ needed: false }));
      redirect({ to: needed ? '/setup' : '/login', throw: true });
    }
  },
  component: Desk,
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
  validateSearch: (search): { queue?: string | undefined; ticket?: string | undefined } => ({
    queue: text(search['queue']),
    ticket: text(search['ticket']),
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

/** Whoever types the address without a section. */
const settingsHome = createRoute({
  getParentRoute: () => desk,
  path: '/settings',
  beforeLoad: () => {
    redirect({ to: '/settings/$section', params: { section: 'mine' }, throw: true });
  },
});

const pages = [home, inbox.addChildren([conversation]), settings, settingsHome];
const routes = root.addChildren([login, setup, desk.addChildren(pages)]);

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
