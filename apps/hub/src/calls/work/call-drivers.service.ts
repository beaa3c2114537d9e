import { Injectable } from '@nestjs/common';
import type { OpenChannel } from '../../settings/channel-directory.service.js';
import type { CallDriver } from './call-driver.js';

/** What the providers of phone channels can do, by the driver that a channel's settings name. */
@Injectable()
export class CallDrivers {
  private readonly drivers = new Map<string, CallDriver>();

  /** Whoever speaks with a provider registers it once, when it is made. */
  register(name: string, driver: CallDriver): void {
    this.drivers.set(name, driver);
  }

  /** Null where a channel is no phone, or its provider only reports calls. */
  of({ kind, account }: OpenChannel): CallDriver | null {
    const { driver } = account.settings as { driver?: string };
    return kind === 'phone' && driver !== undefined ? (this.drivers.get(driver) ?? null) : null;
  }
}
