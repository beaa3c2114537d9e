import type accounts from './accounts.en.json';
import type oidc from './oidc.en.json';
import type alerts from './alerts.en.json';
import type customers from './customers.en.json';
import type search from './search.en.json';
import type monitor from './monitor.en.json';
import type steering from './steering.en.json';
import type views from './views.en.json';
import type bulk from './bulk.en.json';
import type reports from './reports.en.json';
import type acts from './acts.en.json';
import type quality from './quality.en.json';
import type bots from './bots.en.json';
import type channels from './channels.en.json';
import type en from './en.json';
import type keyTexts from './keys.en.json';
import type dates from './dates.en.json';
import type mine from './mine.en.json';
import type roles from './roles.en.json';
import type callSources from './call-sources.en.json';
import type phone from './phone.en.json';
import type reading from './reading.en.json';
import type replies from './replies.en.json';
import type sending from './sending.en.json';
import type properties from './properties.en.json';
import type brand from './brand.en.json';
import type privacy from './privacy.en.json';
import type routing from './routing.en.json';
import type rules from './rules.en.json';
import type scripts from './scripts.en.json';
import type outreach from './outreach.en.json';
import type history from './history.en.json';
import type segments from './segments.en.json';
import type system from './system.en.json';
import type surveys from './surveys.en.json';

import type start from './start.en.json';
import type tickets from './tickets.en.json';

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: {
      translation: typeof en &
        typeof accounts &
        typeof oidc &
        typeof alerts &
        typeof search &
        typeof customers &
        typeof views &
        typeof monitor &
        typeof steering &
        typeof bulk &
        typeof reports &
        typeof acts &
        typeof quality &
        typeof start &
        typeof properties &
        typeof privacy &
        typeof brand &
        typeof channels &
        typeof phone &
        typeof callSources &
        typeof tickets &
        typeof routing &
        typeof replies &
        typeof reading &
        typeof sending &
        typeof rules &
        typeof scripts &
        typeof bots &
        typeof outreach &
        typeof history &
        typeof segments &
        typeof keyTexts &
        typeof mine &
        typeof roles &
        typeof dates &
        typeof system &
        typeof surveys;
    };
  }
}
