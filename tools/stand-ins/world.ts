import { startBotApi, type BotApiStandIn } from './bot-api.js';
import { startMailServer, type MailServer } from './mail-server.js';
import { startPbx, type PbxStandIn } from './pbx.js';
import { startSmsGateway, type GatewayStandIn } from './sms-gateway.js';
import { startTwilio, type TwilioStandIn } from './twilio.js';

/** Everything outside of Peyk: the servers that providers and customers would be. */
export interface World {
  mail: MailServer;
  bot: BotApiStandIn;
  twilio: TwilioStandIn;
  gateway: GatewayStandIn;
  /** The exchange reports to a channel, so it is there once the channels are. */
  pbx: PbxStandIn | null;
  close(): Promise<void>;
}

/** The ids of the channels that lead into the world. */
export interface WorldChannels {
  email: string;
  telegram: string;
  sms: string;
  gateway: string;
  phone: string;
  web: string;
}

/** A call to the hub's API as an administrator; gives the answer's body. */
export type AdminCall = (path: string, body: unknown) => Promise<{ id: string }>;

export const worldPublicUrl = 'http://peyk.test';
export const worldMailbox = 'support@peyk.test';
const exchangeToken = 'exchange-token-0123456789';

/** Starts the world. `hubUrl` may be told later, for a hub that is not running yet. */
export async function startWorld(hubUrl: string): Promise<World> {
  const [mail, bot, twilio, gateway] = await Promise.all([
    startMailServer(),
    startBotApi(),
    startTwilio({ publicUrl: worldPublicUrl, hubUrl }),
    startSmsGateway(),
  ]);
  const world: World = {
    mail,
    bot,
    twilio,
    gateway,
    pbx: null,
    close: async () => {
      world.pbx?.close();
      await Promise.all([mail.close(), bot.close(), twilio.close(), gateway.close()]);
    },
  };
  return world;
}

/** Sets up the channels that lead into the world, as an administrator would over the API. */
export async function connectChannels(world: World, hubUrl: string, create: AdminCall): Promise<WorldChannels> {
  const channel = async (name: string, kind: string, config: object, secrets: object) =>
    (await create('/api/channels', { kind, name, config, secrets })).id;
  const { mail, bot, twilio, gateway } = world;
  const ids = {
    email: await channel(
      'E-mail',
      'email',
      {
        address: worldMailbox,
        fromName: 'Peyk',
        verifySenders: false,
        smtp: { host: '127.0.0.1', port: mail.port, secure: false },
      },
      {},
    ),
    telegram: await channel('Telegram', 'telegram', { apiRoot: bot.url, mode: 'poll' }, { token: bot.token }),
    sms: await channel(
      'SMS',
      'sms',
      { driver: 'twilio', accountSid: twilio.accountSid, from: '+15005550006', baseUrl: twilio.url },
      { authToken: twilio.authToken },
    ),
    gateway: await channel('SMS gateway', 'sms', gateway.settings(), {
      inboundSecret: gateway.inboundSecret,
      apiKey: gateway.apiKey,
    }),
    phone: await channel('Phone', 'phone', { driver: 'pbx' }, { token: exchangeToken }),
    web: await channel('Web chat', 'web', {}, {}),
  };
  gateway.pushTo(`${hubUrl}/hooks/sms/${ids.gateway}`);
  world.pbx = startPbx({ url: `${hubUrl}/hooks/calls/${ids.phone}`, token: exchangeToken });
  return ids;
}
