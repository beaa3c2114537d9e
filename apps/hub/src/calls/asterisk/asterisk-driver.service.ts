import { Inject, Injectable } from '@nestjs/common';
import type { Adapters, AsteriskSettings, ChannelAccount, PhoneAdapter } from '#channels';
import { ADAPTERS, type OpenChannel } from '../../settings/channel-directory.service.js';
import type { CallDriver, WantedCall } from '../work/call-driver.js';
import { CallDrivers } from '../work/call-drivers.service.js';

/**
 * What an exchange can be told to do, by its manager interface: any node may, over a connection of its own. Lines are nudged by the event
 * that their node hears, and on other nodes by the end of a stretch of music.
 */
@Injectable()
export class AsteriskDriver implements CallDriver {
  constructor(
    @Inject(ADAPTERS) private readonly adapters: Adapters,
    drivers: CallDrivers,
  ) {
    drivers.register('asterisk', this);
  }

  originate(channel: OpenChannel, call: WantedCall): Promise<string> {
    const account = accountOf(channel);
    return this.orders.originate(account, { ...call, callerId: call.callerId ?? account.settings.number ?? null });
  }

  record(channel: OpenChannel, callId: string, act: 'pause' | 'resume'): Promise<void> {
    return this.orders.muteRecording(accountOf(channel), idThere(callId), act === 'pause');
  }

  /** The caller is still in the line's own dial, which ends with the other leg: their session asks by itself, without a turn of ours. */
  async transfer(channel: OpenChannel, { callId }: { callId: string }): Promise<void> {
    await this.orders.leaveCaller(accountOf(channel), idThere(callId));
  }

  private get orders(): PhoneAdapter['asterisk'] {
    return (this.adapters.phone as PhoneAdapter).asterisk;
  }
}

/** A caller who came back to the line has an id of their own here, and the same channels there. */
function idThere(callId: string): string {
  return callId.replace(/~\d+$/u, '');
}

function accountOf({ account }: OpenChannel): ChannelAccount<AsteriskSettings> {
  return account as ChannelAccount<AsteriskSettings>;
}
