import type { ReadyScriptView, ScriptConnectorView, ScriptListView, ScriptView } from '#contract';
import type { Database } from '../../apps/hub/src/database/database.js';
import type { HubClient } from './hub-client.js';

const channelName = 'Assistant · دستیار';
const mainKey = 'main_menu';
/** What the ready scripts look orders up with. */
const connectorKey = 'order_status';

/**
 * A web chat of its own that the ready scripts answer, with their orders looked up in the shop of the demonstration. The other channels
 * are answered by people. Null: somebody has such scripts, or such a connector, already, and theirs are left alone.
 */
export async function furnishAssistant(
  admin: HubClient,
  database: Database,
  { shopUrl, queueId }: { shopUrl: string; queueId: string },
): Promise<string | null> {
  const ready = await admin.get<ReadyScriptView[]>('/api/scripts/ready');
  const brought = ready.find(({ key }) => key === mainKey)?.brings;
  if (!brought || ready.some(({ key, scriptId }) => scriptId !== null && [mainKey, ...brought].includes(key))) {
    return null;
  }
  await database.query('delete from script_connector where key = $1 and demo', [connectorKey]);
  if ((await admin.get<ScriptConnectorView[]>('/api/scripts/connectors')).some(({ key }) => key === connectorKey)) {
    return null;
  }
  await lookUpIn(admin, database, shopUrl);
  const menu = await admin.post<ScriptView>('/api/scripts', { name: 'Main menu · منوی اصلی', ready: mainKey });
  const made = (await admin.get<ScriptListView[]>('/api/scripts')).filter(({ key }) =>
    [mainKey, ...brought].includes(key),
  );
  await database.query('update script set demo = true where id = any ($1::uuid[])', [made.map(({ id }) => id)]);
  // What others call goes first, so that nothing is called that is not live.
  for (const { id, draftVersion } of made.toSorted((a, b) => Number(a.key === mainKey) - Number(b.key === mainKey))) {
    await admin.post(`/api/scripts/${id}/publish`, { version: draftVersion, note: 'As it came' });
  }
  const channel = await admin.post<{ id: string }>('/api/channels', {
    kind: 'web',
    name: channelName,
    config: { title: { en: 'Ask our assistant', fa: 'از دستیار ما بپرسید' } },
    secrets: {},
  });
  await admin.patch(`/api/channels/${channel.id}`, { queueId });
  await database.query('update channel set demo = true where id = $1', [channel.id]);
  await admin.post(`/api/scripts/${menu.id}/deployments`, { channelId: channel.id });
  return channel.id;
}

async function lookUpIn(admin: HubClient, database: Database, shopUrl: string): Promise<void> {
  const connector = await admin.post<{ id: string }>('/api/scripts/connectors', {
    key: connectorKey,
    title: 'The shop of the demonstration',
    url: `${shopUrl}/orders/{order_no}`,
    mapping: [
      { name: 'status', path: 'order.status' },
      { name: 'arrives', path: 'order.arrives' },
    ],
  });
  await database.query('update script_connector set demo = true where id = $1', [connector.id]);
}
