import { Injectable } from '@nestjs/common';
import { HubConfig } from '#config';
import type { MeView, SignInStepView } from '#contract';
import { Database } from '../../database/database.js';
import { notFound, unavailable } from '../../platform/errors/api-error.js';
import type { HubRequest } from '../../platform/http/exchange.js';
import { SecretBox } from '../../platform/secret-box.js';
import { SignInService, type Exchange } from '../sessions/sign-in.service.js';
import { holdIdentity } from './identities.js';
import { backTo, ownAddress } from './own-address.js';
import { ProviderClient } from './provider-client.service.js';
import { openProvider, type OpenProvider } from './provider-rows.query.js';
import { ProviderAccounts } from './provider-accounts.service.js';
import type { Person } from './read-claims.js';
import { safePath } from './safe-path.js';
import { beginFlow, takeFlow } from './sign-in-flows.js';
import { SignInRefused } from './sign-in-refused.js';

/** What is known of a sign-in when somebody comes back: `state` came along, `browser` was kept in their cookie. */
export interface CameBack {
  state: string;
  browser: string;
}

/** On the way to a provider, with what is kept until somebody comes back. */
export interface SentAway extends CameBack {
  location: string;
}

/** Somebody is back and known. */
export interface Arrived {
  answer: MeView | SignInStepView;
  returnTo: string;
}

/** A sign-in by a provider, from the button to the session. No connection to the database is held while a provider is asked. */
@Injectable()
export class ProviderSignIn {
  constructor(
    private readonly config: HubConfig,
    private readonly database: Database,
    private readonly box: SecretBox,
    private readonly client: ProviderClient,
    private readonly accounts: ProviderAccounts,
    private readonly signIn: SignInService,
  ) {}

  /** Where the browser goes, and what it keeps until it comes back. Throws ApiError, and SignInRefused where the provider cannot be asked. */
  async begin(providerId: string, request: HubRequest, to: string | undefined): Promise<SentAway> {
    const provider = await openProvider(this.database, this.box, providerId);
    const address = ownAddress(this.config.publicUrl, request);
    if (!provider) {
      throw notFound('This provider');
    }
    if (address === null) {
      throw unavailable('public_url_needed', 'Peyk does not know its own address. Set PUBLIC_URL.', 60);
    }
    const flow = await beginFlow(this.database, providerId, safePath(to));
    if (!flow) {
      throw notFound('This provider');
    }
    const { browser, proofs } = flow;
    const location = await this.client.begin(provider, backTo(address, providerId), proofs);
    return { location, browser, state: proofs.state };
  }

  /** Somebody comes back from a provider. Throws SignInRefused. */
  async finish(providerId: string, cameBack: CameBack, exchange: Exchange): Promise<Arrived> {
    const { request } = exchange;
    const cameBackTo = new URL(request.url, ownAddress(this.config.publicUrl, request) ?? 'http://localhost');
    const flow = await takeFlow(this.database, { ...cameBack, providerId });
    const provider = await openProvider(this.database, this.box, providerId);
    if (!flow || !provider) {
      throw new SignInRefused('over');
    }
    const person = await this.client.redeem(provider, cameBackTo, flow.proofs);
    return { answer: await this.enter(provider, person, exchange), returnTo: flow.returnTo };
  }

  private async enter(provider: OpenProvider, person: Person, exchange: Exchange): Promise<MeView | SignInStepView> {
    const agentId = await this.accounts.settle(provider, person);
    const { secondFactor, id } = provider;
    return this.signIn.goOnBy(
      {
        agentId,
        isEnough: secondFactor === 'counts' || (secondFactor === 'by_amr' && person.provedTwice),
        admit: (tx) => holdIdentity(tx, agentId, id),
      },
      exchange,
    );
  }
}
