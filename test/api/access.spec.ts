import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Get, Module, Post } from '@nestjs/common';
import { SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import { Access, type AccessRule } from '../../apps/hub/src/auth/access-rule.js';
import { AccessInventory } from '../../apps/hub/src/auth/access-inventory.js';
import { ApiKeyService } from '../../apps/hub/src/auth/keys/api-key.service.js';
import type { Scope } from '../../apps/hub/src/auth/actor.js';
import { buildAgent, Caller, signedIn, stranger } from '../support/build-rows.js';
import { startTestHub, type TestHub } from '../support/start-hub.js';

@Controller('api/planted')
class PlantedController {
  @Get()
  @Access('public')
  declared(): void {}

  @Post('forgotten')
  forgotten(): void {}
}

@WebSocketGateway({ namespace: 'planted' })
class PlantedGateway {
  @SubscribeMessage('forgotten-event')
  forgotten(): void {}
}

@Controller('api/rooms')
@Access('agent')
class RoomsController {
  @Get('mine')
  mine(): string {
    return 'agent';
  }

  @Post('mine')
  change(): string {
    return 'agent';
  }

  @Get('board')
  @Access('supervisor')
  board(): string {
    return 'supervisor';
  }

  @Get('keys')
  @Access('admin')
  keys(): string {
    return 'admin';
  }
}

@Module({ controllers: [PlantedController] })
class ForgottenRoute {}

@Module({ providers: [PlantedGateway] })
class ForgottenEvent {}

@Module({ controllers: [RoomsController] })
class Rooms {}

let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub({ rooms: [Rooms] });
});
afterAll(() => hub.stop());

describe('a way in that nobody declared', () => {
  it('stops the boot by its name when it is a route', async () => {
    await expect(startTestHub({ rooms: [ForgottenRoute] })).rejects.toThrow(
      'POST /api/planted/forgotten (PlantedController.forgotten)',
    );
  });

  it('stops the boot by its name when it is a socket event', async () => {
    await expect(startTestHub({ rooms: [ForgottenEvent] })).rejects.toThrow(
      'PlantedGateway forgotten-event (PlantedGateway.forgotten)',
    );
  });

  it('stops the boot when it was added past the decorators', () => {
    const inventory = hub.app.get(AccessInventory);
    const routes = [
      { method: 'GET', url: '/api/me', rule: undefined },
      { method: 'GET', url: '/hidden', rule: undefined },
    ];
    expect(() => inventory.refuseUnknown(routes)).toThrow('GET /hidden');
    expect(() => inventory.refuseUnknown(routes.slice(0, 1))).not.toThrow();
  });
});

describe('roles', () => {
  const pages: [path: string, needed: AccessRule][] = [
    ['/api/rooms/mine', 'agent'],
    ['/api/rooms/board', 'supervisor'],
    ['/api/rooms/keys', 'admin'],
  ];

  it.each([
    ['agent', [200, 403, 403]],
    ['supervisor', [200, 200, 403]],
    ['admin', [200, 200, 200]],
  ] as const)('let a %s in where they should', async (role, expected) => {
    const caller = await signedIn(hub, (await buildAgent(hub.database, { role })).id);
    const statuses = await Promise.all(pages.map(async ([path]) => (await caller.call(path)).status));
    expect(statuses).toEqual(expected);
  });

  it('let nobody in who is not signed in', async () => {
    const answers = await Promise.all(pages.map(([path]) => stranger(hub).call(path)));
    expect(answers.map(({ body }) => body['code'])).toEqual(['unauthenticated', 'unauthenticated', 'unauthenticated']);
  });

  it.each<[Scope[], number[]]>([
    [['read'], [200, 403, 403]],
    [['write'], [403, 201, 403]],
    [
      ['read', 'write'],
      [200, 201, 403],
    ],
    [
      ['read', 'admin'],
      [200, 403, 200],
    ],
  ])('are narrowed by the scopes %j of a key', async (scopes, expected) => {
    const { id } = await buildAgent(hub.database, { role: 'admin' });
    const { key } = await hub.app.get(ApiKeyService).create(id, { name: 'k', scopes, expiresAt: null });
    const program = new Caller(hub.url, { authorization: `Bearer ${key}` });
    const statuses = [
      await program.call('/api/rooms/mine'),
      await program.call('/api/rooms/mine', { method: 'POST' }),
      await program.call('/api/rooms/keys'),
    ];
    expect(statuses.map(({ status }) => status)).toEqual(expected);
  });
});
